#include "core/explain/label_suspicion.h"

#include "core/base/random.h"
#include "core/robust/decision.h"
#include "core/robust/folds.h"
#include "core/robust/robust_trainer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <span>
#include <utility>

namespace maury::explain {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::uint64_t kFoldStream = 1ULL << 35U; ///< apart from those of the training

/// What the networks that learned a star made of it.
struct History {
    std::int64_t epochs = 0;
    std::int64_t wrong = 0;
    std::int64_t forgotten = 0;
    int networks = 0;
    bool wasRight = false; ///< in the epoch before of the network at hand
};

std::span<const float> rowOf(const nn::Matrix<float>& matrix, std::size_t row)
{
    return { matrix.row(static_cast<Eigen::Index>(row)).data(),
        static_cast<std::size_t>(matrix.cols()) };
}

/// The probability of the temperature bins around a code.
double probabilityNear(std::span<const float> bins, double code)
{
    double sum = 0.0;
    for (std::size_t bin = 0; bin < bins.size(); ++bin)
        if (std::abs(robust::temperatureBins().code(bin) - code) <= kSuspicionReach)
            sum += static_cast<double>(bins[bin]);
    return sum;
}

/// Follows the stars of a library through the training of all folds.
class Inquiry {
public:
    explicit Inquiry(const mk::Atlas& atlas)
    {
        for (std::size_t row = 0; row < atlas.standards().size(); ++row)
            if (!atlas.standards()[row].interpolated)
                m_rows.push_back(row);
        m_stars = mk::subsetOf(atlas, m_rows);
        m_histories.resize(m_rows.size());
        m_result.resize(m_rows.size());
    }

    [[nodiscard]] const mk::AtlasPtr& stars() const { return m_stars; }

    void beginFold(const robust::Fold& fold)
    {
        const std::set<std::string> cells(fold.cells.begin(), fold.cells.end());
        m_heldOut.clear();
        for (const mk::Standard& star : m_stars->standards())
            m_heldOut.push_back(cells.contains(star.name));
        for (std::size_t star = 0; star < m_histories.size(); ++star) {
            m_histories[star].wasRight = false;
            m_histories[star].networks += m_heldOut[star] ? 0 : 1;
        }
    }

    void takeEpoch(const robust::EpochTest& test)
    {
        const train::Predictions& said = test.score.predictions;
        for (std::size_t star = 0; star < m_histories.size(); ++star) {
            if (m_heldOut[star])
                continue;
            History& history = m_histories[star];
            const bool right = std::abs(said.sc[star] - test.stars->sc[star]) <= 1
                && said.lc[star] == test.stars->lc[star];
            ++history.epochs;
            history.wrong += right ? 0 : 1;
            history.forgotten += history.wasRight && !right ? 1 : 0;
            history.wasRight = right;
        }
    }

    /// heads: what the finished network of the fold says of all stars.
    void endFold(const train::HeadProbabilities& heads)
    {
        for (std::size_t star = 0; star < m_result.size(); ++star) {
            if (!m_heldOut[star])
                continue;
            const mk::Standard& standard = m_stars->standards()[star];
            const auto temperature = rowOf(heads.sc, star);
            const auto decision = robust::decide(temperature, rowOf(heads.lc, star));
            LabelSuspicion& suspect = m_result[star];
            suspect.heldOutType = mk::print(
                mk::typeFromDecimal(mk::decimalFromTemperatureCode(decision.temperatureCode),
                    decision.printedLuminosity));
            suspect.heldOutConfidence = probabilityNear(temperature, standard.temperatureCode)
                * decision.groupProbability[static_cast<std::size_t>(standard.group)];
        }
    }

    [[nodiscard]] std::vector<LabelSuspicion> ranked()
    {
        for (std::size_t star = 0; star < m_result.size(); ++star) {
            LabelSuspicion& suspect = m_result[star];
            const History& history = m_histories[star];
            suspect.row = m_rows[star];
            suspect.star = m_stars->standards()[star].name;
            suspect.label = mk::print(m_stars->standards()[star].type);
            suspect.wrongShare
                = static_cast<double>(history.wrong) / static_cast<double>(history.epochs);
            suspect.forgotten = static_cast<double>(history.forgotten) / history.networks;
            suspect.score
                = (1.0 - suspect.heldOutConfidence + kHistoryWeight * suspect.wrongShare)
                / (1.0 + kHistoryWeight);
        }
        std::stable_sort(m_result.begin(), m_result.end(),
            [](const auto& a, const auto& b) { return a.score > b.score; });
        return std::move(m_result);
    }

private:
    std::vector<std::size_t> m_rows; ///< of the atlas: the observed standards
    mk::AtlasPtr m_stars; ///< those
    std::vector<bool> m_heldOut; ///< [stars] in the fold at hand
    std::vector<History> m_histories; ///< [stars]
    std::vector<LabelSuspicion> m_result; ///< [stars] until they are ranked
};

/// Trains the network of a fold under the eyes of the inquiry. Errors: as suspectLabels().
Result<void> workOn(const robust::Fold& fold, const robust::RobustConfig& config,
    train::Backend& backend, Inquiry& inquiry, const std::function<void(double)>& progress,
    const std::stop_token& stop)
{
    inquiry.beginFold(fold);
    robust::RobustData data { fold.training, robust::Library { inquiry.stars() } };
    robust::RobustControl control;
    const double epochs = robust::epochsPerMember(config);
    auto report = robust::RobustTrainer::run(
        config, data, backend, control,
        [&](const train::TrainingEvent& event) {
            if (const auto* done = std::get_if<train::EpochDone>(&event))
                progress((done->epoch + 1) / epochs);
        },
        stop, [&inquiry](const robust::EpochTest& test) { inquiry.takeEpoch(test); });
    if (!report)
        return base::Unexpected(report.error());
    if (report->stopped)
        return base::failure(ErrorCode::Cancelled, "training");
    const robust::RobustPart& part = report->model.blue;
    const auto heads = robust::meanProbabilities(
        backend, part.spec, part.members, report->test->inputs.input);
    if (!heads)
        return base::Unexpected(heads.error());
    inquiry.endFold(*heads);
    return {};
}

} // namespace

Result<std::vector<LabelSuspicion>> suspectLabels(const robust::Library& library,
    const SuspicionSettings& settings, train::Backend& backend, const SuspicionObserver& observer,
    std::stop_token stop)
{
    robust::RobustConfig config = settings.training;
    config.checkpoint.clear();
    config.members = 1;
    const robust::Library blue { library.atlas, library.fwhmAngstrom };
    const auto folds = robust::makeFolds(
        { blue }, settings.folds, base::RandomStream(config.seed).split(kFoldStream).key());
    if (!folds)
        return base::Unexpected(folds.error());
    Inquiry inquiry(*library.atlas);
    for (std::size_t i = 0; i < folds->size(); ++i) {
        const auto progress = [&](double done) {
            if (observer)
                observer(static_cast<int>(i),
                    (static_cast<double>(i) + done) / static_cast<double>(folds->size()));
        };
        progress(0.0);
        if (const auto done = workOn((*folds)[i], config, backend, inquiry, progress, stop); !done)
            return base::Unexpected(done.error());
    }
    return inquiry.ranked();
}

} // namespace maury::explain
