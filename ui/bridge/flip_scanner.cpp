#include "ui/bridge/flip_scanner.h"

#include "ui/bridge/answering.h"
#include "ui/bridge/when_done.h"
#include "ui/models/workspace.h"

#include <QtConcurrent>

#include <atomic>
#include <optional>

namespace maury::ui {

/// Lives on the one thread of the pool, apart from the generation.
struct FlipScanner::Worker {
    std::atomic<int> generation { 0 };
    ModelPtr model; ///< of `classifier`
    RobustPtr robust;
    mk::AtlasPtr atlas;
    std::optional<base::Result<std::unique_ptr<classify::StarClassifier>>> classifier;

    QList<FlipPoint> scan(const FlipRequest& request, int wanted)
    {
        QList<FlipPoint> points;
        if (model == nullptr && robust == nullptr)
            return points;
        if (!classifier)
            classifier = makeClassifier(model, robust, atlas);
        if (!*classifier)
            return points;
        for (const double value : request.values) {
            if (wanted != generation)
                return {};
            preprocess::WhatIf change = request.change;
            request.set(change, value);
            const auto answer = classifier->value()->classify(
                preprocess::changed(*request.spectrum, change), request.options);
            points.append({ value, answer ? QString::fromStdString(answer->type) : QString() });
        }
        return points;
    }
};

FlipScanner::FlipScanner(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_worker(std::make_shared<Worker>())
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

FlipScanner::~FlipScanner()
{
    cancel();
    m_pool.waitForDone();
}

void FlipScanner::request(const FlipRequest& request)
{
    const int generation = ++m_worker->generation;
    const auto work = [worker = m_worker, request, generation, model = m_workspace.model(),
                          robust = m_workspace.robustModel(), atlas = m_workspace.atlas()] {
        if (worker->model != model || worker->robust != robust || worker->atlas != atlas) {
            worker->model = model;
            worker->robust = robust;
            worker->atlas = atlas;
            worker->classifier.reset();
        }
        return worker->scan(request, generation);
    };
    whenDone(this, QtConcurrent::run(&m_pool, work),
        [this, generation](const QList<FlipPoint>& points) {
            if (generation == m_worker->generation)
                emit scanned(points);
        });
}

void FlipScanner::cancel()
{
    ++m_worker->generation;
}

} // namespace maury::ui
