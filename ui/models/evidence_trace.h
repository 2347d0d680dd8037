#pragma once

#include "core/explain/explanation.h"

#include <QString>
#include <QVector>

namespace maury::ui {

/// How much each piece of a spectrum speaks for an answer (positive) and against it, to be drawn:
/// contribution to the log odds per Å.
struct EvidenceTrace {
    static constexpr double kStepAngstrom = 2.0;

    QString answer; ///< "B2"
    QString other;
    QVector<double> wavelength; ///< middles of pieces of kStepAngstrom, ascending
    QVector<double> contribution;

    [[nodiscard]] bool isEmpty() const { return wavelength.isEmpty(); }
};

/// The pixels of all networks together, in pieces. The integral is the sum of the contributions.
[[nodiscard]] EvidenceTrace evidenceTrace(const explain::HeadExplanation& explanation);

} // namespace maury::ui
