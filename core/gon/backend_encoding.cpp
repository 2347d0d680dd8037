#include "core/gon/backend_encoding.h"

#include "core/base/thread_team.h"

#include <algorithm>

namespace maury::gon {
namespace {

using base::Result;
using Eigen::Index;

constexpr Index kTogether = 1024; ///< spectra that go to the device at once

} // namespace

Result<Encoding> encodeOn(const std::string& name, const GonModel& model, const SpectrumSet& set,
    int threads, std::stop_token stop)
{
    if (const auto valid = check(set); !valid)
        return base::Unexpected(valid.error());
    if (const auto same
        = checkSameGrid(set.wavelengthAngstrom, model.wavelengthAngstrom, set.source);
        !same)
        return base::Unexpected(same.error());
    const auto spectra = static_cast<Index>(set.spectra());
    const NetworkSetup setup { model.decoder, model.inference, model.stepSize,
        model.extra.posteriorMean.weights.size() > 0, model.wavelengthAngstrom,
        static_cast<std::size_t>(std::clamp(spectra, Index { 1 }, kTogether)),
        threads > 0 ? threads : base::defaultThreadCount() };
    const auto backend = createGonBackend(name, setup);
    if (!backend)
        return base::Unexpected(backend.error());
    if (const auto loaded = (*backend)->load(setup, { model.parameters, model.extra, {}, 0 }); !loaded)
        return base::Unexpected(loaded.error());
    Encoding encoding;
    encoding.codes.resize(spectra, Index { model.decoder.latent });
    const Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>> window(
        model.windowWeight.data(), static_cast<Index>(model.pixels()));
    for (Index first = 0; first < spectra; first += kTogether) {
        if (stop.stop_requested())
            return base::failure(base::ErrorCode::Cancelled, "encoding");
        const Index count = std::min(kTogether, spectra - first);
        const auto ivar = set.ivar.middleRows(first, count).array();
        const Matrix weight = (ivar.rowwise() * window).matrix();
        const Matrix data = (ivar > 0.0F).select(set.flux.middleRows(first, count), 0.0F);
        const auto codes = (*backend)->encode(data, weight);
        if (!codes)
            return base::Unexpected(codes.error());
        const auto flux = (*backend)->decode(*codes);
        if (!flux)
            return base::Unexpected(flux.error());
        encoding.codes.middleRows(first, count) = *codes;
        for (Index row = 0; row < count; ++row) {
            const auto of = weight.row(row).array();
            const bool usable = isUsable(set, static_cast<std::size_t>(first + row));
            encoding.usable.push_back(usable ? 1 : 0);
            encoding.chi2.push_back(static_cast<double>(
                (of * (data.row(row) - flux->row(row)).array().square()).sum()));
            encoding.dof.push_back(std::max(1.0,
                static_cast<double>((of > 0.0F).count()) - static_cast<double>(model.latent())));
            if (!usable)
                encoding.codes.row(first + row).setZero();
        }
    }
    return encoding;
}

} // namespace maury::gon
