#include "core/train/cpu_backend.h"

#include "core/base/contract.h"
#include "core/nn/panel_kernels.h"
#include "core/train/cpu_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace maury::train {
namespace {

namespace kernels = nn::kernels;
using Share = base::ThreadTeam::Share;

constexpr std::size_t kPredictBatch = 256;

std::size_t index(std::int64_t value)
{
    return static_cast<std::size_t>(value);
}

/// The samples of a batch that one thread works on: whole tiles.
struct Tiles {
    std::size_t first;
    std::size_t last;
    Share samples;
};

/// A step in phases, a barrier after each:
///   1. every thread packs its share of the samples;
///   2. the first layer: each thread its share of the *columns*, so that each weight of this
///   largest layer is fetched from memory by one thread only;
///   3. the other layers forwards, the loss and the way back: each thread its share of the
///   *samples*;
///   4. the update: each thread its share of the columns of every layer.
/// The two heads are one layer here, with the columns of SC before those of LC.
class CpuBackend final : public Backend {
public:
    explicit CpuBackend(int threads)
        : m_team(threads)
    {
    }

    [[nodiscard]] std::string name() const override { return "cpu"; }

    base::Result<void> load(const nn::NetworkSpec& spec, const nn::Parameters& parameters,
        const OptimizerSettings& optimizer) override
    {
        EXPECTS(fits(parameters, spec));
        m_spec = spec;
        m_optimizer = optimizer;
        m_steps = 0;
        m_capacity = 0;
        m_layers.clear();
        int fanIn = spec.inputs;
        for (const int width : spec.hidden) {
            m_layers.emplace_back(fanIn, width, optimizer.kind);
            fanIn = width;
        }
        m_layers.emplace_back(fanIn, spec.scClasses + spec.lcClasses, optimizer.kind);
        for (std::size_t at = 0; at < m_layers.size(); ++at)
            m_layers[at].values.assign(joined(parameters, at));
        return {};
    }

    base::Result<StepStats> trainStep(const Batch& batch, const StepSettings& settings) override
    {
        beginBatch(batch.rows.size());
        ++m_steps;
        m_team.run([&](int member) {
            const Tiles own = tilesOf(member);
            packInput(batch, own);
            packColumns(0, own, [&](std::size_t sample) { return sampleOf(batch, sample); });
            m_team.barrier();
            firstLayer(member);
            transposeWeights(member);
            m_team.barrier();
            forwardRest(own);
            for (std::size_t at = 1; at < m_layers.size(); ++at)
                packColumns(at, own,
                    [&](std::size_t sample) { return m_layers[at - 1].output.row(sample); });
            lossAndGradient(batch, settings, own.samples);
            backward(own);
            m_team.barrier();
            update(settings.learningRate, member);
        });
        return sumStats();
    }

    base::Result<HeadProbabilities> predict(const Batch& batch) override
    {
        const auto total = std::ssize(batch.rows);
        HeadProbabilities result { nn::Matrix<float>(total, m_spec.scClasses),
            nn::Matrix<float>(total, m_spec.lcClasses) };
        for (std::size_t begin = 0; begin < batch.rows.size(); begin += kPredictBatch) {
            Batch part = batch;
            part.rows
                = batch.rows.subspan(begin, std::min(kPredictBatch, batch.rows.size() - begin));
            beginBatch(part.rows.size());
            m_team.run([&](int member) {
                const Tiles own = tilesOf(member);
                packInput(part, own);
                m_team.barrier();
                firstLayer(member);
                m_team.barrier();
                forwardRest(own);
                for (std::int64_t sample = own.samples.begin; sample < own.samples.end; ++sample) {
                    const float* logits = heads().output.row(index(sample));
                    const auto row = static_cast<Eigen::Index>(begin) + sample;
                    softmaxRow(logits, m_spec.scClasses, result.sc.row(row).data());
                    softmaxRow(
                        logits + m_spec.scClasses, m_spec.lcClasses, result.lc.row(row).data());
                }
            });
        }
        return result;
    }

    [[nodiscard]] nn::Parameters parameters() const override
    {
        return collect([](const CpuLayer& layer) { return layer.values.toDense(); });
    }

    [[nodiscard]] OptimizerState optimizerState() const override
    {
        OptimizerState state;
        state.steps = m_steps;
        for (std::size_t i = 0; i < m_layers.front().moments.size(); ++i)
            state.moments.push_back(
                collect([i](const CpuLayer& layer) { return layer.moments[i].toDense(); }));
        return state;
    }

