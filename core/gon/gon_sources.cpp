#include "core/gon/gon_sources.h"

#include "core/base/random.h"
#include "core/classify/prepare.h"
#include "core/dataset/noise.h"
#include "core/mk/spectral_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

constexpr float kDarkest = 0.02F; ///< flux below which photon noise falls no further
constexpr std::uint64_t kNoiseStream = 0x6e6f6973;
/// Variations of unseen standards that a run is tested on.
constexpr std::size_t kTestVariations = 152;

spectrum::WavelengthGrid regularGrid(const std::vector<double>& wavelengths)
{
    const double step = (wavelengths.back() - wavelengths.front())
        / static_cast<double>(wavelengths.size() - 1);
    return { wavelengths.front(), step, wavelengths.size() };
}

void fillIvar(Matrix& ivar, Eigen::Index row, const Matrix& truth, const Matrix& good,
    Eigen::Index templateRow, double gain)
{
    for (Eigen::Index p = 0; p < ivar.cols(); ++p)
        ivar(row, p) = good(templateRow, p) > 0.0F
            ? static_cast<float>(gain) / std::max(truth(row, p), kDarkest)
            : 0.0F;
}

} // namespace

Result<SpectrumSet> standardsSet(const mk::Atlas& atlas, double gain)
{
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < atlas.standards().size(); ++i)
        if (!atlas.standards()[i].interpolated)
            rows.push_back(static_cast<Eigen::Index>(i));
    if (rows.size() < 2)
        return base::failure(ErrorCode::ClassesInsufficient, atlas.name(),
            fmt::format("{} observed standards", rows.size()), "at least two");
    SpectrumSet set;
    set.wavelengthAngstrom = atlas.grid().wavelengths();
    set.source = atlas.name();
    const auto pixels = static_cast<Eigen::Index>(set.pixels());
    set.flux.resize(std::ssize(rows), pixels);
    set.ivar.resize(std::ssize(rows), pixels);
    set.labels = { { kTemperatureLabel, {} }, { kLuminosityLabel, {} } };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const mk::Standard& standard = atlas.standards()[static_cast<std::size_t>(rows[i])];
        set.flux.row(row) = atlas.flux().row(rows[i]);
        for (Eigen::Index p = 0; p < pixels; ++p)
            set.ivar(row, p) = atlas.good()(rows[i], p) != 0
                ? static_cast<float>(gain) / std::max(set.flux(row, p), kDarkest)
                : 0.0F;
        set.stars.push_back(standard.name);
        set.types.push_back(mk::print(standard.type));
        set.labels[0].values.push_back(standard.temperatureCode);
        set.labels[1].values.push_back(standard.luminosityCode);
    }
    set.truth = set.flux;
    return set;
}

SpectrumSet variationsOf(const SpectrumSet& templates,
    const dataset::AugmentationSettings& settings, std::size_t count, std::uint32_t epoch,
    std::uint64_t seed)
{
    std::vector<std::size_t> rows(count);
    for (std::size_t i = 0; i < count; ++i)
        rows[i] = i % templates.spectra();
    SpectrumSet set = subset(templates, rows);
    const Matrix source = set.flux;
    const Matrix good = set.ivar;
    dataset::AugmentationSettings quiet = settings;
    quiet.gain = 0.0;
    const dataset::Augmenter augmenter(regularGrid(templates.wavelengthAngstrom), quiet, seed);
    const base::RandomStream noise = base::RandomStream(seed).split(kNoiseStream).split(epoch);
    set.truth.resize(source.rows(), source.cols());
    const auto pixels = static_cast<std::size_t>(source.cols());
    for (Eigen::Index row = 0; row < source.rows(); ++row) {
        const std::span<float> truth(set.truth.row(row).data(), pixels);
        augmenter.apply({ source.row(row).data(), pixels }, epoch,
            static_cast<std::uint64_t>(row), truth);
        set.flux.row(row) = set.truth.row(row);
        if (settings.gain > 0.0) {
            dataset::addGaussianNoise({ set.flux.row(row).data(), pixels }, settings.gain,
                noise.split(static_cast<std::uint64_t>(row)));
            fillIvar(set.ivar, row, set.truth, good, row, settings.gain);
        }
    }
    return set;
}

