#include "core/train/cpu_backend.h"

#include "core/base/contract.h"
#include "core/base/shared_work.h"
#include "core/nn/panel_kernels.h"
#include "core/train/cpu_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace maury::train {
namespace {

namespace kernels = nn::kernels;

constexpr std::size_t kPredictBatch = 256;

std::size_t index(std::int64_t value)
{
    return static_cast<std::size_t>(value);
}

/// Neighbouring samples of a batch that are worked on together: whole tiles.
struct Tiles {
    std::size_t first;
    std::size_t last;
    std::size_t firstSample;
    std::size_t lastSample;
};
/// At most; more share a panel of weights while it is in the cache, fewer are shared out more evenly.
constexpr std::size_t kTilesTogether = 8;

/// A step in phases, a barrier after each; within a phase the threads take pieces:
///   1. the samples are packed: pieces of *samples*;
///   2. the first layer: pieces of *columns*, so that each weight of this largest layer is fetched
///   from memory once; the transposes of the other layers;
///   3. the other layers forwards, the loss and the way back: pieces of *samples*;
///   4. the update: pieces of columns of every layer.
/// Every number is computed in one piece, in the same order whoever takes it: the same bits for any
/// number of threads. The two heads are one layer here, the columns of SC before those of LC.
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
        m_transposes = std::vector<base::SharedWork>(m_layers.size());
        m_updates = std::vector<base::SharedWork>(m_layers.size());
        return {};
    }

    base::Result<StepStats> trainStep(const Batch& batch, const StepSettings& settings) override
    {
        beginBatch(batch.rows.size());
        ++m_steps;
        m_team.run([&](int member) {
            const auto sampleAt = [&](std::size_t sample) { return sampleOf(batch, sample); };
            forEachPiece(m_packing, member, [&](std::size_t piece) {
                packInput(batch, tilesOf(piece));
                packColumns(0, tilesOf(piece), sampleAt);
            });
            m_team.barrier();
            firstLayer(member);
            transposeWeights(member);
            m_team.barrier();
            forEachPiece(m_rest, member, [&](std::size_t piece) {
                const Tiles tiles = tilesOf(piece);
                forwardRest(tiles);
                for (std::size_t at = 1; at < m_layers.size(); ++at)
                    packColumns(at, tiles,
                        [&](std::size_t sample) { return m_layers[at - 1].output.row(sample); });
                lossAndGradient(batch, settings, tiles);
                backward(tiles);
            });
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
                forEachPiece(m_packing, member,
                    [&](std::size_t piece) { packInput(part, tilesOf(piece)); });
                m_team.barrier();
                firstLayer(member);
                m_team.barrier();
                forEachPiece(m_rest, member, [&](std::size_t piece) {
                    forwardRest(tilesOf(piece));
                    probabilities(tilesOf(piece), begin, result);
                });
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
    template <typename Work>
    static void forEachPiece(base::SharedWork& pieces, int member, const Work& work)
    {
        while (const auto piece = pieces.take(member))
            work(index(*piece));
    }

    [[nodiscard]] Tiles tilesOf(std::size_t piece) const
    {
        const std::size_t first = piece * m_together;
        const std::size_t last = std::min(first + m_together, m_tiling.tiles);
        return { first, last, m_tiling.begin(first), m_tiling.begin(last) };
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

    /// Makes room for a batch and cuts its work into pieces.
    void beginBatch(std::size_t batch)
    {
        m_batch = batch;
        m_tiling = kernels::Tiling(batch, index(m_team.size()));
        m_together = std::clamp<std::size_t>(
            m_tiling.tiles / index(m_team.size()), 1, kTilesTogether);
        const auto groups
            = static_cast<std::int64_t>((m_tiling.tiles + m_together - 1) / m_together);
        m_packing.reset(m_team, groups);
        m_rest.reset(m_team, groups);
        m_columns.reset(
            m_team, static_cast<std::int64_t>(m_layers.front().values.weights.panels()));
        for (std::size_t at = 0; at < m_layers.size(); ++at) {
            const CpuLayer& layer = m_layers[at];
            m_transposes[at].reset(
                m_team, static_cast<std::int64_t>(layer.transposed.panels()));
            m_updates[at].reset(
                m_team, static_cast<std::int64_t>(layer.values.weights.panels()));
        }
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
        const Tiles& tiles, std::size_t depth, float* packed, bool fetch, const RowAt& rowAt) const
    {
        for (std::size_t tile = tiles.first; tile < tiles.last; ++tile) {
            const RowPointers rows = rowsOf(tile, rowAt);
            const RowPointers next = rowsOf(std::min(tile + 1, tiles.last - 1), rowAt);
            kernels::packTile(rows.data(), m_tiling.height(tile), depth,
                packed + m_tiling.begin(tile) * depth, fetch ? next.data() : nullptr);
        }
    }

    /// Packs some samples of a layer's input for its update.
    template <typename RowAt>
    void packColumns(std::size_t at, const Tiles& tiles, const RowAt& rowAt)
    {
        CpuLayer& layer = m_layers[at];
        for (std::size_t tile = tiles.first; tile < tiles.last; ++tile)
            kernels::packColumns(rowsOf(tile, rowAt).data(), m_tiling.begin(tile),
                m_tiling.height(tile), m_batch, layer.inputColumns, layer.packedInput.data());
    }

    void packInput(const Batch& batch, const Tiles& tiles)
    {
        packTiles(tiles, index(m_spec.inputs), m_layers.front().inputTiles.data(), true,
            [&](std::size_t sample) { return sampleOf(batch, sample); });
    }

    /// Panel p of C = packed A·B + bias for some tiles. bias: as long as B is wide, or null for
    /// none.
    void multiplyPanel(const float* packed, const Tiles& tiles, const nn::PanelMatrix& b,
        std::size_t p, const float* bias, ActivationBlock& c) const
    {
        const std::size_t width = kernels::panelWidth();
        kernels::multiplyPanel(packed, m_tiling, tiles.first, tiles.last, b.rows(), b.panel(p),
            bias == nullptr ? nullptr : bias + p * width, c.row(0) + p * width, c.stride(),
            p + 1 < b.panels() ? b.panel(p + 1) : nullptr);
    }

    void firstLayer(int member)
    {
        const Tiles all { 0, m_tiling.tiles, 0, m_batch };
        forEachPiece(m_columns, member, [&](std::size_t p) { forwardPanel(0, all, p); });
    }

    void forwardRest(const Tiles& tiles)
    {
        for (std::size_t at = 1; at < m_layers.size(); ++at) {
            const nn::PanelMatrix& weights = m_layers[at].values.weights;
            packTiles(tiles, weights.rows(), m_layers[at].inputTiles.data(), false,
                [&](std::size_t sample) { return m_layers[at - 1].output.row(sample); });
            for (std::size_t p = 0; p < weights.panels(); ++p)
                forwardPanel(at, tiles, p);
        }
    }

    /// One panel of output = f(input·W + b), without f for the heads.
    void forwardPanel(std::size_t at, const Tiles& tiles, std::size_t p)
    {
        CpuLayer& layer = m_layers[at];
        multiplyPanel(layer.inputTiles.data(), tiles, layer.values.weights, p,
            layer.values.biases.data(), layer.output);
        if (at + 1 == m_layers.size())
            return;
        const std::size_t width = kernels::panelWidth();
        for (std::size_t sample = tiles.firstSample; sample < tiles.lastSample; ++sample)
            activate(layer.output.row(sample) + p * width, layer.slope.row(sample) + p * width,
                width);
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
        for (std::size_t at = 1; at < m_layers.size(); ++at)
            forEachPiece(m_transposes[at], member, [&](std::size_t p) {
                m_layers[at].transposed.assignTransposed(m_layers[at].values.weights, p);
            });
    }

    /// Softmax of both heads for some samples of the part of a prediction that begins at row
    /// `begin`.
    void probabilities(const Tiles& tiles, std::size_t begin, HeadProbabilities& result)
    {
        for (std::size_t sample = tiles.firstSample; sample < tiles.lastSample; ++sample) {
            const float* logits = heads().output.row(sample);
            const auto row = static_cast<Eigen::Index>(begin + sample);
            softmaxRow(logits, m_spec.scClasses, result.sc.row(row).data());
            softmaxRow(logits + m_spec.scClasses, m_spec.lcClasses, result.lc.row(row).data());
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

    void lossAndGradient(const Batch& batch, const StepSettings& settings, const Tiles& tiles)
    {
        const auto batchSize = static_cast<double>(m_batch);
        const auto factorSc = static_cast<float>(settings.weightSc / batchSize);
        const auto factorLc = static_cast<float>(settings.weightLc / batchSize);
        for (std::size_t at = tiles.firstSample; at < tiles.lastSample; ++at) {
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
        toPanels(heads(), tiles);
    }

    /// dOutput of some samples into panels, where the update reads it.
    void toPanels(CpuLayer& layer, const Tiles& tiles) const
    {
        const std::size_t width = kernels::panelWidth();
        for (std::size_t p = 0; p < layer.values.weights.panels(); ++p)
            for (std::size_t sample = tiles.firstSample; sample < tiles.lastSample; ++sample)
                std::memcpy(layer.dPanels.data() + (p * m_batch + sample) * width,
                    layer.dOutput.row(sample) + p * width, width * sizeof(float));
    }

    /// Hidden layers from the last to the first: dA = dZ(behind)·Wᵀ(behind), dZ = dA ⊙ f′.
    void backward(const Tiles& tiles)
    {
        const std::size_t width = kernels::panelWidth();
        const std::size_t first = tiles.firstSample;
        for (std::size_t at = m_layers.size() - 1; at-- > 0;) {
            CpuLayer& layer = m_layers[at];
            CpuLayer& behind = m_layers[at + 1];
            packTiles(tiles, behind.transposed.rows(), behind.dTiles.data(), false,
                [&](std::size_t sample) { return behind.dOutput.row(sample); });
            for (std::size_t p = 0; p < behind.transposed.panels(); ++p) {
                multiplyPanel(
                    behind.dTiles.data(), tiles, behind.transposed, p, nullptr, layer.dOutput);
                kernels::multiplySlope(layer.dOutput.row(first) + p * width,
                    layer.slope.row(first) + p * width, layer.dOutput.stride(),
                    tiles.lastSample - first, layer.dPanels.data() + (p * m_batch + first) * width);
            }
        }
    }

    void update(double learningRate, int member)
    {
        for (std::size_t at = 0; at < m_layers.size(); ++at)
            forEachPiece(m_updates[at], member, [&](std::size_t p) {
                m_layers[at].updatePanel(p, m_batch, learningRate, m_optimizer, m_steps);
            });
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
    std::size_t m_together = 1; ///< tiles of a piece
    base::SharedWork m_packing, m_rest; ///< m_together tiles a piece
    base::SharedWork m_columns; ///< a panel of the first layer a piece
    std::vector<base::SharedWork> m_transposes, m_updates; ///< of each layer, a panel a piece
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
