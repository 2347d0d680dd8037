#include "ui/bridge/variation_preview.h"

#include "ui/bridge/when_done.h"

#include <QtConcurrent>

#include <utility>

namespace maury::ui {

namespace {

VariationResult vary(const VariationRequest& request)
{
    const dataset::Augmenter augmenter(request.grid, request.settings, VariationPreview::kSeed);
    const auto index = static_cast<std::uint64_t>(request.highlighted);
    VariationResult result { request,
        dataset::variationBands(*request.flux, augmenter, request.count),
        std::vector<float>(request.flux->size()), augmenter.variation(0, index) };
    augmenter.apply(*request.flux, 0, index, result.highlighted);
    return result;
}

} // namespace

VariationPreview::VariationPreview(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

VariationPreview::~VariationPreview()
{
    m_pool.waitForDone();
}

void VariationPreview::request(const VariationRequest& request)
{
    EXPECTS(request.flux != nullptr && request.highlighted < request.count);
    if (m_busy)
        m_waiting = request;
    else
        start(request);
}

void VariationPreview::cancel()
{
    ++m_generation;
    m_waiting.reset();
}

void VariationPreview::start(const VariationRequest& request)
{
    m_busy = true;
    whenDone(this, QtConcurrent::run(&m_pool, [request] { return vary(request); }),
        [this, generation = m_generation](const VariationResult& result) {
            m_busy = false;
            if (const auto next = std::exchange(m_waiting, {}))
                start(*next);
            if (generation == m_generation)
                emit made(result);
        });
}

} // namespace maury::ui