    void restoreOptimizer(const OptimizerState& state) override
    {
        EXPECTS(state.moments.size() == m_layers.front().moments.size());
        m_steps = state.steps;
        for (std::size_t i = 0; i < state.moments.size(); ++i)
            for (std::size_t at = 0; at < m_layers.size(); ++at)
                m_layers[at].moments[i].assign(joined(state.moments[i], at));
    }

private:
    [[nodiscard]] CpuLayer& heads() { return m_layers.back(); }
    [[nodiscard]] Share panelShare(const nn::PanelMatrix& matrix, int member) const
    {
        return m_team.share(static_cast<std::int64_t>(matrix.panels()), member);
    }
    [[nodiscard]] Tiles tilesOf(int member) const
    {
        const Share tiles = m_team.share(static_cast<std::int64_t>(m_tiling.tiles), member);
        const std::size_t first = index(tiles.begin);
        const std::size_t last = index(tiles.end);
        return { first, last,
            { static_cast<std::int64_t>(m_tiling.begin(first)),
                static_cast<std::int64_t>(m_tiling.begin(last)) } };
    }
    [[nodiscard]] const float* sampleOf(const Batch& batch, std::size_t sample) const
    {
        return batch.samples + std::size_t { batch.rows[sample] } * index(m_spec.inputs);
    }

    /// Layer `at` of a set of parameters, with the two heads side by side as the last one.
    [[nodiscard]] nn::DenseParameters<float> joined(
        const nn::Parameters& parameters, std::size_t at) const
    {
        if (at < parameters.hidden.size())
            return parameters.hidden[at];
        const auto& [sc, lc] = std::tie(parameters.sc, parameters.lc);
        nn::DenseParameters<float> both { nn::Matrix<float>(sc.weights.rows(),
                                              sc.weights.cols() + lc.weights.cols()),
            nn::RowVector<float>(sc.biases.size() + lc.biases.size()) };
        both.weights << sc.weights, lc.weights;
        both.biases << sc.biases, lc.biases;
        return both;
    }

    /// The inverse of joined() over all layers; part(layer) gives one layer's numbers.
    template <typename Part> [[nodiscard]] nn::Parameters collect(const Part& part) const
    {
        nn::Parameters result;
        for (std::size_t at = 0; at + 1 < m_layers.size(); ++at)
            result.hidden.push_back(part(m_layers[at]));
        const nn::DenseParameters<float> both = part(m_layers.back());
        result.sc
            = { both.weights.leftCols(m_spec.scClasses), both.biases.leftCols(m_spec.scClasses) };
        result.lc
            = { both.weights.rightCols(m_spec.lcClasses), both.biases.rightCols(m_spec.lcClasses) };
        return result;
    }

    /// Makes room for a batch and cuts it into tiles.
    void beginBatch(std::size_t batch)
    {
        m_batch = batch;
        m_tiling = kernels::Tiling(batch, index(m_team.size()));
        if (batch <= m_capacity)
            return;
        m_capacity = batch;
        for (CpuLayer& layer : m_layers)
            layer.reserve(batch);
        m_lossSc.resize(batch);
        m_lossLc.resize(batch);
        m_hitsSc.resize(batch);
        m_hitsLc.resize(batch);
    }

    /// Pointers to the rows of a tile; the last one again beyond its height.
    using RowPointers = std::array<const float*, kernels::kMaximumTile>;
    template <typename RowAt>
    [[nodiscard]] RowPointers rowsOf(std::size_t tile, const RowAt& rowAt) const
    {
        RowPointers rows {};
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i] = rowAt(m_tiling.begin(tile) + std::min(i, m_tiling.height(tile) - 1));
        return rows;
    }

    /// Packs tiles of a matrix with `depth` columns; rowAt(sample) points to its rows. Rows that
    /// come from far (`fetch`) are fetched while the tile before is packed.
    template <typename RowAt>
    void packTiles(
        const Tiles& own, std::size_t depth, float* packed, bool fetch, const RowAt& rowAt) const
    {
        for (std::size_t tile = own.first; tile < own.last; ++tile) {
            const RowPointers rows = rowsOf(tile, rowAt);
            const RowPointers next = rowsOf(std::min(tile + 1, own.last - 1), rowAt);
            kernels::packTile(rows.data(), m_tiling.height(tile), depth,
                packed + m_tiling.begin(tile) * depth, fetch ? next.data() : nullptr);
        }
    }

