#pragma once

#include "core/gon/trained_layer.h"

#include <vector>

namespace maury::gon {

/// A decoder at work in a training step: codes to spectra and back, and the same for what all
/// spectra share, the origin: g₀ = F(0) and J = ∂F/∂z at 0. Blocks returned stay valid until the next
/// call of the same function.
template <typename Scalar> class DecoderPass {
public:
    virtual ~DecoderPass() = default;

    /// Evaluates g₀ (row 0) and Jᵀ (rows 1 … latent): [1 + latent, pixels].
    virtual RowBlock<Scalar> origin() = 0;
    /// F of codes [batch, latent]: [batch, pixels].
    virtual RowBlock<Scalar> forward(const RowBlock<Scalar>& codes) = 0;
    /// Returns χ² = Σ w (F − x)² of all spectra together, with data and weight [batch, pixels], and
    /// makes dCodes [batch, latent] ← ∂(½ share χ²)/∂z; what gradients() needs is kept.
    virtual double fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
        const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes)
        = 0;
    /// F and ∂F/∂z of codes [n, latent], any number of them: values [n, pixels], jacobians
    /// [n · latent, pixels] (the rows of one code together). For inference that iterates.
    virtual void linearise(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& values,
        const RowBlock<Scalar>& jacobians)
        = 0;
    /// Where ∂L/∂g₀ and ∂L/∂Jᵀ [1 + latent, pixels] are put before gradients(true).
    virtual RowBlock<Scalar> originDeltas() = 0;
    /// The gradients of all layers from the last fit(): from the spectra alone, or also through the
    /// origin (the second-order term).
    virtual void gradients(bool throughOrigin) = 0;
    virtual std::vector<TrainedLayer<Scalar>*> layers() = 0;
};

} // namespace maury::gon
