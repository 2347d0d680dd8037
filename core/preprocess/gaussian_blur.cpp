#include "core/preprocess/gaussian_blur.h"

#include "core/base/contract.h"

#include <cmath>

namespace maury::preprocess {

Eigen::ArrayXd gaussianBlurred(const Eigen::ArrayXd& flux, double sigmaPixels)
{
    EXPECTS(sigmaPixels > 0.0);
    if (flux.size() == 0)
        return flux;
    const auto reach = static_cast<Eigen::Index>(std::ceil(4.0 * sigmaPixels));
    Eigen::ArrayXd kernel = Eigen::ArrayXd::LinSpaced(
        2 * reach + 1, -static_cast<double>(reach), static_cast<double>(reach));
    kernel = (-0.5 * (kernel / sigmaPixels).square()).exp();
    kernel /= kernel.sum();
    Eigen::ArrayXd padded(flux.size() + 2 * reach);
    padded.head(reach) = flux[0];
    padded.segment(reach, flux.size()) = flux;
    padded.tail(reach) = flux[flux.size() - 1];
    Eigen::ArrayXd result = Eigen::ArrayXd::Zero(flux.size());
    for (Eigen::Index k = 0; k < kernel.size(); ++k)
        result += kernel[k] * padded.segment(k, flux.size());
    return result;
}

} // namespace maury::preprocess
