#pragma once

#include <utility>

namespace maury::ui {

/// The range of the positive numbers seen so far, for axes that must not move with each of them.
class GrowingRange {
public:
    /// Numbers that are not positive or not finite have no place on a logarithmic axis: left out.
    void include(double value);
    /// Widened to quarters of a decade; the given range while nothing was included.
    [[nodiscard]] std::pair<double, double> decades(double low, double high) const;

private:
    double m_low = 0.0; ///< 0: nothing yet
    double m_high = 0.0;
};

/// The next of 2, 5, 10, 20, 50 …
[[nodiscard]] double roundedUp(double value);

} // namespace maury::ui
