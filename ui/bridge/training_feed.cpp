#include "ui/bridge/training_feed.h"

#include <algorithm>
#include <utility>

namespace maury::ui {

StepPoint merged(const StepPoint& first, const StepPoint& second)
{
    const int steps = first.steps + second.steps;
    const auto mean
        = [&](double a, double b) { return (a * first.steps + b * second.steps) / steps; };
    StepPoint point = second;
    point.loss = mean(first.loss, second.loss);
    point.lossSc = mean(first.lossSc, second.lossSc);
    point.lossLc = mean(first.lossLc, second.lossLc);
    point.accuracySc = mean(first.accuracySc, second.accuracySc);
    point.accuracyLc = mean(first.accuracyLc, second.accuracyLc);
    point.lossLow = std::min(first.lossLow, second.lossLow);
    point.lossHigh = std::max(first.lossHigh, second.lossHigh);
    point.steps = steps;
    return point;
}

namespace {

void mergePairs(std::vector<StepPoint>& points)
{
    std::size_t out = 0;
    for (std::size_t in = 0; in < points.size(); in += 2)
        points[out++] = in + 1 < points.size() ? merged(points[in], points[in + 1]) : points[in];
    points.resize(out);
}

} // namespace

TrainingFeed::TrainingFeed(QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TrainingFeed::deliver);
}

void TrainingFeed::post(FeedItem item)
{
    {
        const std::scoped_lock lock(m_mutex);
        // Only the newest fraction matters.
        if (std::holds_alternative<DataProgress>(item) && !m_items.empty()
            && std::holds_alternative<DataProgress>(m_items.back()))
            m_items.back() = std::move(item);
        else
            m_items.push_back(std::move(item));
    }
    wake();
}

void TrainingFeed::postEvent(const train::TrainingEvent& event)
{
    std::visit(
        [this](const auto& value) {
            using Event = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Event, train::StepDone>) {
                addStep(value);
            } else {
                if constexpr (std::is_same_v<Event, train::RunStarted>) {
                    const std::scoped_lock lock(m_mutex);
                    m_stepsPerEpoch = std::max<std::int64_t>(1, value.stepsPerEpoch);
                }
                post(value);
            }
        },
        event);
}

void TrainingFeed::addStep(const train::StepDone& step)
{
    {
        const std::scoped_lock lock(m_mutex);
        const double position = step.epoch
            + static_cast<double>(step.step + 1) / static_cast<double>(m_stepsPerEpoch);
        const StepPoint point { position, step.loss, step.lossSc, step.lossLc, step.accuracySc,
            step.accuracyLc, step.loss, step.loss, step.learningRate, 1 };
        if (m_items.empty() || !std::holds_alternative<StepBlock>(m_items.back()))
            m_items.emplace_back(StepBlock {});
        auto& points = std::get<StepBlock>(m_items.back()).points;
        points.push_back(point);
        if (points.size() >= kMaximumPoints)
            mergePairs(points);
    }
    wake();
}

void TrainingFeed::clear()
{
    const std::scoped_lock lock(m_mutex);
    m_items.clear();
}

void TrainingFeed::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (std::exchange(m_wakeQueued, true))
            return;
    }
    QMetaObject::invokeMethod(this, &TrainingFeed::schedule, Qt::QueuedConnection);
}

void TrainingFeed::schedule()
{
    const qint64 passed
        = m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : kDeliveryMilliseconds;
    if (passed >= kDeliveryMilliseconds)
        deliver();
    else
        m_timer.start(static_cast<int>(kDeliveryMilliseconds - passed));
}

void TrainingFeed::deliver()
{
    std::vector<FeedItem> items;
    {
        const std::scoped_lock lock(m_mutex);
        items.swap(m_items);
        m_wakeQueued = false;
    }
    m_sinceDelivery.start();
    if (!items.empty())
        emit delivered(items);
}

} // namespace maury::ui
