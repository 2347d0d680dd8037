#include "core/gon/gon_model.h"

#include "core/gon/layers_file.h"

#include <fmt/format.h>


#include <algorithm>
#include <array>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;

const io::Hdf5Format kFormat { "maury-gon-model", 1 };

template <typename Model> auto texts(Model& model)
{
    return std::array { std::pair { "data", &model.data }, std::pair { "settings", &model.settings },
        std::pair { "provenance", &model.provenance },
        std::pair { "trained_by", &model.programVersion } };
}

template <typename Model> auto bandNumbers(Model& model)
{
    return std::array { std::pair { "band_factor_68", &model.bands.factor68 },
        std::pair { "band_factor_95", &model.bands.factor95 },
        std::pair { "band_floor", &model.bands.floor } };
}

Result<void> fillReference(io::Hdf5Group& root, const ReferenceCodes& reference)
{
    auto group = root.createGroup("reference");
    if (!group)
        return base::Unexpected(group.error());
    std::vector<std::string> names;
    for (const Label& label : reference.labels)
        names.push_back(label.name);
    for (const auto& written : { writeMatrix(*group, "codes", reference.codes),
             group->writeTexts("stars", reference.stars),
             group->writeTexts("types", reference.types), group->writeTexts("labels", names) })
        if (!written)
            return written;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (const auto written = group->writeArray<double>(fmt::format("label{}", i),
                reference.labels[i].values, { reference.labels[i].values.size() });
            !written)
            return written;
    return {};
}

Result<void> fill(io::Hdf5Group& root, const GonModel& model)
{
    for (const auto& [name, text] : texts(model))
        if (const auto written = root.setAttribute(name, *text); !written)
            return written;
    for (const auto& [name, number] : bandNumbers(model))
        if (const auto written = root.setAttribute(name, *number); !written)
            return written;
    NetworkState state;
    state.decoder = model.parameters;
    state.extra = model.extra;
    const auto latent = static_cast<std::size_t>(model.prior.mean.size());
    for (const auto& written :
        { root.setAttribute("band_pixels", static_cast<std::int64_t>(model.bands.pixels)),
            root.writeArray<double>("wavelength_angstrom", model.wavelengthAngstrom,
                { model.wavelengthAngstrom.size() }),
            root.writeArray<float>(
                "window_weight", model.windowWeight, { model.windowWeight.size() }),
            root.writeArray<double>(
                "prior_mean", std::span(model.prior.mean.data(), latent), { latent }),
            root.writeArray<double>("prior_covariance",
                std::span(model.prior.covariance.data(), latent * latent), { latent, latent }),
            writeNetwork(root, state), fillReference(root, model.reference) })
        if (!written)
            return written;
    return {};
}

Result<void> readReference(const io::Hdf5Group& root, ReferenceCodes& reference)
{
    const auto group = root.group("reference");
    if (!group)
        return base::Unexpected(group.error());
    auto codes = readMatrix(*group, "codes");
    auto stars = group->readTexts("stars");
    auto types = group->readTexts("types");
    const auto names = group->readTexts("labels");
    if (!codes)
        return base::Unexpected(codes.error());
    if (!stars)
        return base::Unexpected(stars.error());
    if (!types)
        return base::Unexpected(types.error());
    if (!names)
        return base::Unexpected(names.error());
    reference = { *std::move(codes), *std::move(stars), *std::move(types), {} };
    for (std::size_t i = 0; i < names->size(); ++i) {
        auto values = group->readArray<double>(fmt::format("label{}", i));
        if (!values)
            return base::Unexpected(values.error());
        reference.labels.push_back({ (*names)[i], std::move(values->values) });
    }
    return {};
}

