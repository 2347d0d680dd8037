#pragma once

#include <QString>

#include <vector>

namespace maury::ui {

/// What one step of the robust recipe is worth: how stars that the network has never seen are typed
/// without it, or with something else in its place.
struct AblationRow {
    QString change;
    QString options; ///< of `maury-cli train --protocol robust`
    double sigma68 = 0.0; ///< 68 % of |Δ|, in temperature codes
    double rms = 0.0; ///< of |Δ| < 3
    double luminosity = 0.0; ///< share of right luminosity groups
};

/// Measured on the normal stars of STELIB by tests/bench/what_helps.py, which measures it again: the
/// network trained on MKCLASS's libr18 alone but in the last row, means of the seeds 1 to 3. The
/// first row is the recipe.
[[nodiscard]] std::vector<AblationRow> ablation();

} // namespace maury::ui
