#pragma once

#include "core/gon/spectrum_set.h"
#include "ui/models/plot_table.h"
#include "ui/models/variation_trace.h"

#include <vector>

namespace maury::ui {

struct StarReconstruction;

/// A reconstructed star to draw.
struct ReconstructionTrace {
    Trace star; ///< NaN where the file has nothing
    VariationTrace bands; ///< the model's 95 and 68 % bands, the reconstruction as highlighted line
    Trace baseline; ///< of principal components; may be empty
    Trace residual; ///< star minus reconstruction in sigmas of the noise
    std::vector<gon::WavelengthRange> hidden; ///< from the model, not from the eye
};

/// Precondition: the reconstruction has no error.
[[nodiscard]] ReconstructionTrace reconstructionTrace(const StarReconstruction& star);

/// The line windows of a star, line by line; Δ: model minus star.
[[nodiscard]] PlotTable lineTable(const StarReconstruction& star);

} // namespace maury::ui
