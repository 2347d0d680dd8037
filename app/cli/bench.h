#pragma once

#include "app/cli/verb.h"

namespace maury::cli {

// The benches below `maury-cli bench`, one file each: bench_<name>.cpp.
void addBenchAugment(CLI::App& bench, CommonOptions& common, Action& action);
void addBenchGon(CLI::App& bench, CommonOptions& common, Action& action);
void addBenchResample(CLI::App& bench, CommonOptions& common, Action& action);
void addBenchTrain(CLI::App& bench, CommonOptions& common, Action& action);

} // namespace maury::cli
