#include "core/robust/calibrator.h"

#include "core/base/thread_team.h"
#include "core/robust/input_batch.h"
#include "core/robust/range_check.h"
#include "core/robust/test_stars.h"

#include <set>
#include <utility>

namespace maury::robust {
namespace {

using base::Result;

constexpr std::uint64_t kFoldStream = 1ULL << 33U; ///< apart from those of the training
constexpr std::uint64_t kAnswerStream = kFoldStream + 1;

std::vector<Library> blueOnly(std::vector<Library> libraries)
{
    for (Library& library : libraries)
        library.wide = nullptr;
    return libraries;
}

} // namespace

Result<void> validate(const CalibrationEffort& effort)
{
    for (const auto& check : { inRange("--calibrate", effort.folds, 0, 1000),
             inRange("--calibration-variations", effort.variations, 1, 10000) })
        if (!check)
            return check;
    return effort.folds == 1 ? inRange("--calibrate", effort.folds, 2, 1000) : Result<void>();
}

std::vector<Cell> observedCells(const std::vector<Library>& libraries)
{
    std::set<std::pair<double, double>> codes;
    for (const Library& library : libraries)
        for (const mk::Standard& standard : library.atlas->standards())
            if (!standard.interpolated)
                codes.emplace(standard.temperatureCode, standard.luminosityCode);
    std::vector<Cell> cells;
    for (const auto& [temperature, luminosity] : codes)
        cells.push_back({ temperature, luminosity });
    return cells;
}

Result<std::vector<HeldOutAnswer>> heldOutAnswers(const RobustModel& model, const Fold& fold,
    int variations, std::uint64_t seed, train::Backend& backend, int threads)
{
    auto standards = standardsOf(fold.heldOut);
    if (!standards)
        return base::Unexpected(standards.error());
    const std::size_t samples = standards->size() * static_cast<std::size_t>(variations);
    const RobustPart& part = model.blue;
    VariationSettings settings = part.variation;
    settings.mixShare = 0.0; // a mixture of two stars has no type of its own
    const VariationMaker maker(*std::move(standards), settings, seed);
    BatchMaker batches(threads > 0 ? threads : base::defaultThreadCount());
    InputBatch inputs(samples, part.grid);
    batches.make(maker, 0, &part.standardisation, inputs);
    const auto heads = meanProbabilities(backend, part.spec, part.members, inputs.input);
    if (!heads)
        return base::Unexpected(heads.error());
    Calibration ofFold; // its standards alone
    ofFold.observed = observedCells(fold.training);
    std::vector<HeldOutAnswer> answers;
    for (std::size_t i = 0; i < samples; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const auto bins = [row](const nn::Matrix<float>& matrix) {
            return std::span<const float>(
                matrix.row(row).data(), static_cast<std::size_t>(matrix.cols()));
        };
        const Variation truth = maker.variation(0, i);
        answers.push_back({ ofFold.traits(decide(bins(heads->sc), bins(heads->lc))),
            { truth.temperatureCode, truth.luminosityCode } });
    }
    return answers;
}

Result<Calibration> calibrate(const std::vector<Library>& libraries, const RobustConfig& config,
    const CalibrationEffort& effort, train::Backend& backend, const CalibrationObserver& observer,
    std::stop_token stop)
{
    if (const auto valid = validate(effort); !valid)
        return base::Unexpected(valid.error());
    const base::RandomStream stream(config.seed);
    const auto folds
        = makeFolds(blueOnly(libraries), effort.folds, stream.split(kFoldStream).key());
    if (!folds)
        return base::Unexpected(folds.error());
    RobustConfig single = config;
    single.members = 1;
    std::vector<HeldOutAnswer> answers;
    for (std::size_t i = 0; i < folds->size(); ++i) {
        const Fold& fold = (*folds)[i];
        observer({ static_cast<int>(i), effort.folds });
        const auto trained = trainRobust(
            fold.training, single, backend, [](const RobustStep&) {}, stop);
        if (!trained)
            return base::Unexpected(trained.error());
        const auto held = heldOutAnswers(trained->model, fold, effort.variations,
            stream.split(kAnswerStream).split(i).key(), backend, config.threads);
        if (!held)
            return base::Unexpected(held.error());
        answers.insert(answers.end(), held->begin(), held->end());
    }
    Calibration calibration = fitCalibration(answers);
    calibration.observed = observedCells(libraries);
    calibration.folds = effort.folds;
    return calibration;
}

} // namespace maury::robust
