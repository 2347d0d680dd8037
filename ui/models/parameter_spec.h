#pragma once

#include <QString>

namespace maury::ui {

/// One number that a user may set: what a ParameterRow shows and lets through.
struct ParameterSpec {
    QString label;
    QString unit; ///< empty if none
    QString toolTip;
    double paper = 0.0; ///< the paper's value, to which reset goes
    double low = 0.0; ///< ends of the slider; the field also takes
    double high = 1.0; ///< values beyond them, from fieldLow to fieldHigh
    double fieldHigh = 1.0;
    bool logarithmic = false; ///< slider; precondition then: low > 0
    bool whole = false; ///< integers only
    double fieldLow = 0.0;
    bool ofPaper = true; ///< or `paper` is merely the program's default: the paper has none
};

} // namespace maury::ui