    /// Packs some samples of a layer's input for its update.
    template <typename RowAt>
    void packColumns(std::size_t at, const Tiles& own, const RowAt& rowAt)
    {
        CpuLayer& layer = m_layers[at];
        for (std::size_t tile = own.first; tile < own.last; ++tile)
            kernels::packColumns(rowsOf(tile, rowAt).data(), m_tiling.begin(tile),
                m_tiling.height(tile), m_batch, layer.inputColumns, layer.packedInput.data());
    }

    /// C = packed A·B + bias for some samples and some panels of B. bias: as long as B is wide, or
    /// null for none.
    void multiplyPanels(const float* packed, const Tiles& own, const nn::PanelMatrix& b,
        Share panels, const float* bias, ActivationBlock& c) const
    {
        const std::size_t width = kernels::panelWidth();
        const std::size_t last = index(panels.end);
        for (std::size_t p = index(panels.begin); p < last; ++p)
            kernels::multiplyPanel(packed, m_tiling, own.first, own.last, b.rows(), b.panel(p),
                bias == nullptr ? nullptr : bias + p * width, c.row(0) + p * width, c.stride(),
                p + 1 < last ? b.panel(p + 1) : nullptr);
    }

    void packInput(const Batch& batch, const Tiles& own)
    {
        packTiles(own, index(m_spec.inputs), m_layers.front().inputTiles.data(), true,
            [&](std::size_t sample) { return sampleOf(batch, sample); });
    }

    void firstLayer(int member)
    {
        multiply(0, { 0, m_tiling.tiles, { 0, static_cast<std::int64_t>(m_batch) } },
            panelShare(m_layers.front().values.weights, member));
    }

    void forwardRest(const Tiles& own)
    {
        for (std::size_t at = 1; at < m_layers.size(); ++at) {
            const nn::PanelMatrix& weights = m_layers[at].values.weights;
            packTiles(own, weights.rows(), m_layers[at].inputTiles.data(), false,
                [&](std::size_t sample) { return m_layers[at - 1].output.row(sample); });
            multiply(at, own, { 0, static_cast<std::int64_t>(weights.panels()) });
        }
    }

    /// output = f(input·W + b), without f for the heads, for some samples and some panels of a
    /// layer.
    void multiply(std::size_t at, const Tiles& own, Share panels)
    {
        CpuLayer& layer = m_layers[at];
        multiplyPanels(layer.inputTiles.data(), own, layer.values.weights, panels,
            layer.values.biases.data(), layer.output);
        if (at + 1 == m_layers.size())
            return;
        const std::size_t width = kernels::panelWidth();
        const std::size_t begin = index(panels.begin) * width;
        for (std::int64_t sample = own.samples.begin; sample < own.samples.end; ++sample)
            activate(layer.output.row(index(sample)) + begin,
                layer.slope.row(index(sample)) + begin, index(panels.size()) * width);
    }

    void activate(float* z, float* slope, std::size_t size) const
    {
        switch (m_spec.activation) {
        case nn::Activation::GeluTanh:
            kernels::geluTanh(z, slope, size);
            break;
        case nn::Activation::GeluExact:
            kernels::geluExact(z, slope, size);
            break;
        case nn::Activation::Relu:
            kernels::relu(z, slope, size);
            break;
        }
    }

    /// The weights of every layer but the first, transposed for the way back.
    void transposeWeights(int member)
    {
        for (std::size_t at = 1; at < m_layers.size(); ++at) {
            CpuLayer& layer = m_layers[at];
            const Share panels = panelShare(layer.transposed, member);
            for (std::int64_t p = panels.begin; p < panels.end; ++p)
                layer.transposed.assignTransposed(layer.values.weights, index(p));
        }
    }

    /// Max-shifted softmax of one row; returns ln Σ exp(logit).
    static float softmaxRow(const float* logits, int classes, float* out)
    {
        const float maximum = *std::max_element(logits, logits + classes);
        float sum = 0.0F;
        for (int c = 0; c < classes; ++c) {
            out[c] = std::exp(logits[c] - maximum);
            sum += out[c];
        }
        for (int c = 0; c < classes; ++c)
            out[c] /= sum;
        return std::log(sum) + maximum;
    }

    struct RowResult {
        float loss;
        bool hit;
    };

    /// Cross-entropy of one row of a head; the gradient of its logits, times `factor`, overwrites
    /// `gradient`.
    static RowResult headRow(
        const float* logits, int classes, std::uint16_t label, float factor, float* gradient)
    {
        const float logSum = softmaxRow(logits, classes, gradient);
        gradient[label] -= 1.0F;
        for (int c = 0; c < classes; ++c)
            gradient[c] *= factor;
        return { logSum - logits[label],
            std::max_element(logits, logits + classes) == logits + label };
    }