Result<void> readNumbers(const io::Hdf5Group& root, GonModel& model)
{
    for (const auto& [name, number] : bandNumbers(model)) {
        const auto value = root.realAttribute(name);
        if (!value)
            return base::Unexpected(value.error());
        *number = *value;
    }
    const auto pixels = root.integerAttribute("band_pixels");
    if (!pixels)
        return base::Unexpected(pixels.error());
    model.bands.pixels = static_cast<std::size_t>(std::max<std::int64_t>(0, *pixels));
    auto wavelengths = root.readArray<double>("wavelength_angstrom");
    auto windows = root.readArray<float>("window_weight");
    const auto mean = root.readArray<double>("prior_mean");
    const auto covariance = root.readArray<double>("prior_covariance");
    if (!wavelengths)
        return base::Unexpected(wavelengths.error());
    if (!windows)
        return base::Unexpected(windows.error());
    if (!mean)
        return base::Unexpected(mean.error());
    if (!covariance)
        return base::Unexpected(covariance.error());
    model.wavelengthAngstrom = std::move(wavelengths->values);
    model.windowWeight = std::move(windows->values);
    const std::size_t latent = model.latent();
    if (model.windowWeight.size() != model.pixels() || mean->values.size() != latent
        || covariance->values.size() != latent * latent)
        return base::failure(ErrorCode::FileDamaged, root.place(),
            fmt::format("{} window weights, prior of {} dimensions", model.windowWeight.size(),
                mean->values.size()),
            fmt::format("{} pixels and {} dimensions", model.pixels(), latent));
    const auto size = static_cast<Eigen::Index>(latent);
    model.prior.mean = Eigen::Map<const Eigen::VectorXd>(mean->values.data(), size);
    model.prior.covariance
        = Eigen::Map<const Eigen::MatrixXd>(covariance->values.data(), size, size);
    return {};
}

Result<GonModel> readAll(const io::Hdf5Group& root)
{
    GonModel model;
    for (const auto& [name, target] : texts(model)) {
        auto text = root.textAttribute(name);
        if (!text)
            return base::Unexpected(text.error());
        *target = *std::move(text);
    }
    const auto config = configFromJson(model.settings, root.place());
    if (!config)
        return base::Unexpected(config.error());
    model.decoder = config->decoder;
    model.inference = config->inference;
    model.stepSize = config->stepSize;
    if (const auto read = readNumbers(root, model); !read)
        return base::Unexpected(read.error());
    auto state = readNetwork(root);
    if (!state)
        return base::Unexpected(state.error());
    if (const auto fits = checkShapes(
            *state, model.decoder, model.inference, model.wavelengthAngstrom, root.place());
        !fits)
        return base::Unexpected(fits.error());
    model.parameters = std::move(state->decoder);
    model.extra = std::move(state->extra);
    if (const auto read = readReference(root, model.reference); !read)
        return base::Unexpected(read.error());
    return model;
}

} // namespace

std::string describe(const GonModel& model)
{
    const int latent = model.decoder.latent;
    if (model.decoder.kind == DecoderKind::Linear)
        return fmt::format("PCA-{}", latent);
    if (model.inference == InferenceKind::Encoder)
        return fmt::format("autoencoder-{}", latent);
    std::string name = fmt::format("GON-{} {}", latent, toString(model.inference));
    if (model.decoder.kind != DecoderKind::Dense)
        name += ", " + toString(model.decoder.kind);
    if (model.decoder.skip && model.decoder.kind == DecoderKind::Dense)
        name += ", PCA skip";
    if (model.extra.posteriorMean.weights.size() > 0)
        name += ", variational";
    return name;
}

Result<void> writeModel(const GonModel& model, const std::filesystem::path& file)
{
    return io::writeHdf5(file, kFormat, [&](io::Hdf5Group& root) { return fill(root, model); });
}

Result<GonModel> readGonModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    if (!root)
        return base::Unexpected(root.error());
    return readAll(*root);
}

bool isGonModel(const std::filesystem::path& file)
{
    const auto root = io::openHdf5(file, kFormat);
    return root || root.error().code == ErrorCode::FormatVersion;
}

} // namespace maury::gon
