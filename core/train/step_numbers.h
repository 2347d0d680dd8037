#pragma once

#include "core/train/metrics.h"
#include "core/train/step_stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace maury::train {

/// Names and numbers of one step by layer, with the choice that excerpts are of: what the stages
/// are written with. Borrows both.
class StepNumbers {
public:
    using Index = Eigen::Index;
    static constexpr std::size_t kRows = 8; ///< of an excerpt

    StepNumbers(const StepTrace& trace, const StepChoice& choice)
        : m_trace(trace)
        , m_choice(choice)
    {
    }

    [[nodiscard]] const StepTrace& trace() const { return m_trace; }
    [[nodiscard]] Index sample() const { return m_choice.sample; }
    [[nodiscard]] static std::size_t at(Index index) { return static_cast<std::size_t>(index); }

    [[nodiscard]] static std::vector<StepLayer> heads()
    {
        return { { StepLayer::Kind::SpectralHead, 0 }, { StepLayer::Kind::LuminosityHead, 0 } };
    }
    [[nodiscard]] static bool isHidden(const StepLayer& layer)
    {
        return layer.kind == StepLayer::Kind::Hidden;
    }
    [[nodiscard]] static bool isSpectral(const StepLayer& layer)
    {
        return layer.kind == StepLayer::Kind::SpectralHead;
    }
    /// The index that the symbols of a layer carry.
    [[nodiscard]] static std::string mark(const StepLayer& layer)
    {
        return isHidden(layer)  ? fmt::format("_{}", layer.number)
            : isSpectral(layer) ? "_{SC}"
                                : "_{LC}";
    }
    /// That of the activations which a layer takes.
    [[nodiscard]] std::string markBelow(const StepLayer& layer) const
    {
        return fmt::format(
            "_{}", isHidden(layer) ? layer.number - 1 : static_cast<int>(hiddenCount()));
    }
    [[nodiscard]] std::size_t hiddenCount() const { return m_trace.spec.hidden.size(); }

    template <typename Set> [[nodiscard]] static auto& of(Set& set, const StepLayer& layer)
    {
        return isHidden(layer)  ? set.hidden[static_cast<std::size_t>(layer.number - 1)]
            : isSpectral(layer) ? set.sc
                                : set.lc;
    }
    [[nodiscard]] const nn::Matrix<float>& inputOf(const StepLayer& layer) const
    {
        return m_trace.forward
            .activations[isHidden(layer) ? static_cast<std::size_t>(layer.number - 1)
                                         : hiddenCount()];
    }
    [[nodiscard]] const nn::Matrix<float>& sumsOf(const StepLayer& layer) const
    {
        const auto& forward = m_trace.forward;
        return isHidden(layer)  ? forward.preActivations[static_cast<std::size_t>(layer.number - 1)]
            : isSpectral(layer) ? forward.scLogits
                                : forward.lcLogits;
    }
    [[nodiscard]] const nn::Matrix<float>& deltaOf(const StepLayer& layer) const
    {
        const auto& back = m_trace.backward;
        return isHidden(layer)  ? back.dSums[static_cast<std::size_t>(layer.number - 1)]
            : isSpectral(layer) ? back.dScLogits
                                : back.dLcLogits;
    }
    [[nodiscard]] const nn::Matrix<float>& probabilitiesOf(const StepLayer& head) const
    {
        return isSpectral(head) ? m_trace.scProbabilities : m_trace.lcProbabilities;
    }
    /// The unit that excerpts are of: the chosen one, of a head the true class.
    [[nodiscard]] Index unitOf(const StepLayer& layer) const
    {
        return isHidden(layer)  ? m_choice.units[static_cast<std::size_t>(layer.number - 1)]
            : isSpectral(layer) ? m_trace.sc[at(sample())]
                                : m_trace.lc[at(sample())];
    }
    [[nodiscard]] std::string unitName(const StepLayer& layer, Index unit) const
    {
        if (isSpectral(layer))
            return m_trace.classes[at(unit)];
        if (layer.kind == StepLayer::Kind::LuminosityHead)
            return luminosityNames()[at(unit)];
        return fmt::format("{}", unit + 1);
    }
    /// What a layer's input number i is.
    [[nodiscard]] std::string inputName(const StepLayer& layer, Index i) const
    {
        return isHidden(layer) && layer.number == 1
            ? fmt::format("{:.1f} Å", m_trace.wavelengthAngstrom[at(i)])
            : fmt::format("{}", i + 1);
    }
    [[nodiscard]] std::string inputSymbol(const StepLayer& layer) const
    {
        return isHidden(layer) && layer.number == 1 ? "pixel i" : "unit i";
    }

    /// The places of the largest magnitudes, largest first.
    template <typename Magnitude>
    [[nodiscard]] static std::vector<Index> largest(
        Index count, std::size_t most, const Magnitude& magnitude)
    {
        std::vector<Index> places(at(count));
        std::iota(places.begin(), places.end(), Index { 0 });
        const auto kept = std::min(most, places.size());
        std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(kept),
            places.end(), [&](Index a, Index b) {
                const double first = std::abs(magnitude(a));
                const double second = std::abs(magnitude(b));
                return first != second ? first > second : a < b;
            });
        places.resize(kept);
        return places;
    }

    /// The units of a sample's row with the largest magnitudes, the chosen one first.
    [[nodiscard]] std::vector<Index> withUnit(const nn::Matrix<float>& values, Index unit) const
    {
        auto units = largest(values.cols(), kRows,
            [&](Index j) { return static_cast<double>(values(sample(), j)); });
        if (const auto found = std::find(units.begin(), units.end(), unit); found != units.end())
            units.erase(found);
        units.insert(units.begin(), unit);
        return units;
    }

private:
    const StepTrace& m_trace;
    const StepChoice& m_choice;
};

} // namespace maury::train