    void lossAndGradient(const Batch& batch, const StepSettings& settings, Share samples)
    {
        const auto batchSize = static_cast<double>(m_batch);
        const auto factorSc = static_cast<float>(settings.weightSc / batchSize);
        const auto factorLc = static_cast<float>(settings.weightLc / batchSize);
        for (std::int64_t sample = samples.begin; sample < samples.end; ++sample) {
            const std::size_t at = index(sample);
            const std::size_t row = batch.rows[at];
            const float* logits = heads().output.row(at);
            float* gradient = heads().dOutput.row(at);
            const RowResult sc
                = headRow(logits, m_spec.scClasses, batch.sc[row], factorSc, gradient);
            const RowResult lc = headRow(logits + m_spec.scClasses, m_spec.lcClasses, batch.lc[row],
                factorLc, gradient + m_spec.scClasses);
            m_lossSc[at] = sc.loss;
            m_lossLc[at] = lc.loss;
            m_hitsSc[at] = sc.hit ? 1 : 0;
            m_hitsLc[at] = lc.hit ? 1 : 0;
        }
        toPanels(heads(), samples);
    }

    /// dOutput of some samples into panels, where the update reads it.
    void toPanels(CpuLayer& layer, Share samples) const
    {
        const std::size_t width = kernels::panelWidth();
        for (std::size_t p = 0; p < layer.values.weights.panels(); ++p)
            for (std::int64_t sample = samples.begin; sample < samples.end; ++sample)
                std::memcpy(layer.dPanels.data() + (p * m_batch + index(sample)) * width,
                    layer.dOutput.row(index(sample)) + p * width, width * sizeof(float));
    }

    /// Hidden layers from the last to the first: dA = dZ(behind)·Wᵀ(behind), dZ = dA ⊙ f′.
    void backward(const Tiles& own)
    {
        const std::size_t width = kernels::panelWidth();
        const std::size_t first = index(own.samples.begin);
        for (std::size_t at = m_layers.size() - 1; at-- > 0;) {
            CpuLayer& layer = m_layers[at];
            CpuLayer& behind = m_layers[at + 1];
            packTiles(own, behind.transposed.rows(), behind.dTiles.data(), false,
                [&](std::size_t sample) { return behind.dOutput.row(sample); });
            const std::size_t panels = behind.transposed.panels();
            multiplyPanels(behind.dTiles.data(), own, behind.transposed,
                { 0, static_cast<std::int64_t>(panels) }, nullptr, layer.dOutput);
            for (std::size_t p = 0; p < panels; ++p)
                kernels::multiplySlope(layer.dOutput.row(first) + p * width,
                    layer.slope.row(first) + p * width, layer.dOutput.stride(),
                    index(own.samples.size()),
                    layer.dPanels.data() + (p * m_batch + first) * width);
        }
    }

    void update(double learningRate, int member)
    {
        for (CpuLayer& layer : m_layers)
            layer.update(panelShare(layer.values.weights, member), m_batch, learningRate,
                m_optimizer, m_steps);
    }

    /// Sums in the order of the samples: the same bits for any number of threads.
    [[nodiscard]] StepStats sumStats() const
    {
        StepStats stats;
        stats.samples = static_cast<std::int64_t>(m_batch);
        for (std::size_t sample = 0; sample < m_batch; ++sample) {
            stats.lossSc += static_cast<double>(m_lossSc[sample]);
            stats.lossLc += static_cast<double>(m_lossLc[sample]);
            stats.hitsSc += m_hitsSc[sample];
            stats.hitsLc += m_hitsLc[sample];
        }
        stats.lossSc /= static_cast<double>(m_batch);
        stats.lossLc /= static_cast<double>(m_batch);
        return stats;
    }

    base::ThreadTeam m_team;
    nn::NetworkSpec m_spec;
    OptimizerSettings m_optimizer;
    std::int64_t m_steps = 0;
    std::vector<CpuLayer> m_layers; ///< hidden layers, then the two heads as one
    std::size_t m_capacity = 0;
    std::size_t m_batch = 0;
    kernels::Tiling m_tiling; ///< of the samples of the batch
    std::vector<float> m_lossSc, m_lossLc;
    std::vector<std::uint8_t> m_hitsSc, m_hitsLc;
};

} // namespace

std::unique_ptr<Backend> createCpuBackend(int threads)
{
    return std::make_unique<CpuBackend>(threads);
}

std::string describeCpuBackend(int threads)
{
    return std::to_string(threads) + (threads == 1 ? " thread, " : " threads, ")
        + kernels::instructionSet();
}

} // namespace maury::train
