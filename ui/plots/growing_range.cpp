#include "ui/plots/growing_range.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

void GrowingRange::include(double value)
{
    if (!std::isfinite(value) || value <= 0.0)
        return;
    m_low = m_low > 0.0 ? std::min(m_low, value) : value;
    m_high = std::max(m_high, value);
}

std::pair<double, double> GrowingRange::decades(double low, double high) const
{
    if (!(m_low > 0.0))
        return { low, high };
    const auto step = [](double value, double offset) {
        return std::pow(10.0, std::round(std::log10(value) * 4.0 + offset) / 4.0);
    };
    return { step(m_low, -0.7), step(m_high, 0.7) };
}

double roundedUp(double value)
{
    double decade = 1.0;
    while (true) {
        for (const double step : { 2.0, 5.0, 10.0 })
            if (value <= step * decade)
                return step * decade;
        decade *= 10.0;
    }
}

} // namespace maury::ui
