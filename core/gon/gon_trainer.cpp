#include "core/gon/gon_trainer.h"

#include "core/gon/decoder_start.h"
#include "core/gon/gon_run.h"
#include "core/gon/gon_sources.h"
#include "core/gon/judge.h"
#include "core/gon/line_windows.h"
#include "core/gon/principal_components.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kComponentSpectra = 1500; ///< variations behind the principal components
constexpr std::size_t kPriorVariations = 10; ///< of every template, behind the prior
constexpr std::uint64_t kComponentStream = 21;
constexpr std::uint64_t kPriorStream = 22;
constexpr std::uint64_t kBandStream = 23;
constexpr std::size_t kBandVariations = 2; ///< of every template, behind the bands
/// Share of the mean variance that is added to every direction of the prior.
constexpr double kPriorRidge = 1e-3;

Result<void> checkData(const GonConfig& config, const GonData& data)
{
    if (const auto valid = check(data.train); !valid)
        return valid;
    std::size_t usable = 0;
    for (std::size_t i = 0; i < data.train.spectra(); ++i)
        usable += isUsable(data.train, i) ? 1 : 0;
    if (usable < 2)
        return base::failure(ErrorCode::ValueInvalid, data.train.source,
            fmt::format("{} of {} spectra with usable pixels", usable, data.train.spectra()),
            "at least two");
    if (config.decoder.latent >= static_cast<int>(data.train.pixels()))
        return base::failure(ErrorCode::OptionInvalid, "--latent",
            fmt::format("{}", config.decoder.latent),
            fmt::format("fewer than the {} pixels", data.train.pixels()));
    if (data.variation)
        if (const auto valid = dataset::validate(*data.variation); !valid)
            return valid;
    if (data.test.spectra() == 0)
        return {};
    if (const auto valid = check(data.test); !valid)
        return valid;
    return checkSameGrid(
        data.test.wavelengthAngstrom, data.train.wavelengthAngstrom, data.test.source);
}

std::uint64_t keyOf(const GonConfig& config, std::uint64_t stream)
{
    return base::RandomStream(config.seed).split(stream).key();
}

/// Training spectra that stand for all: variations of templates, or the usable ones.
SpectrumSet trainingSpectra(
    const GonConfig& config, const GonData& data, std::size_t each, std::uint64_t stream)
{
    if (data.variation)
        return variationsOf(
            data.train, *data.variation, each * data.train.spectra(), 0, keyOf(config, stream));
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < data.train.spectra(); ++i)
        if (isUsable(data.train, i))
            rows.push_back(i);
    return subset(data.train, rows);
}

double meanNoiseVariance(const SpectrumSet& set)
{
    double sum = 0.0;
    double count = 0.0;
    for (Eigen::Index i = 0; i < set.ivar.size(); ++i)
        if (set.ivar.data()[i] > 0.0F) {
            sum += 1.0 / static_cast<double>(set.ivar.data()[i]);
            count += 1.0;
        }
    return count > 0.0 ? sum / count : 0.0;
}

void setPrior(GonModel& model, const Encoding& encoding)
{
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < encoding.usable.size(); ++i)
        if (encoding.usable[i] != 0)
            rows.push_back(static_cast<Eigen::Index>(i));
    const auto latent = static_cast<Eigen::Index>(model.latent());
    Eigen::MatrixXd codes(std::ssize(rows), latent);
    for (std::size_t i = 0; i < rows.size(); ++i)
        codes.row(static_cast<Eigen::Index>(i)) = encoding.codes.row(rows[i]).cast<double>();
    model.prior.mean = codes.colwise().mean().transpose();
    const Eigen::MatrixXd off = codes.rowwise() - model.prior.mean.transpose();
    model.prior.covariance = off.transpose() * off / std::max(1.0, static_cast<double>(rows.size()) - 1.0);
    const double ridge = kPriorRidge
        * std::max(model.prior.covariance.trace() / static_cast<double>(latent), 1e-12);
    model.prior.covariance.diagonal().array() += ridge;
}

/// Half of the unseen stars and as many spectra of half of the training stars.
Result<SpectrumSet> bandSpectra(const GonConfig& config, const GonData& data)
{
    const SpectrumSet seen
        = halfOfStars(trainingSpectra(config, data, kBandVariations, kBandStream), 0);
    if (data.test.spectra() == 0)
        return seen;
    const SpectrumSet unseen = halfOfStars(data.test, 0);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < std::min(seen.spectra(), unseen.spectra()); ++i)
        rows.push_back(i);
    return joined(subset(seen, rows), subset(unseen, rows));
}

void describeOrigin(const GonData& data, GonModel& model)
{
    const nlohmann::json origin { { "program", std::string("maury ") + MAURY_VERSION },
        { "train", data.train.source }, { "spectra", data.train.spectra() },
        { "unseen", data.test.source }, { "sha256", identityOf(data) } };
    model.provenance = origin.dump();
}

Result<GonReport> runOrResume(const GonConfig& wanted, const GonData& data,
    std::optional<GonCheckpoint> checkpoint, GonControl& control,
    const train::TrainingObserver& observer, std::stop_token stop)
{
    GonConfig config = wanted;
    if (checkpoint)
        config.setLive(checkpoint->config.live()); // as the run began
    if (const auto valid = validate(config); !valid)
        return base::Unexpected(valid.error());
    if (const auto valid = checkData(config, data); !valid)
        return base::Unexpected(valid.error());
    GonRun run(config, data, control, observer, std::move(stop));
    if (const auto prepared = run.prepare(); !prepared)
        return base::Unexpected(prepared.error());
    return checkpoint ? run.resume(*std::move(checkpoint)) : run.start();
}

} // namespace

