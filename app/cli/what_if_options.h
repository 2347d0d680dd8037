#pragma once

#include "core/preprocess/what_if.h"

#include <CLI/CLI.hpp>

namespace maury::cli {

/// Adds --if-velocity, --if-rotation, --if-blur, --if-tilt and --if-snr; the noise takes --seed.
void addWhatIfOptions(CLI::App& verb, preprocess::WhatIf& change);

} // namespace maury::cli
