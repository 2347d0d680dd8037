#include "app/cli/report.h"

#include "app/cli/verb.h"

#include <cstdio>

namespace maury::cli {

void printJson(const nlohmann::json& document)
{
    // Replace, not throw: names from files may hold bytes that are not UTF-8.
    const std::string text
        = document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    std::fputs(text.c_str(), stdout);
}

void notice(const std::string& text)
{
    std::fprintf(stderr, "%s\n", text.c_str());
}

int report(const base::Error& error)
{
    std::fprintf(stderr, "maury-cli: %s\n", base::describe(error).c_str());
    const bool usage = error.code == base::ErrorCode::OptionInvalid
        || error.code == base::ErrorCode::OptionUnknown;
    return usage ? kWrongUsage : kFailed;
}

} // namespace maury::cli
