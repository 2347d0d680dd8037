#pragma once

#include "core/nn/network_probe.h"

#include <QVector>

#include <array>
#include <vector>

namespace maury::ui {

/// How one kind of numbers of a layer was spread, epoch by epoch; NaN where it is not known.
struct SpreadHistory {
    /// Smallest, 5 %, 25 %, median, 75 %, 95 %, largest.
    static constexpr std::array kFractions { 0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0 };
    static constexpr std::size_t kMedian = 3;

    QVector<double> epochs; ///< finished, ascending
    std::array<QVector<double>, kFractions.size()> percentiles;
};

/// What was seen inside the network of a run, in the order of its epochs. Bounded: a long run keeps
/// fewer of its looks, evenly spread.
class ProbeHistory {
public:
    static constexpr std::size_t kMost = 512;

    /// Forgets what lies at or after an epoch: a run begins there (0: anew).
    void beginAt(int epoch);
    /// A look after `epoch` epochs takes the place of one at the same epoch. A network of another
    /// shape begins anew.
    void add(int epoch, const nn::NetworkProbe& probe);

    [[nodiscard]] bool isEmpty() const { return m_looks.empty(); }
    [[nodiscard]] std::size_t size() const { return m_looks.size(); }
    /// `numbers`: which of a layer's numbers. Precondition: the layer exists, unless empty.
    [[nodiscard]] SpreadHistory of(
        std::size_t layer, nn::Distribution nn::LayerProbe::*numbers) const;

private:
    struct Look {
        int epoch = 0;
        nn::NetworkProbe probe;
    };
    std::vector<Look> m_looks;
};

} // namespace maury::ui
