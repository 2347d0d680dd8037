#pragma once

#include "core/io/reader_registry.h"

#include <CLI/CLI.hpp>

namespace maury::cli {

/// --air and --vacuum: what the user knows better than the file.
struct MediumFlags {
    bool air = false;
    bool vacuum = false;
    [[nodiscard]] io::ReadOptions readOptions() const;
};

/// Adds both flags, of which one may be given. `flags` outlives the parsing.
void addMediumFlags(CLI::App& verb, MediumFlags& flags);

} // namespace maury::cli
