#pragma once

#include "core/nn/dropout.h"
#include "core/nn/panel_kernels.h"
#include "core/nn/panel_matrix.h"
#include "core/train/backend.h"
#include "core/train/batch_tiles.h"

#include <vector>

namespace maury::train {

/// A row-major block [rows, width] whose rows begin an odd number of cache lines apart, so that the
/// same column of many rows does not fall into the same few places of the cache.
class ActivationBlock {
public:
    ActivationBlock() = default;
    ActivationBlock(std::size_t rows, std::size_t width);
    [[nodiscard]] std::size_t stride() const { return m_stride; }
    [[nodiscard]] float* row(std::size_t index) { return m_data.data() + index * m_stride; }
    [[nodiscard]] const float* row(std::size_t index) const
    {
        return m_data.data() + index * m_stride;
    }

private:
    std::size_t m_stride = 0;
    nn::AlignedBuffer m_data;
};

/// The numbers of a dense layer in panels: weights [fanIn, fanOut], biases padded to whole panels.
struct PanelDense {
    PanelDense() = default;
    PanelDense(std::size_t fanIn, std::size_t fanOut);
    void assign(const nn::DenseParameters<float>& source);
    [[nodiscard]] nn::DenseParameters<float> toDense() const;

    nn::PanelMatrix weights;
    nn::AlignedBuffer biases;
};

/// One dense layer of the CPU backend: its numbers, what the optimiser remembers, and the work
/// space of a batch.
struct CpuLayer {
    CpuLayer(int fanIn, int fanOut, Optimizer optimizer);
    /// Makes room for batches of this size; the contents are lost.
    void reserve(std::size_t batch);
    /// Draws which units of a hidden layer are silent for some samples.
    void drawDropout(const nn::Dropout& dropout, int layer, const Tiles& tiles);
    /// One panel of some samples: output ← f(output) and slope ← f′(output), both times what
    /// drawDropout() drew for them if `withDropout`.
    void activatePanel(
        nn::Activation activation, std::size_t panel, const Tiles& tiles, bool withDropout);
    /// dOutput of some samples into dPanels, where the update reads it.
    void copyToPanels(std::size_t batch, const Tiles& tiles);
    /// One panel's step of the optimiser from packedInput and dPanels. `step` counts from 1.
    void updatePanel(std::size_t panel, std::size_t batch, double learningRate,
        const OptimizerSettings& optimizer, std::int64_t step);

    PanelDense values;
    nn::kernels::Tiling inputColumns; ///< of packedInput
    std::vector<PanelDense> moments; ///< none, one (momentum) or two (AdamW)
    PanelDense gradient; ///< momentum and AdamW only
    nn::PanelMatrix transposed; ///< [fanOut, fanIn], remade in every training step

    nn::AlignedBuffer inputTiles; ///< the layer's input for its product (kernels::packTile)
    nn::AlignedBuffer packedInput; ///< the same for the update (kernels::packColumns)
    ActivationBlock output; ///< [batch, fanOut]: f(Z), or the logits of the heads
    ActivationBlock slope; ///< f′(Z); unused in the heads
    ActivationBlock dropout; ///< scales of the outputs; unused in the heads
    ActivationBlock dOutput; ///< dLoss/dZ, row-major
    nn::AlignedBuffer dTiles; ///< the same for the product with the transposed weights
    nn::AlignedBuffer dPanels; ///< the same once more as [panel][batch][width], for the update

private:
    void addProduct(std::size_t panel, std::size_t batch, float alpha, PanelDense& to);
    void optimise(std::size_t panel, double learningRate, const OptimizerSettings& optimizer,
        std::int64_t step);
};

} // namespace maury::train
