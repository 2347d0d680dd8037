#include "ui/models/probe_history.h"

#include "core/base/contract.h"

#include <algorithm>

namespace maury::ui {

namespace {

bool sameShape(const nn::NetworkProbe& a, const nn::NetworkProbe& b)
{
    return std::equal(a.layers.begin(), a.layers.end(), b.layers.begin(), b.layers.end(),
        [](const nn::LayerProbe& one, const nn::LayerProbe& other) {
            return one.fanIn == other.fanIn && one.fanOut == other.fanOut;
        });
}

} // namespace

void ProbeHistory::beginAt(int epoch)
{
    std::erase_if(m_looks, [epoch](const Look& look) { return look.epoch >= epoch; });
}

void ProbeHistory::add(int epoch, const nn::NetworkProbe& probe)
{
    if (!m_looks.empty() && !sameShape(m_looks.back().probe, probe))
        m_looks.clear();
    beginAt(epoch);
    m_looks.push_back({ epoch, probe });
    if (m_looks.size() <= kMost)
        return;
    // Every other one but the first and the last.
    std::vector<Look> kept;
    for (std::size_t i = 0; i < m_looks.size(); ++i)
        if (i % 2 == 0 || i + 1 == m_looks.size())
            kept.push_back(std::move(m_looks[i]));
    m_looks = std::move(kept);
}

SpreadHistory ProbeHistory::of(std::size_t layer, nn::Distribution nn::LayerProbe::*numbers) const
{
    SpreadHistory history;
    for (const Look& look : m_looks) {
        EXPECTS(layer < look.probe.layers.size());
        const nn::Distribution& spread = look.probe.layers[layer].*numbers;
        history.epochs.append(look.epoch);
        for (std::size_t i = 0; i < SpreadHistory::kFractions.size(); ++i)
            history.percentiles.at(i).append(
                nn::percentile(spread, SpreadHistory::kFractions.at(i)));
    }
    return history;
}

} // namespace maury::ui