Result<DataMoments> momentsOf(const GonConfig& config, const GonData& data)
{
    const std::size_t each
        = std::max<std::size_t>(1, kComponentSpectra / std::max<std::size_t>(1, data.train.spectra()));
    const SpectrumSet spectra = trainingSpectra(config, data, each, kComponentStream);
    const auto latent = static_cast<std::size_t>(config.decoder.latent);
    if (latent >= spectra.spectra())
        return base::failure(ErrorCode::OptionInvalid, "--latent", fmt::format("{}", latent),
            fmt::format("fewer than the {} spectra", spectra.spectra()));
    const bool noiseless = data.variation.has_value();
    PrincipalComponents components = principalComponents(
        noiseless ? spectra.truth : spectra.flux, spectra.ivar, latent,
        noiseless ? 0.0 : meanNoiseVariance(spectra), keyOf(config, kComponentStream));
    return DataMoments { std::move(components.mean), std::move(components.deviation),
        std::move(components.components) };
}

Result<GonModel> completed(
    GonModel model, const GonConfig& config, const GonData& data, std::stop_token stop)
{
    const SpectrumSet many = trainingSpectra(config, data, kPriorVariations, kPriorStream);
    {
        const LatentInference inference(std::make_shared<const GonModel>(model), config.threads);
        EncodeOptions codesOnly;
        codesOnly.fit = false;
        const auto encoding = inference.encode(many, codesOnly, stop);
        if (!encoding)
            return base::Unexpected(encoding.error());
        setPrior(model, *encoding);
        auto reference = inference.encode(data.train, codesOnly, stop);
        if (!reference)
            return base::Unexpected(reference.error());
        model.reference = { std::move(reference->codes), data.train.stars, data.train.types,
            data.train.labels };
    }
    const auto bands = bandSpectra(config, data);
    if (!bands)
        return base::Unexpected(bands.error());
    const LatentInference inference(std::make_shared<const GonModel>(model), config.threads);
    const auto calibration = calibrateBands(inference, *bands, config.seed);
    if (!calibration)
        return base::Unexpected(calibration.error());
    model.bands = *calibration;
    describeOrigin(data, model);
    return model;
}

Result<GonReport> GonTrainer::run(const GonConfig& config, const GonData& data,
    GonControl& control, const train::TrainingObserver& observer, std::stop_token stop)
{
    return runOrResume(config, data, {}, control, observer, std::move(stop));
}

Result<GonReport> GonTrainer::resume(const GonConfig& config, const GonData& data,
    GonControl& control, const train::TrainingObserver& observer, std::stop_token stop)
{
    auto checkpoint = readGonCheckpoint(config.checkpoint);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    if (const auto same = checkSameRun(config, *checkpoint); !same)
        return base::Unexpected(same.error());
    return runOrResume(config, data, *std::move(checkpoint), control, observer, std::move(stop));
}

Result<GonReport> lastGoodReport(const std::filesystem::path& file, const GonData& data)
{
    auto checkpoint = readGonCheckpoint(file);
    if (!checkpoint)
        return base::Unexpected(checkpoint.error());
    GonConfig config = checkpoint->config;
    config.checkpoint = file;
    GonControl control;
    const train::TrainingObserver silent = [](const train::TrainingEvent&) { };
    GonRun run(config, data, control, silent, {});
    if (const auto prepared = run.prepare(); !prepared)
        return base::Unexpected(prepared.error());
    return run.reportOf(*std::move(checkpoint));
}

Result<GonModel> principalComponentModel(const GonConfig& wanted, const GonData& data)
{
    GonConfig config = wanted;
    config.decoder.kind = DecoderKind::Linear;
    config.decoder.hidden.clear();
    config.decoder.skip = false;
    config.inference = InferenceKind::GaussNewton;
    config.variational = false;
    if (const auto valid = validate(config); !valid)
        return base::Unexpected(valid.error());
    if (const auto valid = checkData(config, data); !valid)
        return base::Unexpected(valid.error());
    const auto moments = momentsOf(config, data);
    if (!moments)
        return base::Unexpected(moments.error());
    const auto windows = defaultWindows(config.windows);
    if (!windows)
        return base::Unexpected(windows.error());
    NetworkState state = initialState(config, data.train.wavelengthAngstrom, *moments);
    GonModel model;
    model.decoder = config.decoder;
    model.wavelengthAngstrom = data.train.wavelengthAngstrom;
    model.windowWeight
        = windowWeights(data.train.wavelengthAngstrom, *windows, config.windowWeight);
    model.parameters = std::move(state.decoder);
    const auto latent = static_cast<Eigen::Index>(config.decoder.latent);
    model.prior = { Eigen::VectorXd::Zero(latent), Eigen::MatrixXd::Identity(latent, latent) };
    model.settings = configToJson(config);
    model.programVersion = MAURY_VERSION;
    model.data = fmt::format(
        "{}: principal components of {} spectra", data.train.source, data.train.spectra());
    return completed(std::move(model), config, data, {});
}

} // namespace maury::gon
