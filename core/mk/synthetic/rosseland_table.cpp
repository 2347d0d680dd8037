#include "core/mk/synthetic/rosseland_table.h"

#include "core/mk/synthetic/continuous_opacity.h"

#include <algorithm>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

/// An axis of the table, in decimal logarithms.
struct Axis {
    double first;
    double last;
    std::size_t count;

    [[nodiscard]] double value(std::size_t i) const
    {
        return first + (last - first) * static_cast<double>(i) / static_cast<double>(count - 1);
    }
    /// Position in units of nodes, inside the table.
    [[nodiscard]] double position(double logarithm) const
    {
        const double last_ = static_cast<double>(count - 1);
        return std::clamp((logarithm - first) / (last - first) * last_, 0.0, last_ - 1e-6);
    }
};

const Axis kTemperatures { 3.30103, 4.8750613, 64 };
const Axis kPressures { -2.5, 8.5, 56 };

} // namespace

RosselandTable::RosselandTable(const AtomicData& data, base::ThreadTeam& team)
    : m_logOpacity(kTemperatures.count * kPressures.count)
{
    team.run([&](int member) {
        const auto share = team.share(static_cast<std::int64_t>(kTemperatures.count), member);
        for (auto row = static_cast<std::size_t>(share.begin);
             row < static_cast<std::size_t>(share.end); ++row) {
            const SahaFactors factors = sahaFactors(data, std::pow(10.0, kTemperatures.value(row)));
            for (std::size_t column = 0; column < kPressures.count; ++column) {
                const GasState gas
                    = solveGas(data, factors, std::pow(10.0, kPressures.value(column)));
                const double mean = ContinuumSources(data, factors, gas).rosselandMean();
                m_logOpacity[row * kPressures.count + column] = std::log10(std::max(mean, 1e-9));
            }
        }
    });
}

double RosselandTable::opacity(double temperature, double pressure) const
{
    const double x = kTemperatures.position(std::log10(temperature));
    const double y = kPressures.position(std::log10(pressure));
    const auto row = static_cast<std::size_t>(x);
    const auto column = static_cast<std::size_t>(y);
    const double u = x - static_cast<double>(row);
    const double v = y - static_cast<double>(column);
    const double* corner = m_logOpacity.data() + row * kPressures.count + column;
    const double* next = corner + kPressures.count;
    const double logarithm = (1.0 - u) * ((1.0 - v) * corner[0] + v * corner[1])
        + u * ((1.0 - v) * next[0] + v * next[1]);
    return std::pow(10.0, logarithm);
}

} // namespace maury::mk::synthetic
