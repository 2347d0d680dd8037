#pragma once

#include "core/mk/line_list.h"

#include <QString>
#include <QVector>

#include <optional>

namespace maury::ui {

/// A line to mark in a spectrum.
struct LineMarker {
    double wavelengthAngstrom = 0.0;
    QString name; ///< "Hγ", "Ca II K"
    double importance = 0.0; ///< when names would touch, the more important one is written
};

/// The lines that are used at a spectral class (a decimal subclass), or all without one. Balmer
/// lines, H and K and the G band are always there and go first, then what is a criterion for more.
[[nodiscard]] QVector<LineMarker> lineMarkers(
    const mk::LineList& list, std::optional<double> decimalSubclass);

/// The name that spectroscopists give a line: "Hδ", "H9", "Ca II K", "G band", else its species.
[[nodiscard]] QString lineName(const mk::SpectralLine& line);

} // namespace maury::ui
