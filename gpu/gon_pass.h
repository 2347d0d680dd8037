#pragma once

#include "gpu/gon_network.h"
#include "gpu/sequence.h"

#include <vector>

namespace maury::gpu {

/// What a Gradient Origin Network computes on a device, for at most `capacity` spectra at a time,
/// by the shortcut of core/gon: J and g₀ once for all spectra, inference as products with them, one
/// way back through the origin. Rows of every layer: a tangent for each dimension of the code, the
/// origin's, the spectra's.
class GonPass {
public:
    /// `device` and `network` outlive this. Errors: BackendFailed.
    [[nodiscard]] static base::Result<GonPass> make(Device& device, const GonNetwork& network,
        const gon::NetworkSetup& setup, int capacity);

    /// The spectra to work on: [capacity, layout().pixels()], padded with weight 0.
    [[nodiscard]] float* data() const { return m_data.as<float>(); }
    [[nodiscard]] float* lossWeight() const { return m_lossWeight.as<float>(); }
    [[nodiscard]] float* inferenceWeight() const { return m_inferenceWeight.as<float>(); }
    /// [capacity, layout().latent()], where the first layer reads them.
    [[nodiscard]] float* codes() const;
    /// F of the codes after decode() [capacity, layout().pixels()].
    [[nodiscard]] float* flux() const;
    /// [capacity]
    [[nodiscard]] const GonSums* sums() const { return m_sums.as<GonSums>(); }
    [[nodiscard]] GonControl* control() const { return m_control.as<GonControl>(); }
    [[nodiscard]] const GonNumbers* numbers() const { return m_numbers.as<GonNumbers>(); }

    /// Whether ½|z|² is part of the loss.
    [[nodiscard]] bool hasPrior() const { return solves(); }

    /// J and g₀, from the weights.
    void origin(Sequence& sequence) const;
    /// Codes of `rows` spectra. After origin().
    void encode(Sequence& sequence, int rows) const;
    /// Copies codes to where the skip reads them: after they were brought from outside.
    void placeCodes(Sequence& sequence, int rows) const;
    /// flux() of the codes.
    void decode(Sequence& sequence, int rows) const;
    /// Loss, exact gradient and update from data and weights: a whole training step.
    void trainStep(Sequence& sequence, int rows) const;

private:
    /// Rows of a matrix.
    struct Rows {
        float* data = nullptr;
        int count = 0;
        int columns = 0;
        int stride = 0;
    };
    /// What belongs to the input of a layer and to its output before activation.
    struct Level {
        Memory input; ///< [rows, fanIn]
        Memory z; ///< [rows, hidden] products that `input` is the activation of; but for the first
        Memory slope; ///< [1 + capacity, hidden] the origin's, the spectra's
        Memory curve; ///< [hidden]
        Memory delta; ///< [rows, fanOut]
        Memory dInput; ///< [rows, fanIn]; but for the first
    };

    GonPass(Device& device, const GonNetwork& network, const gon::NetworkSetup& setup, int capacity);
    base::Result<void> allocate();
    base::Result<void> writeConstants();

    void forward(Sequence& sequence, int first, int count) const;
    void activateOrigin(Sequence& sequence, std::size_t level) const;
    void fit(Sequence& sequence, int rows) const;
    void backward(Sequence& sequence, int rows) const;
    void backwardInference(Sequence& sequence, int rows) const;
    void backwardOrigin(Sequence& sequence) const;
    void gradients(Sequence& sequence, int rows) const;
    void biasGradients(Sequence& sequence, int first, int count) const;
    void update(Sequence& sequence) const;

    /// Rows of a buffer that is `width` wide, of which `columns` from `column` on.
    [[nodiscard]] static Rows part(
        const Memory& memory, int width, int first, int count, int column, int columns);
    [[nodiscard]] Rows input(std::size_t level, int first, int count) const;
    [[nodiscard]] Rows delta(std::size_t level, int first, int count) const;
    [[nodiscard]] Rows dInput(std::size_t level, int first, int count) const;
    [[nodiscard]] Rows weights(std::size_t level) const;
    [[nodiscard]] Rows jacobian() const { return part(m_origin, pixels(), 0, latent(), 0, pixels()); }
    [[nodiscard]] const float* originFlux() const;
    enum class Transposed { None, First, Second };
    /// c ← a·b, aᵀ·b or a·bᵀ.
    static void multiply(Sequence& sequence, const Rows& a, const Rows& b, const Rows& c,
        Transposed transposed = Transposed::None);
    static void multiplyTransposed(Sequence& sequence, const Rows& a, const Rows& b, const Rows& c)
    {
        multiply(sequence, a, b, c, Transposed::Second);
    }
    static void multiplyGradient(Sequence& sequence, const Rows& a, const Rows& b, const Rows& c)
    {
        multiply(sequence, a, b, c, Transposed::First);
    }

    [[nodiscard]] int latent() const { return m_network->layout().latent(); }
    [[nodiscard]] int pixels() const { return m_network->layout().pixels(); }
    [[nodiscard]] const std::vector<GonLayer>& layers() const { return m_network->layout().layers(); }
    [[nodiscard]] bool solves() const { return m_inference == gon::InferenceKind::GaussNewton; }
    [[nodiscard]] bool exact() const { return m_inference != gon::InferenceKind::Detached; }
    [[nodiscard]] const float* steps() const;
    [[nodiscard]] float* skippedCodes() const;
    [[nodiscard]] float* cotangents(int rows) const;
    [[nodiscard]] float share(int rows) const;

    Device* m_device;
    const GonNetwork* m_network;
    gon::InferenceKind m_inference;
    gon::Activation m_activation;
    double m_stepSize;
    int m_capacity;
    std::vector<Level> m_levels;
    Memory m_origin; ///< [latent + 1, pixels] Jᵀ, g₀
    Memory m_pairs; ///< [pairs, pixels]
    Memory m_data;
    Memory m_lossWeight;
    Memory m_inferenceWeight;
    Memory m_weighted; ///< [2·capacity, pixels]
    Memory m_model; ///< [2·capacity, pixels] J z, J u
    Memory m_projected; ///< [capacity, latent] JᵀW (x − g₀)
    Memory m_normal; ///< [capacity, pairs]
    Memory m_factor; ///< the same, doubles
    Memory m_norm; ///< [capacity]
    Memory m_steps; ///< [latent] where they are not learned
    Memory m_fromFirst; ///< [capacity, latent]
    Memory m_dCodes; ///< [capacity, latent]
    Memory m_sums;
    Memory m_parts;
    Memory m_control;
    Memory m_numbers;
};

} // namespace maury::gpu
