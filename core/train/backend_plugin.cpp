#include "core/train/backend_plugin.h"

#include "core/base/resource_paths.h"

#include <dlfcn.h>
#include <fmt/format.h>

namespace maury::train {
namespace {

base::Unexpected unusable(const std::filesystem::path& file, std::string reason)
{
    return base::failure(base::ErrorCode::BackendUnavailable, file.string(), std::move(reason));
}

std::string loaderMessage()
{
    const char* text = dlerror();
    return text == nullptr ? "unknown reason" : text;
}

} // namespace

std::filesystem::path pluginFile(const std::string& backend)
{
    return base::pluginFolder() / ("libmaury-" + backend + ".so");
}

base::Result<const BackendPlugin*> openPlugin(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return unusable(file, "the plug-in is missing: no file " + file.string());
    void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return unusable(file, "the plug-in cannot be opened: " + loaderMessage());
    void* symbol = dlsym(library, kPluginSymbol);
    if (symbol == nullptr)
        return unusable(file,
            fmt::format("{} is no plug-in of Maury: it has no {}", file.string(), kPluginSymbol));
    const BackendPlugin* plugin = reinterpret_cast<BackendPluginEntry>(symbol)();
    if (plugin == nullptr || plugin->interfaceVersion != kPluginInterface)
        return unusable(file,
            fmt::format("the plug-in {} is of another version of Maury: interface {}, needed {}",
                file.string(), plugin == nullptr ? 0U : plugin->interfaceVersion,
                kPluginInterface));
    return plugin;
}

} // namespace maury::train
