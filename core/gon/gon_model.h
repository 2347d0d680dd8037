#pragma once

#include "core/gon/gon_config.h"
#include "core/gon/spectrum_set.h"

#include <Eigen/Core>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace maury::gon {

/// The numbers of a decoder. layers: of N; the last one's weights are [last hidden + latent, pixels]
/// for the dense decoder with a skip (the scale s and the skip S are folded in, and m in its biases),
/// [last hidden, pixels] without, [latent, pixels] for the linear one. Coordinate networks: features
/// of λ → first hidden (with its biases), z → first hidden (biases 0), the other layers, and
/// [last hidden, 1].
struct DecoderParameters {
    std::vector<nn::DenseParameters<float>> layers;
    std::vector<float> scale; ///< [pixels] s; coordinate networks: [1] flux = mean + s·N
    float mean = 0.0F; ///< coordinate networks only
};

/// What inference learned beside the decoder.
struct InferenceParameters {
    std::vector<float> step; ///< [latent] of the learned step; else empty
    nn::DenseParameters<float> posteriorMean; ///< variational: W₁ [latent, latent]; else empty
    nn::DenseParameters<float> posteriorLogVariance; ///< variational: W₂ and b
    std::vector<nn::DenseParameters<float>> encoder; ///< autoencoder; else empty
    std::vector<float> inputMean; ///< [pixels] of the encoder's input
    std::vector<float> inputScale; ///< [pixels]
};

/// The prior N(mean, covariance) that iterated inference uses.
struct LatentPrior {
    Eigen::VectorXd mean; ///< [latent]
    Eigen::MatrixXd covariance; ///< [latent, latent]
};

/// How the model's own variance becomes a band that holds what it says: σ² = Laplace variance +
/// max(χ²/dof − 1, floor)·noise², half widths factor68·σ and factor95·σ. Fitted on hidden pixels.
struct BandCalibration {
    double factor68 = 1.0;
    double factor95 = 1.96;
    double floor = 0.02;
    std::size_t pixels = 0; ///< hidden pixels that it was fitted on; 0: not calibrated
};

/// A number of the reference codes, by which a latent map is coloured and probes are fitted.
struct ReferenceCodes {
    Matrix codes; ///< [spectra, latent]
    std::vector<std::string> stars; ///< [spectra]
    std::vector<std::string> types; ///< [spectra]
    std::vector<Label> labels;
};

/// A trained Gradient Origin Network, or one of its baselines, with all that is needed to use it and
/// to know where it came from.
struct GonModel {
    DecoderSpec decoder;
    InferenceKind inference = InferenceKind::GaussNewton;
    double stepSize = 1.0;
    std::vector<double> wavelengthAngstrom; ///< [pixels]
    std::vector<float> windowWeight; ///< [pixels] of the likelihood
    DecoderParameters parameters;
    InferenceParameters extra;
    LatentPrior prior;
    BandCalibration bands;
    ReferenceCodes reference; ///< training codes
    std::string data; ///< description of the training data
    std::string settings; ///< of the training, as JSON
    std::string provenance; ///< JSON: where the data came from
    std::string programVersion;

    [[nodiscard]] std::size_t pixels() const { return wavelengthAngstrom.size(); }
    [[nodiscard]] std::size_t latent() const { return static_cast<std::size_t>(decoder.latent); }
};
using GonModelPtr = std::shared_ptr<const GonModel>;

/// "PCA-32", "GON-32 gauss-newton, PCA skip", "autoencoder-32": how tables name a model.
[[nodiscard]] std::string describe(const GonModel& model);

/// HDF5; written to a temporary name, flushed, renamed. Errors: WriteFailed, LibraryFailed.
[[nodiscard]] base::Result<void> writeModel(
    const GonModel& model, const std::filesystem::path& file);
/// Errors: FileMissing, FileDamaged (also parts that do not belong together), FileTruncated,
/// FormatUnknown, FormatVersion, ValueMissing, ValueInvalid.
[[nodiscard]] base::Result<GonModel> readGonModel(const std::filesystem::path& file);
/// Whether a file is such a model, as far as its format's name tells.
[[nodiscard]] bool isGonModel(const std::filesystem::path& file);

} // namespace maury::gon
