#include "core/base/resource_paths.h"

#include <dlfcn.h>

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

std::filesystem::path pluginFolder()
{
    // Any address of this library names its file; an executable in another folder finds the same.
    Dl_info own {};
    std::error_code failed;
    if (dladdr(reinterpret_cast<const void*>(&pluginFolder), &own) == 0 || own.dli_fname == nullptr)
        return prefix() / "lib" / "maury";
    const auto library = std::filesystem::canonical(own.dli_fname, failed);
    return failed ? prefix() / "lib" / "maury" : library.parent_path() / "maury";
}

} // namespace maury::base
