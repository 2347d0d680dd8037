#include "ui/bridge/spectrum_analyser.h"

#include "ui/bridge/answering.h"
#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <algorithm>
#include <atomic>
#include <utility>

namespace maury::ui {

namespace {

struct Request {
    int generation = 0;
    SpectrumId id = kNoSpectrum;
    spectrum::SpectrumPtr spectrum;
    classify::PrepareOptions options;
    std::optional<std::size_t> leaveOut;
    preprocess::WhatIf change;
    mk::AtlasPtr atlas;
    ModelPtr model;
    RobustPtr robust;
    std::size_t nearest = 0; ///< how many of the nearest standards are told
    std::shared_ptr<const mk::LineList> lines; ///< to explain the answer with; null: not asked for
};

} // namespace

/// Lives on the one thread of the pool, apart from the generation.
struct SpectrumAnalyser::Worker {
    std::atomic<int> generation { 0 };
    ModelPtr model; ///< of `classifier`
    RobustPtr robust;
    mk::AtlasPtr atlas;
    std::optional<base::Result<std::unique_ptr<classify::StarClassifier>>> classifier;
    mk::AtlasPtr reference; ///< of `preparer` and `matcher`
    std::optional<classify::Preparer> preparer;
    std::optional<classify::StandardMatcher> matcher;

    Analysis analyse(Request request)
    {
        Analysis analysis;
        analysis.id = request.id;
        analysis.atlas = request.atlas;
        analysis.change = request.change;
        if (request.generation != generation || request.atlas == nullptr)
            return analysis;
        if (!request.change.isNone())
            request.spectrum = std::make_shared<const spectrum::Spectrum>(
                preprocess::changed(*request.spectrum, request.change));
        if (reference != request.atlas) {
            reference = request.atlas;
            preparer.emplace(reference);
            matcher.emplace(reference);
        }
        // Shown is what the model sees: the robust one moves also what is said to be at rest.
        classify::PrepareOptions options = request.options;
        options.shiftRest = options.shiftRest || request.robust != nullptr;
        auto prepared = preparer->prepare(*request.spectrum, options);
        if (prepared) {
            analysis.nearest = nearest(*prepared, request);
            analysis.prepared = *std::move(prepared);
        } else {
            analysis.preparationError = prepared.error();
        }
        if (request.generation == generation)
            answer(request, analysis);
        return analysis;
    }

    [[nodiscard]] std::vector<classify::NearestStandard> nearest(
        const classify::PreparedSpectrum& prepared, const Request& request) const
    {
        // One more than asked for, in case one is left out.
        const std::size_t all = request.atlas->standards().size();
        auto found = matcher->nearest(prepared, std::min(request.nearest, all) + 1);
        if (request.leaveOut)
            std::erase_if(
                found, [&request](const auto& each) { return each.row == *request.leaveOut; });
        found.resize(std::min(found.size(), request.nearest));
        return found;
    }

    void answer(const Request& request, Analysis& analysis)
    {
        if (request.model == nullptr && request.robust == nullptr)
            return;
        if (!classifier || model != request.model || robust != request.robust
            || atlas != request.atlas) {
            model = request.model;
            robust = request.robust;
            atlas = request.atlas;
            classifier = makeClassifier(model, robust, atlas);
        }
        if (!*classifier) {
            analysis.predictionError = classifier->error();
            return;
        }
        classify::StarClassifier& answering = *classifier->value();
        auto prediction = answering.classify(*request.spectrum, request.options);
        if (prediction)
            analysis.prediction = *std::move(prediction);
        else
            analysis.predictionError = prediction.error();
        if (analysis.prediction && request.lines != nullptr && request.generation == generation)
            explainAnswer(answering, request, analysis);
    }

    static void explainAnswer(
        const classify::StarClassifier& answering, const Request& request, Analysis& analysis)
    {
        const auto examination = answering.examine(*request.spectrum, request.options);
        if (!examination)
            return;
        auto explanation
            = explain::explain(answering, *analysis.prediction, *examination, *request.lines);
        if (explanation)
            analysis.explanation
                = std::make_shared<const explain::Explanation>(*std::move(explanation));
    }
};

SpectrumAnalyser::SpectrumAnalyser(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_worker(std::make_shared<Worker>())
{
    m_pool.setMaxThreadCount(1);
}

SpectrumAnalyser::~SpectrumAnalyser()
{
    cancel();
    m_pool.waitForDone();
}

void SpectrumAnalyser::request(SpectrumId id, const spectrum::SpectrumPtr& spectrum,
    const classify::PrepareOptions& options, std::optional<std::size_t> leaveOut,
    const preprocess::WhatIf& change)
{
    EXPECTS(spectrum != nullptr);
    const Request request { ++m_worker->generation, id, spectrum, options, leaveOut,
        change, m_workspace.atlas(), m_workspace.model(), m_workspace.robustModel(), m_nearest,
        m_explaining ? m_workspace.lines() : nullptr };
    m_busy = true;
    whenDone(this,
        QtConcurrent::run(
            &m_pool, [worker = m_worker, request] { return worker->analyse(request); }),
        [this, generation = request.generation](const Analysis& analysis) {
            if (generation != m_worker->generation)
                return;
            m_busy = false;
            emit analysed(analysis);
        });
}

void SpectrumAnalyser::cancel()
{
    ++m_worker->generation;
    m_busy = false;
}

} // namespace maury::ui
