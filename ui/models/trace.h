#pragma once

#include "core/classify/classifier.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"

#include <QString>
#include <QVector>

#include <cstddef>
#include <optional>

namespace maury::ui {

/// A curve to draw: flux against wavelength in Å. NaN breaks the line, where pixels are missing or
/// masked.
struct Trace {
    QString name;
    QVector<double> wavelength; ///< ascending, apart from the breaks between segments
    QVector<double> flux;

    [[nodiscard]] bool isEmpty() const { return wavelength.isEmpty(); }
};

/// The flux at the pixel nearest to a wavelength; NaN outside.
[[nodiscard]] double valueAt(const Trace& trace, double wavelength);

/// All segments as in the file, or one of them; the line breaks between segments, at masked pixels
/// and where a segment's pixels stand farther apart than its dispersion.
[[nodiscard]] Trace fileTrace(
    const spectrum::Spectrum& spectrum, std::optional<std::size_t> only = std::nullopt);

/// A prepared spectrum, divided by `scale`. Precondition: scale > 0.
[[nodiscard]] Trace preparedTrace(const classify::PreparedSpectrum& prepared,
    const spectrum::WavelengthGrid& grid, double scale = 1.0);

/// Row `row` of an atlas. Precondition: row is one of its standards.
[[nodiscard]] Trace standardTrace(const mk::Atlas& atlas, std::size_t row);

/// The mean of all standards of an atlas.
[[nodiscard]] Trace meanTrace(const mk::Atlas& atlas);

/// Star minus standard where both have data. Precondition: the prepared spectrum is on the atlas'
/// grid.
[[nodiscard]] Trace residualTrace(const classify::PreparedSpectrum& prepared,
    const mk::Atlas& atlas, std::size_t row, double scale = 1.0);

/// The factor that brings an unrectified star to the level of a standard: ratio of the medians over
/// the pixels that both have. 1 when there are none or the ratio is not positive.
[[nodiscard]] double levelRatio(
    const classify::PreparedSpectrum& prepared, const mk::Atlas& atlas, std::size_t row);

/// A standard as a spectrum of the star list: air, rest frame, missing pixels masked.
[[nodiscard]] spectrum::SpectrumPtr standardSpectrum(const mk::Atlas& atlas, std::size_t row);

/// The name under which a standard stands in lists and legends: "K3 III".
[[nodiscard]] QString standardName(const mk::Standard& standard);

} // namespace maury::ui
