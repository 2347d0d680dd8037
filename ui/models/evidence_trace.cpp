#include "ui/models/evidence_trace.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

EvidenceTrace evidenceTrace(const explain::HeadExplanation& explanation)
{
    EvidenceTrace trace;
    trace.answer = QString::fromStdString(explanation.answer);
    trace.other = QString::fromStdString(explanation.other);
    const auto& pixels = explanation.attribution.wavelengthAngstrom;
    if (pixels.empty())
        return trace;
    constexpr double kStep = EvidenceTrace::kStepAngstrom;
    const double first = kStep * std::floor(pixels.front() / kStep);
    const auto pieces = static_cast<qsizetype>((pixels.back() - first) / kStep) + 1;
    trace.contribution.resize(pieces);
    for (qsizetype piece = 0; piece < pieces; ++piece)
        trace.wavelength.append(first + (static_cast<double>(piece) + 0.5) * kStep);
    for (std::size_t pixel = 0; pixel < pixels.size(); ++pixel)
        trace.contribution[static_cast<qsizetype>((pixels[pixel] - first) / kStep)]
            += explanation.attribution.contribution[pixel] / kStep;
    return trace;
}

} // namespace maury::ui
