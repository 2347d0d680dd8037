#pragma once

#include <filesystem>

namespace maury::base {

/// The folder of the program's own data (`share/maury` beside `bin`), found from the running
/// executable so that build trees, installed trees and unpacked tarballs all work. MAURY_SHARE
/// overrides it.
[[nodiscard]] std::filesystem::path shareFolder();

/// The only folder from which backend plug-ins are opened: `maury` beside libmaury-core itself
/// (`lib/maury`).
[[nodiscard]] std::filesystem::path pluginFolder();

} // namespace maury::base
