#include "core/classify/nearest_standard.h"

#include "core/base/contract.h"

#include <algorithm>
#include <limits>

namespace maury::classify {
namespace {

using Row = Eigen::Array<double, 1, Eigen::Dynamic>;

Row weightsOf(const PreparedSpectrum& spectrum)
{
    const auto pixels = static_cast<Eigen::Index>(spectrum.flux.size());
    EXPECTS(spectrum.ivar.empty() || spectrum.ivar.size() == spectrum.flux.size());
    EXPECTS(spectrum.noise > 0.0);
    Row weights(pixels);
    for (Eigen::Index i = 0; i < pixels; ++i) {
        const auto pixel = static_cast<std::size_t>(i);
        const double ivar = spectrum.ivar.empty() ? 1.0 / (spectrum.noise * spectrum.noise)
                                                  : spectrum.ivar[pixel];
        weights[i] = spectrum.good[pixel] != 0 ? ivar : 0.0;
    }
    return weights;
}

} // namespace

std::vector<NearestStandard> nearestStandards(
    const PreparedSpectrum& spectrum, const mk::Atlas& atlas, std::size_t count)
{
    const auto pixels = static_cast<Eigen::Index>(spectrum.flux.size());
    EXPECTS(pixels == atlas.flux().cols() && spectrum.good.size() == spectrum.flux.size());
    const Row flux
        = Eigen::Map<const Eigen::ArrayXf>(spectrum.flux.data(), pixels).cast<double>().transpose();
    const Row weights = weightsOf(spectrum);

    std::vector<NearestStandard> result(atlas.standards().size());
    for (std::size_t row = 0; row < result.size(); ++row) {
        const auto index = static_cast<Eigen::Index>(row);
        const Row standard = atlas.flux().row(index).array().cast<double>();
        const Row common = weights * atlas.good().row(index).array().cast<double>();
        const double power = (common * standard.square()).sum();
        const double scale = power > 0.0 ? (common * standard * flux).sum() / power : 0.0;
        const auto used = static_cast<double>((common > 0.0).count());
        NearestStandard& entry = result[row];
        entry.row = row;
        entry.name = atlas.standards()[row].name;
        entry.scale = scale;
        entry.chi2 = used > 0.0 ? (common * (flux - scale * standard).square()).sum() / used
                                : std::numeric_limits<double>::infinity();
    }
    const std::size_t kept = std::min(count, result.size());
    std::partial_sort(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(kept),
        result.end(), [](const NearestStandard& a, const NearestStandard& b) {
            return a.chi2 != b.chi2 ? a.chi2 < b.chi2 : a.row < b.row;
        });
    result.resize(kept);
    return result;
}

} // namespace maury::classify
