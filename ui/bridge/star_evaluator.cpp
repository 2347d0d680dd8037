#include "ui/bridge/star_evaluator.h"

#include "core/classify/evaluator.h"
#include "ui/bridge/answering.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <cmath>
#include <functional>
#include <utility>

namespace maury::ui {

using Types = std::map<std::string, std::string>;

struct StarEvaluator::Outcome {
    base::Result<EvaluationPtr> evaluation = EvaluationPtr();
    Types types;
};

namespace {

using base::Result;
using ProgressObserver = std::function<void(std::size_t done, std::size_t of)>;

struct Order {
    ModelPtr paper;
    RobustPtr robust;
    mk::AtlasPtr atlas;
    std::string trainedOn;
    std::string modelName;
    std::filesystem::path table;
    std::stop_token stop;
};

/// Collects the answers as the views show them: a set of samples without spectra.
class Collector {
public:
    explicit Collector(const mk::ClassScheme& scheme)
        : m_set(std::make_shared<dataset::SampleSet>())
    {
        m_set->scheme = scheme;
    }

    void add(const classify::LabelledFile& star, const classify::Prediction& answer)
    {
        constexpr double kWithinClass = 0.75; // codes, as in ScoreCard
        const double code = mk::temperatureCode(mk::decimalSubclass(star.type));
        const std::uint16_t truth = m_set->scheme.nearest(code);
        if (std::abs(m_set->scheme.temperatureCodes[truth] - code) > kWithinClass
            || !star.type.luminosityCode)
            return; // counts in the figures alone
        const std::string name = star.file.stem().string();
        m_set->sc.push_back(truth);
        m_set->lc.push_back(
            static_cast<std::uint16_t>(mk::luminosityGroup(*star.type.luminosityCode)));
        m_set->standard.push_back(static_cast<std::uint32_t>(m_set->standardNames.size()));
        m_set->standardNames.push_back(name);
        m_frame.files.emplace(name, star.file);
        train::Predictions& said = m_frame.predictions;
        said.sc.push_back(m_set->scheme.nearest(answer.temperatureCode));
        said.lc.push_back(answer.lc);
        said.scProbability.push_back(static_cast<float>(answer.scProbability));
        said.lcProbability.push_back(static_cast<float>(answer.lcProbability));
    }

    EvaluationPtr finish(const Order& order, classify::Evaluation figures)
    {
        auto evaluation = std::make_shared<Evaluation>(std::move(m_frame));
        train::Metrics& metrics = evaluation->metrics;
        const auto& said = evaluation->predictions;
        metrics.samples = static_cast<std::int64_t>(m_set->size());
        metrics.sc = train::scoreHead(m_set->sc, said.sc, m_set->scheme.names);
        metrics.lc = train::scoreHead(m_set->lc, said.lc, train::luminosityNames());
        evaluation->test = std::move(m_set);
        evaluation->final = true;
        evaluation->relation = mk::AtlasRelation::Independent;
        evaluation->trainAtlas = order.trainedOn;
        evaluation->testAtlas = order.table.parent_path().filename().string();
        evaluation->model = order.modelName;
        evaluation->stars = std::make_shared<const classify::Evaluation>(std::move(figures));
        return evaluation;
    }

private:
    std::shared_ptr<dataset::SampleSet> m_set;
    Evaluation m_frame;
};

Result<EvaluationPtr> evaluate(
    const Order& order, const ProgressObserver& progress, Types& types)
{
    std::vector<std::string> leftOut;
    const auto stars = classify::readLabels(order.table, order.table.parent_path(), leftOut);
    if (!stars)
        return base::Unexpected(stars.error());
    auto classifier = makeClassifier(order.paper, order.robust, order.atlas);
    if (!classifier)
        return base::Unexpected(classifier.error());
    Collector collector((*classifier)->scheme());
    std::size_t done = 0;
    const auto refused = [&](const base::Error&) { progress(++done, stars->size()); };
    auto figures = classify::evaluateStars(**classifier, *stars, {}, refused, order.stop,
        [&](const classify::LabelledFile& star, const classify::Prediction& answer) {
            collector.add(star, answer);
            types.insert_or_assign(star.file.stem().string(), mk::print(star.type));
            progress(++done, stars->size());
        });
    if (!figures)
        return base::Unexpected(figures.error());
    return collector.finish(order, *std::move(figures));
}

} // namespace

StarEvaluator::StarEvaluator(const Workspace& workspace, StatusReporter& status, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_status(status)
{
    m_pool.setMaxThreadCount(1);
}

StarEvaluator::~StarEvaluator()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void StarEvaluator::start(const QString& table)
{
    EXPECTS(m_workspace.hasModel());
    cancel();
    m_stop = std::stop_source();
    const int generation = ++m_generation;
    m_job = m_status.beginJob(tr("Typing stars of known type"), [this] { cancel(); });
    const Order order { m_workspace.model(), m_workspace.robustModel(), m_workspace.atlas(),
        m_workspace.trainedOn(), m_workspace.modelName().toStdString(), table.toStdString(),
        m_stop.get_token() };
    const auto work = [this, order, generation] {
        Outcome outcome;
        outcome.evaluation = evaluate(
            order,
            [this, generation](std::size_t done, std::size_t of) {
                QMetaObject::invokeMethod(
                    this,
                    [this, generation, done, of] {
                        showProgress(
                            generation, static_cast<qint64>(done), static_cast<qint64>(of));
                    },
                    Qt::QueuedConnection);
            },
            outcome.types);
        return std::make_shared<const Outcome>(std::move(outcome));
    };
    whenDone(this, QtConcurrent::run(&m_pool, work),
        [this, generation](const std::shared_ptr<const Outcome>& outcome) {
            finish(generation, outcome);
        });
}

void StarEvaluator::cancel()
{
    ++m_generation;
    m_stop.request_stop();
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
}

void StarEvaluator::showProgress(int generation, qint64 done, qint64 of)
{
    if (generation == m_generation && m_job)
        m_status.updateJob(*m_job,
            tr("Typing stars of known type: %1 of %2").arg(countText(done), countText(of)),
            static_cast<double>(done) / static_cast<double>(of));
}

QString StarEvaluator::typeOf(const std::string& star) const
{
    const auto found = m_types.find(star);
    return found != m_types.end() ? QString::fromStdString(found->second) : QString();
}

void StarEvaluator::finish(int generation, const std::shared_ptr<const Outcome>& outcome)
{
    if (generation != m_generation)
        return;
    if (m_job)
        m_status.endJob(*std::exchange(m_job, std::nullopt));
    if (!outcome->evaluation) {
        emit failed(outcome->evaluation.error());
        return;
    }
    m_types = outcome->types;
    emit evaluated(*outcome->evaluation);
}

} // namespace maury::ui
