#include "ui/bridge/star_judging.h"

#include "core/io/reader_registry.h"
#include "ui/bridge/answering.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <utility>

namespace maury::ui {

struct StarJudging::Outcome {
    base::Result<std::vector<JudgedRow>> stars = std::vector<JudgedRow>();
    std::optional<base::Error> gonError;
};

namespace {

using base::Result;

struct Order {
    ModelPtr paper;
    RobustPtr robust;
    mk::AtlasPtr atlas;
    gon::GonModelPtr gon;
    std::vector<StarOrder> stars;
    std::stop_token stop;
};

/// The stars as the judges take them. One whose file cannot be read stays out of `toJudge`, with
/// the reason in its row.
std::vector<explain::StarToJudge> read(
    const Order& order, std::vector<JudgedRow>& rows, std::vector<std::size_t>& places)
{
    std::vector<explain::StarToJudge> toJudge;
    for (const StarOrder& star : order.stars) {
        JudgedRow row { star.id, star.file, star.published, {} };
        row.star.name = star.name.toStdString();
        auto spectrum = star.spectrum != nullptr
            ? Result<spectrum::SpectrumPtr>(star.spectrum)
            : io::readSpectrum(star.file.toStdString(), {});
        if (spectrum) {
            if (row.published.isEmpty())
                row.published = QString::fromStdString((*spectrum)->spectralType);
            const QString said = star.label.isEmpty() ? row.published : star.label;
            places.push_back(rows.size());
            toJudge.push_back({ row.star.name, *std::move(spectrum), said.toStdString(),
                star.standard.toStdString() });
        } else {
            row.star.error = spectrum.error();
        }
        rows.push_back(std::move(row));
        if (order.stop.stop_requested())
            break;
    }
    return toJudge;
}

/// Nothing without a network or when it cannot judge.
std::optional<explain::GonJudge> gonJudge(const Order& order, std::optional<base::Error>& error)
{
    if (order.gon == nullptr || order.atlas == nullptr)
        return std::nullopt;
    auto judge = explain::GonJudge::create(order.gon, order.atlas);
    if (judge)
        return *std::move(judge);
    error = judge.error();
    return std::nullopt;
}

Result<std::vector<JudgedRow>> judge(const Order& order,
    const explain::JudgingObserver& observer, std::optional<base::Error>& gonError)
{
    std::vector<JudgedRow> rows;
    std::vector<std::size_t> places;
    const auto stars = read(order, rows, places);
    auto classifier = makeClassifier(order.paper, order.robust, order.atlas);
    if (!classifier)
        return base::Unexpected(classifier.error());
    const auto gon = gonJudge(order, gonError);
    auto judged = explain::judgeStars(
        **classifier, gon ? &*gon : nullptr, stars, {}, observer, order.stop);
    if (!judged)
        return base::Unexpected(judged.error());
    for (std::size_t i = 0; i < judged->size(); ++i)
        rows[places[i]].star = std::move((*judged)[i]);
    std::vector<JudgedRow> ranked;
    std::vector<explain::JudgedStar> all;
    for (const JudgedRow& row : rows)
        all.push_back(row.star);
    for (const std::size_t place : explain::byDisagreement(all))
        ranked.push_back(std::move(rows[place]));
    return ranked;
}

} // namespace

StarJudging::StarJudging(const Workspace& workspace, StatusReporter& status, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_status(status)
{
    m_pool.setMaxThreadCount(1);
}

StarJudging::~StarJudging()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void StarJudging::start(std::vector<StarOrder> stars, const gon::GonModelPtr& gon)
{
    EXPECTS(m_workspace.hasModel());
    cancel();
    m_stop = std::stop_source();
    const int generation = ++m_generation;
    m_job = m_status.beginJob(tr("Judging stars"), [this] { cancel(); });
    const auto order = std::make_shared<const Order>(Order { m_workspace.model(),
        m_workspace.robustModel(), m_workspace.atlas(), gon, std::move(stars), m_stop.get_token() });
    const auto progress = [this, generation](std::size_t done, std::size_t of) {
        QMetaObject::invokeMethod(
            this, [this, generation, done, of] { showProgress(generation, done, of); },
            Qt::QueuedConnection);
    };
    const auto work = [order, progress] {
        Outcome outcome;
        outcome.stars = judge(*order, progress, outcome.gonError);
        return std::make_shared<const Outcome>(std::move(outcome));
    };
    whenDone(this, QtConcurrent::run(&m_pool, work),
        [this, generation](const std::shared_ptr<const Outcome>& outcome) {
            finish(generation, outcome);
        });
}

void StarJudging::cancel()
{
    ++m_generation;
    m_stop.request_stop();
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
}

void StarJudging::showProgress(int generation, std::size_t done, std::size_t of)
{
    if (generation == m_generation && m_job)
        m_status.updateJob(*m_job,
            tr("Judging stars: %1 of %2")
                .arg(countText(static_cast<qint64>(done)), countText(static_cast<qint64>(of))),
            static_cast<double>(done) / static_cast<double>(of));
}

void StarJudging::finish(int generation, const std::shared_ptr<const Outcome>& outcome)
{
    if (generation != m_generation)
        return;
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
    if (outcome->gonError)
        emit gonRefused(*outcome->gonError);
    if (outcome->stars)
        emit judged(JudgedRows(outcome, &*outcome->stars));
    else
        emit failed(outcome->stars.error());
}

} // namespace maury::ui
