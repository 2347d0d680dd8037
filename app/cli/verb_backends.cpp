#include "app/cli/report.h"
#include "app/cli/verb.h"
#include "core/train/backend.h"

namespace maury::cli {
namespace {

int run(const CommonOptions& common)
{
    const auto backends = train::listBackends();
    if (common.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& backend : backends)
            list.push_back({ { "name", backend.name }, { "available", backend.available },
                { "reason", backend.reason }, { "device", backend.device } });
        printJson({ { "backends", list } });
        return kDone;
    }
    for (const auto& backend : backends)
        std::printf("%-10s %s\n", backend.name.c_str(),
            backend.available ? backend.device.c_str()
                              : ("not available: " + backend.reason).c_str());
    return kDone;
}

} // namespace

void addBackends(CLI::App& app, CommonOptions& common, Action& action)
{
    CLI::App* verb = app.add_subcommand("backends", "list the backends and why one cannot be used");
    addCommonOptions(*verb, common);
    verb->callback([&common, &action] { action = [&common] { return run(common); }; });
}

} // namespace maury::cli
