#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <functional>

namespace maury::cli {

/// Exit statuses of the whole program (CLI reference).
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

/// Options that every verb takes.
struct CommonOptions {
    bool json = false;
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
};

/// What main() runs after parsing: set by the chosen verb's callback, returns an exit status.
using Action = std::function<int()>;

/// A verb's file offers one function of this kind: adds the subcommand with its options; on
/// selection it sets `action`. `common` outlives the action and is filled when the action runs.
using AddVerb = void (*)(CLI::App& app, CommonOptions& common, Action& action);

/// Adds --json, --seed and --threads to a subcommand.
void addCommonOptions(CLI::App& verb, CommonOptions& common);

void addAtlas(CLI::App& app, CommonOptions& common, Action& action);
void addAugment(CLI::App& app, CommonOptions& common, Action& action);
void addBackends(CLI::App& app, CommonOptions& common, Action& action);
void addBench(CLI::App& app, CommonOptions& common, Action& action);
void addConvert(CLI::App& app, CommonOptions& common, Action& action);
void addRectify(CLI::App& app, CommonOptions& common, Action& action);
void addResample(CLI::App& app, CommonOptions& common, Action& action);
void addExport(CLI::App& app, CommonOptions& common, Action& action);
void addInspect(CLI::App& app, CommonOptions& common, Action& action);
void addClassify(CLI::App& app, CommonOptions& common, Action& action);
void addEvaluate(CLI::App& app, CommonOptions& common, Action& action);
void addLines(CLI::App& app, CommonOptions& common, Action& action);
void addTrain(CLI::App& app, CommonOptions& common, Action& action);

} // namespace maury::cli
