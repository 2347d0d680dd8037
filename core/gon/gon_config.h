#pragma once

#include "core/base/result.h"
#include "core/gon/kinds.h"
#include "core/train/live_changes.h"
#include "core/train/training_control.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace maury::gon {

[[nodiscard]] std::string toString(DecoderKind kind); ///< "dense", "siren", "fourier", "linear"
/// "one-step", "detached", "learned", "gauss-newton", "encoder"
[[nodiscard]] std::string toString(InferenceKind kind);
[[nodiscard]] std::string toString(Activation activation); ///< "gelu", "silu", "sine", …
/// Errors of all three: OptionInvalid.
[[nodiscard]] base::Result<DecoderKind> decoderFromString(const std::string& name);
[[nodiscard]] base::Result<InferenceKind> inferenceFromString(const std::string& name);
[[nodiscard]] base::Result<Activation> activationFromString(const std::string& name);

/// What coordinate networks make of a wavelength: u = (ln λ − start) / width of the segment it lies
/// in, scaled so that the network's bandwidth is stated in cycles of a segment.
struct CoordinateSpec {
    double siren = 30.0; ///< w₀ of the SIREN
    int features = 64; ///< Fourier features: frequencies of the network's first input
    double cyclesPerSegment = 0.0; ///< highest frequency; 0: half a cycle per four pixels
    double segmentAngstrom = 400.0; ///< longer stretches without a gap are cut into such segments
    bool operator==(const CoordinateSpec&) const = default;
};

/// The shape of a decoder.
struct DecoderSpec {
    DecoderKind kind = DecoderKind::Dense;
    int latent = 32;
    std::vector<int> hidden { 256, 256 };
    Activation activation = Activation::Gelu;
    bool skip = true; ///< m + z·S, begun as principal components and trained; dense only
    CoordinateSpec coordinates;
    bool operator==(const DecoderSpec&) const = default;
};

/// What may change in mid-run.
struct GonLive {
    double learningRate = 1e-3; ///< before warm-up and cosine
    double hiddenShare = 0.7; ///< of the batches: half of their spectra have a block hidden
    bool operator==(const GonLive&) const = default;
};

/// Every hyper-parameter of a run; the defaults are the measured best variant.
struct GonConfig : GonLive {
    DecoderSpec decoder;
    InferenceKind inference = InferenceKind::GaussNewton;
    double stepSize = 1.0; ///< μ of one-step, detached, and where the learned steps begin
    bool variational = false; ///< posterior N(W₁z, exp(W₂z + b)) and its KL instead of ½|z|²
    std::string windows = "none"; ///< line windows in the likelihood: none, mk, galah, apogee
    double windowWeight = 1.0;
    double momentum = 0.9; ///< Adam's β₁
    double beta2 = 0.99;
    double clip = 50.0; ///< largest norm of a gradient
    int batchSize = 64;
    int steps = 800;
    int warmUpSteps = 50;
    std::uint64_t seed = 1;
    int threads = 0; ///< 0 = the machine's
    std::string backend = "auto"; ///< auto, cpu (float), reference (double), cuda
    std::filesystem::path checkpoint; ///< written after every epoch; empty: none

    [[nodiscard]] const GonLive& live() const { return *this; }
    void setLive(const GonLive& live) { static_cast<GonLive&>(*this) = live; }
};

using GonControl = train::LiveControl<GonLive>;

/// Errors: OptionInvalid naming option, value and range; also combinations that do not exist
/// (an encoder with a linear decoder …).
[[nodiscard]] base::Result<void> validate(const GonLive& live);
[[nodiscard]] base::Result<void> validate(const GonConfig& config);

/// The settings that suit a way of inference where the user said nothing: one-step, detached and
/// learned follow the publication (SiLU, no skip); the encoder has no skip either.
[[nodiscard]] GonConfig defaultsFor(InferenceKind inference, DecoderKind decoder);

/// The settings with another inference and decoder: what stands at the defaults of the kinds before
/// goes to those of the new ones, what differs from them stays.
[[nodiscard]] GonConfig withKinds(
    const GonConfig& config, InferenceKind inference, DecoderKind decoder);

/// Everything that differs, named as on the command line ("lr", "hidden-share").
[[nodiscard]] std::vector<train::LiveChange> liveChanges(
    const GonLive& before, const GonLive& after);

/// The learning rate of a step (0-based): a linear warm-up times half a cosine.
[[nodiscard]] double rateOf(const GonConfig& config, int step);

/// What a run calls an epoch: so many steps.
inline constexpr int kStepsPerEpoch = 20;
[[nodiscard]] int epochsOf(const GonConfig& config);

/// All hyper-parameters as one JSON text (not the checkpoint's place): provenance, and what
/// resuming compares.
[[nodiscard]] std::string configToJson(const GonConfig& config);
/// The inverse; `place` names the file in messages. Errors: FileDamaged, OptionInvalid.
[[nodiscard]] base::Result<GonConfig> configFromJson(
    const std::string& text, const std::string& place);

} // namespace maury::gon
