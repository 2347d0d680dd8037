#include "core/classify/standards_evaluator.h"

#include "core/classify/robust_classifier.h"
#include "core/classify/score_card.h"

namespace maury::classify {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::uint64_t kFoldStream = 1ULL << 34U; ///< apart from those of the training
constexpr std::uint64_t kAnswerStream = kFoldStream + 1;

Result<void> scoreStandards(StarClassifier& classifier, const mk::Atlas& data, ScoreCard& card,
    const RefusalObserver& refusal, const std::stop_token& stop)
{
    for (std::size_t row = 0; row < data.standards().size(); ++row) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "evaluation");
        const auto answer = classifier.classify(spectrumOf(data, row), {});
        if (answer) {
            card.add(data.standards()[row].type, *answer, classifier.atlas());
        } else {
            card.addRefused();
            refusal(answer.error());
        }
    }
    return {};
}

/// A model that has not seen a fold, and what it makes of it.
struct FoldRun {
    robust::RobustModel model;
    std::vector<robust::HeldOutAnswer> answers;
    std::size_t trainedOn = 0;
};

/// Learnt from the answers of all folds but one.
robust::Calibration calibrationWithout(
    std::size_t fold, const std::vector<FoldRun>& runs, const robust::Fold& held)
{
    std::vector<robust::HeldOutAnswer> others;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (i != fold)
            others.insert(others.end(), runs[i].answers.begin(), runs[i].answers.end());
    robust::Calibration calibration = robust::fitCalibration(others);
    calibration.observed = robust::observedCells(held.training);
    calibration.folds = std::ssize(runs) - 1;
    return calibration;
}

mk::ClassScheme classesOfAll(const std::vector<robust::Library>& libraries)
{
    std::vector<double> codes;
    for (const robust::Library& library : libraries)
        for (const mk::Standard& standard : library.atlas->standards())
            codes.push_back(standard.temperatureCode);
    return robust::classesOf(std::move(codes));
}

} // namespace

spectrum::Spectrum spectrumOf(const mk::Atlas& atlas, std::size_t row)
{
    EXPECTS(row < atlas.standards().size());
    spectrum::Segment segment;
    for (std::size_t pixel = 0; pixel < atlas.grid().pixels; ++pixel) {
        const auto r = static_cast<Eigen::Index>(row);
        const auto p = static_cast<Eigen::Index>(pixel);
        const bool good = atlas.good()(r, p) != 0;
        segment.wavelengthAngstrom.push_back(atlas.grid().wavelength(pixel));
        segment.flux.push_back(good ? static_cast<double>(atlas.flux()(r, p)) : 0.0);
        segment.mask.push_back(good ? 0 : spectrum::mask::kNoData);
    }
    segment.medium = spectrum::Medium::Air;
    segment.frame = spectrum::Frame::Rest;
    segment.rectified = atlas.rectified();
    spectrum::Spectrum result;
    result.segments.push_back(std::move(segment));
    result.object = atlas.standards()[row].name;
    result.file = atlas.name() + "/" + result.object;
    return result;
}

Result<Evaluation> evaluateStandards(StarClassifier& classifier, const mk::Atlas& data,
    const RefusalObserver& refusal, std::stop_token stop)
{
    ScoreCard card(classifier.scheme());
    if (const auto scored = scoreStandards(classifier, data, card, refusal, stop); !scored)
        return base::Unexpected(scored.error());
    return card.evaluation();
}

Result<LeaveOutReport> leaveStandardsOut(const std::vector<robust::Library>& libraries,
    const robust::RobustConfig& config, const robust::CalibrationEffort& effort,
    train::Backend& backend, const robust::CalibrationObserver& observer,
    const RefusalObserver& refusal, std::stop_token stop)
{
    const base::RandomStream stream(config.seed);
    auto folds = robust::makeFolds(libraries, effort.folds, stream.split(kFoldStream).key());
    if (!folds)
        return base::Unexpected(folds.error());
    std::vector<FoldRun> runs;
    for (std::size_t i = 0; i < folds->size(); ++i) {
        observer({ static_cast<int>(i), effort.folds });
        auto trained = robust::trainRobust(
            (*folds)[i].training, config, backend, [](const robust::RobustStep&) {}, stop);
        if (!trained)
            return base::Unexpected(trained.error());
        auto answers = robust::heldOutAnswers(trained->model, (*folds)[i], effort.variations,
            stream.split(kAnswerStream).split(i).key(), backend, config.threads);
        if (!answers)
            return base::Unexpected(answers.error());
        runs.push_back({ std::move(trained->model), *std::move(answers), trained->standards });
    }
    LeaveOutReport report;
    report.scheme = classesOfAll(libraries);
    ScoreCard card(report.scheme);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const robust::Fold& fold = (*folds)[i];
        runs[i].model.calibration = calibrationWithout(i, runs, fold);
        runs[i].model.scheme = report.scheme; // probabilities of the classes that are scored
        auto classifier = RobustClassifier::create(
            runs[i].model, fold.training.front().atlas, config.threads > 0 ? config.threads : 1);
        if (!classifier)
            return base::Unexpected(classifier.error());
        for (const robust::Library& library : fold.heldOut)
            if (const auto scored
                = scoreStandards(**classifier, *library.atlas, card, refusal, stop);
                !scored)
                return base::Unexpected(scored.error());
        report.folds.push_back({ fold.cells, fold.descendants, runs[i].trainedOn });
    }
    report.evaluation = card.evaluation();
    return report;
}

} // namespace maury::classify
