#pragma once

#include "core/gon/line_windows.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace maury::gon {

/// One line window of a spectrum beside its reconstruction.
struct LineCheck {
    std::string name;
    double lineAngstrom = 0.0; ///< where the line should be
    std::size_t pixels = 0; ///< usable ones in the window
    double rmse = 0.0; ///< of model − data
    double largestZ = 0.0; ///< largest |residual| in sigmas
    double depthData = 0.0; ///< below the mean of the window's ends
    double depthModel = 0.0;
    double widthData = 0.0; ///< equivalent width in Å, against the mean of the window's ends
    double widthModel = 0.0;
    /// Centroid of the absorption minus the line's place, in pixels; nothing where the line is
    /// weaker than five times its noise: the check of the whole pipeline's wavelengths.
    std::optional<double> offsetData;
    std::optional<double> offsetModel;
};

/// Checks of every window that the spectrum covers. Rows are [pixels]; ivar 0 = not used.
[[nodiscard]] std::vector<LineCheck> checkLines(const std::vector<double>& wavelengthAngstrom,
    const Eigen::RowVectorXf& flux, const Eigen::RowVectorXf& ivar, const Eigen::RowVectorXf& model,
    const std::vector<LineWindow>& windows);

} // namespace maury::gon
