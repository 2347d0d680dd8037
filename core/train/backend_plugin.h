#pragma once

#include "core/train/backend.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace maury::gon {
class GonBackend;
}

namespace maury::train {

/// Counts the changes of BackendPlugin and of the classes that cross it (Backend, GonBackend,
/// TrainingConfig's enumerations …): a plug-in of another build than the program's is refused by its
/// number.
inline constexpr std::uint32_t kPluginInterface = 4;

/// The one symbol of a plug-in: a BackendPluginEntry.
inline constexpr const char* kPluginSymbol = "mauryBackendPlugin";

/// What a plug-in offers. The first member keeps its place in every version.
struct BackendPlugin {
    std::uint32_t interfaceVersion = kPluginInterface;
    /// Whether its device can be used here, or why not. Does not throw.
    BackendInfo (*probe)() = nullptr;
    /// Errors: BackendUnavailable with the probe's reason. Does not throw.
    base::Result<std::unique_ptr<Backend>> (*create)(Precision precision) = nullptr;
    /// What its device can do, measured now. Errors: as create(). Does not throw.
    base::Result<DeviceCeilings> (*measure)(Precision precision) = nullptr;
    /// Gradient Origin Networks on its device, always in fp32: the normal matrices of their codes
    /// do not bear rounded factors. Errors: as create(). Does not throw.
    base::Result<std::unique_ptr<gon::GonBackend>> (*createGon)() = nullptr;
};
using BackendPluginEntry = const BackendPlugin* (*)();

/// `lib<name>.so` in the plug-in folder beside the program's library.
[[nodiscard]] std::filesystem::path pluginFile(const std::string& backend);

/// Opens a plug-in, which then stays open: its driver does not bear being unloaded. Errors:
/// BackendUnavailable, whose `found` is the reason (the file is missing, a library that it needs is
/// missing, it is no plug-in, it has another interface).
[[nodiscard]] base::Result<const BackendPlugin*> openPlugin(const std::filesystem::path& file);

/// The plug-in of the backend cuda, when its device can be used. Errors: BackendUnavailable with the
/// probe's reason.
[[nodiscard]] base::Result<const BackendPlugin*> usableCudaPlugin();

} // namespace maury::train
