#include "core/base/resource_paths.h"

#include <cstdlib>
#include <system_error>

namespace maury::base {
namespace {

std::filesystem::path prefix()
{
    std::error_code ignored;
    const auto executable = std::filesystem::read_symlink("/proc/self/exe", ignored);
    return executable.parent_path().parent_path();
}

} // namespace

std::filesystem::path shareFolder()
{
    if (const char* chosen = std::getenv("MAURY_SHARE"); chosen != nullptr && *chosen != '\0')
        return chosen;
    return prefix() / "share" / "maury";
}

std::filesystem::path pluginFolder() { return prefix() / "lib" / "maury"; }

} // namespace maury::base