Result<GonData> atlasData(const mk::Atlas& atlas, const dataset::AugmentationSettings& settings,
    std::size_t everyUnseen, std::uint64_t seed)
{
    auto all = standardsSet(atlas, settings.gain > 0.0 ? settings.gain : 5000.0);
    if (!all)
        return base::Unexpected(all.error());
    GonData data;
    data.variation = settings;
    if (everyUnseen < 2) {
        data.train = *std::move(all);
        return data;
    }
    SplitSets split = splitByStar(*all, everyUnseen);
    data.train = std::move(split.train);
    if (split.unseen.spectra() > 0)
        data.test = variationsOf(split.unseen, settings, kTestVariations, 0, seed + 1);
    return data;
}

void addStar(
    SpectrumSet& set, const std::string& star, const std::string& type, double signalToNoise)
{
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    if (set.labels.empty())
        set.labels
            = { { kTemperatureLabel, {} }, { kLuminosityLabel, {} }, { kSignalToNoiseLabel, {} } };
    set.stars.push_back(star);
    set.types.push_back(type);
    const auto parsed = mk::parseSpectralType(type);
    set.labels[0].values.push_back(
        parsed ? mk::temperatureCode(mk::decimalSubclass(*parsed)) : kUnknown);
    set.labels[1].values.push_back(parsed ? parsed->luminosityCode.value_or(kUnknown) : kUnknown);
    set.labels[2].values.push_back(signalToNoise);
}

Result<SpectrumSet> preparedSet(const mk::AtlasPtr& atlas, const std::vector<PreparedStar>& stars,
    std::vector<base::Error>& failures)
{
    const classify::Preparer preparer(atlas);
    classify::PrepareOptions options;
    options.shiftRest = true;
    std::vector<classify::PreparedSpectrum> prepared;
    SpectrumSet set;
    set.wavelengthAngstrom = atlas->grid().wavelengths();
    for (const PreparedStar& star : stars) {
        auto one = preparer.prepare(*star.spectrum, options);
        if (!one) {
            failures.push_back(one.error());
            continue;
        }
        addStar(set, star.star, star.type, one->signalToNoise());
        set.positions.push_back(star.spectrum->raDeg && star.spectrum->decDeg
                ? SkyPosition { *star.spectrum->raDeg, *star.spectrum->decDeg }
                : SkyPosition {});
        prepared.push_back(*std::move(one));
    }
    if (prepared.empty())
        return base::failure(ErrorCode::ValueMissing, "spectra",
            fmt::format("none of {} could be brought to the grid", stars.size()), "at least one");
    const auto pixels = static_cast<Eigen::Index>(set.pixels());
    set.flux.resize(std::ssize(prepared), pixels);
    set.ivar.resize(std::ssize(prepared), pixels);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
        const classify::PreparedSpectrum& one = prepared[i];
        const auto row = static_cast<Eigen::Index>(i);
        // Files without errors: photon noise of the level that the spectrum itself shows.
        const double gain = std::max(one.medianFlux(), 1e-6) / (one.noise * one.noise);
        for (Eigen::Index p = 0; p < pixels; ++p) {
            const auto at = static_cast<std::size_t>(p);
            set.flux(row, p) = one.flux[at];
            double ivar = one.ivar.empty()
                ? gain / std::max(static_cast<double>(one.flux[at]), static_cast<double>(kDarkest))
                : one.ivar[at];
            if (one.good[at] == 0 || !std::isfinite(ivar) || !(ivar > 0.0)
                || !std::isfinite(one.flux[at]))
                ivar = 0.0;
            set.ivar(row, p) = static_cast<float>(ivar);
        }
    }
    set.source = fmt::format("{} prepared spectra", prepared.size());
    return set;
}

} // namespace maury::gon
