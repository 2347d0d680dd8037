// Plug-ins that cannot be used, each for another reason (tst_backend_plugin).

#include "core/train/backend_plugin.h"

extern "C" const maury::train::BackendPlugin* mauryBackendPlugin();

const maury::train::BackendPlugin* mauryBackendPlugin()
{
#ifdef OTHER_INTERFACE
    static const maury::train::BackendPlugin plugin { OTHER_INTERFACE, nullptr, nullptr, nullptr };
#else
    static const maury::train::BackendPlugin plugin { maury::train::kPluginInterface,
        []() -> maury::train::BackendInfo { return { "test", false, "for the test", {} }; },
        nullptr, nullptr };
#endif
    return &plugin;
}
