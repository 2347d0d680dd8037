#include "core/train/cpu_backend.h"

#include "core/base/contract.h"
#include "core/base/shared_work.h"
#include "core/nn/panel_elements.h"
#include "core/nn/panel_kernels.h"
#include "core/train/batch_tiles.h"
#include "core/train/cpu_heads.h"
#include "core/train/cpu_layer.h"

#include <algorithm>
#include <span>

namespace maury::train {
namespace {

namespace kernels = nn::kernels;

constexpr std::size_t kPredictBatch = 256;
/// Tiles that share a panel of weights while it is in the cache; fewer are shared out more evenly.
constexpr std::size_t kMostTogether = 8;

std::size_t index(std::int64_t value)
{
    return static_cast<std::size_t>(value);
}

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
        m_dropout = { settings.dropoutRate, settings.dropoutSeed, m_steps };
        m_team.run([&](int member) {
            const auto sampleAt = [&](std::size_t sample) { return sampleOf(batch, sample); };
            forEachPiece(m_packing, member, [&](std::size_t piece) {
                packInput(batch, m_inputTiles.piece(piece));
                packColumns(0, m_inputTiles, m_inputTiles.piece(piece), sampleAt);
                drawDropout(m_inputTiles.piece(piece));
            });
            m_team.barrier();
            firstLayer(member);
            transposeWeights(member);
            m_team.barrier();
            forEachPiece(m_rest, member, [&](std::size_t piece) {
                const Tiles tiles = m_tiles.piece(piece);
                forwardRest(tiles);
                for (std::size_t at = 1; at < m_layers.size(); ++at)
                    packColumns(at, m_tiles, tiles,
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
        m_dropout = {};
        HeadProbabilities result { nn::Matrix<float>(total, m_spec.scClasses),
            nn::Matrix<float>(total, m_spec.lcClasses) };
        for (std::size_t begin = 0; begin < batch.rows.size(); begin += kPredictBatch) {
            Batch part = batch;
            part.rows
                = batch.rows.subspan(begin, std::min(kPredictBatch, batch.rows.size() - begin));
            beginBatch(part.rows.size());
            m_team.run([&](int member) {
                forEachPiece(m_packing, member,
                    [&](std::size_t piece) { packInput(part, m_inputTiles.piece(piece)); });
                m_team.barrier();
                firstLayer(member);
                m_team.barrier();
                forEachPiece(m_rest, member, [&](std::size_t piece) {
                    forwardRest(m_tiles.piece(piece));
                    probabilities(m_tiles.piece(piece), begin, result);
                });
            });
        }
        return result;
    }

    [[nodiscard]] base::Result<nn::Parameters> parameters() const override
    {
        return collect([](const CpuLayer& layer) { return layer.values.toDense(); });
    }

    [[nodiscard]] base::Result<OptimizerState> optimizerState() const override
    {
        OptimizerState state;
        state.steps = m_steps;
        for (std::size_t i = 0; i < m_layers.front().moments.size(); ++i)
            state.moments.push_back(
                collect([i](const CpuLayer& layer) { return layer.moments[i].toDense(); }));
        return state;
    }

    base::Result<void> restoreOptimizer(const OptimizerState& state) override
    {
        EXPECTS(state.moments.size() == m_layers.front().moments.size());
        m_steps = state.steps;
        for (std::size_t i = 0; i < state.moments.size(); ++i)
            for (std::size_t at = 0; at < m_layers.size(); ++at)
                m_layers[at].moments[i].assign(joined(state.moments[i], at));
        return {};
    }

private:
    [[nodiscard]] CpuLayer& heads() { return m_layers.back(); }
    template <typename Work>
    static void forEachPiece(base::SharedWork& pieces, int member, const Work& work)
    {
        while (const auto piece = pieces.take(member))
            work(index(*piece));
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
        m_inputTiles = BatchTiles(batch, 1, 1);
        m_tiles = BatchTiles(batch, index(m_team.size()), kMostTogether);
        m_packing.reset(m_team, static_cast<std::int64_t>(m_inputTiles.pieces()));
        m_rest.reset(m_team, static_cast<std::int64_t>(m_tiles.pieces()));
        m_columns.reset(
            m_team, static_cast<std::int64_t>(m_layers.front().values.weights.panels()));
        for (std::size_t at = 0; at < m_layers.size(); ++at) {
            const CpuLayer& layer = m_layers[at];
            m_transposes[at].reset(m_team, static_cast<std::int64_t>(layer.transposed.panels()));
            m_updates[at].reset(m_team, static_cast<std::int64_t>(layer.values.weights.panels()));
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

    void drawDropout(const Tiles& tiles)
    {
        for (std::size_t at = 0; m_dropout.isOn() && at + 1 < m_layers.size(); ++at)
            m_layers[at].drawDropout(m_dropout, static_cast<int>(at), tiles);
    }

    /// Packs some samples of a layer's input for its update.
    template <typename RowAt>
    void packColumns(std::size_t at, const BatchTiles& all, const Tiles& tiles, const RowAt& rowAt)
    {
        CpuLayer& layer = m_layers[at];
        for (std::size_t tile = tiles.first; tile < tiles.last; ++tile)
            kernels::packColumns(all.rowsOf(tile, rowAt).data(), all.tiling().begin(tile),
                all.tiling().height(tile), m_batch, layer.inputColumns, layer.packedInput.data());
    }

    void packInput(const Batch& batch, const Tiles& tiles)
    {
        m_inputTiles.pack(tiles, index(m_spec.inputs), m_layers.front().inputTiles.data(), true,
            [&](std::size_t sample) { return sampleOf(batch, sample); });
    }

    /// Panel p of C = packed A·B + bias for some tiles. bias: as long as B is wide, or null for
    /// none.
    static void multiplyPanel(const float* packed, const kernels::Tiling& tiling,
        const Tiles& tiles, const nn::PanelMatrix& b, std::size_t p, const float* bias,
        ActivationBlock& c)
    {
        const std::size_t width = kernels::panelWidth();
        kernels::multiplyPanel(packed, tiling, tiles.first, tiles.last, b.rows(), b.panel(p),
            bias == nullptr ? nullptr : bias + p * width, c.row(0) + p * width, c.stride(),
            p + 1 < b.panels() ? b.panel(p + 1) : nullptr);
    }

    void firstLayer(int member)
    {
        forEachPiece(m_columns, member,
            [&](std::size_t p) { forwardPanel(0, m_inputTiles.tiling(), m_inputTiles.all(), p); });
    }

    void forwardRest(const Tiles& tiles)
    {
        for (std::size_t at = 1; at < m_layers.size(); ++at) {
            const nn::PanelMatrix& weights = m_layers[at].values.weights;
            m_tiles.pack(tiles, weights.rows(), m_layers[at].inputTiles.data(), false,
                [&](std::size_t sample) { return m_layers[at - 1].output.row(sample); });
            for (std::size_t p = 0; p < weights.panels(); ++p)
                forwardPanel(at, m_tiles.tiling(), tiles, p);
        }
    }

    /// One panel of output = f(input·W + b), without f for the heads.
    void forwardPanel(
        std::size_t at, const kernels::Tiling& tiling, const Tiles& tiles, std::size_t p)
    {
        CpuLayer& layer = m_layers[at];
        multiplyPanel(layer.inputTiles.data(), tiling, tiles, layer.values.weights, p,
            layer.values.biases.data(), layer.output);
        if (at + 1 < m_layers.size())
            layer.activatePanel(m_spec.activation, p, tiles, m_dropout.isOn());
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

    void lossAndGradient(const Batch& batch, const StepSettings& settings, const Tiles& tiles)
    {
        const double total = (settings.weightSc + settings.weightLc) * static_cast<double>(m_batch);
        const auto factorSc = static_cast<float>(settings.weightSc / total);
        const auto factorLc = static_cast<float>(settings.weightLc / total);
        for (std::size_t at = tiles.firstSample; at < tiles.lastSample; ++at) {
            const std::size_t row = batch.rows[at];
            const float* logits = heads().output.row(at);
            float* gradient = heads().dOutput.row(at);
            const auto head = [&](const float* z, int classes,
                                  std::span<const std::uint16_t> labels, const float* soft,
                                  float factor, float* dZ) {
                return batch.isSoft() ? headRow(z, classes, soft + row * index(classes), factor, dZ)
                                      : headRow(z, classes, labels[row], factor, dZ);
            };
            const HeadRow sc
                = head(logits, m_spec.scClasses, batch.sc, batch.softSc, factorSc, gradient);
            const HeadRow lc = head(logits + m_spec.scClasses, m_spec.lcClasses, batch.lc,
                batch.softLc, factorLc, gradient + m_spec.scClasses);
            m_lossSc[at] = sc.loss;
            m_lossLc[at] = lc.loss;
            m_hitsSc[at] = sc.hit ? 1 : 0;
            m_hitsLc[at] = lc.hit ? 1 : 0;
        }
        heads().copyToPanels(m_batch, tiles);
    }

    /// Hidden layers from the last to the first: dA = dZ(behind)·Wᵀ(behind), dZ = dA ⊙ f′.
    void backward(const Tiles& tiles)
    {
        const std::size_t width = kernels::panelWidth();
        const std::size_t first = tiles.firstSample;
        for (std::size_t at = m_layers.size() - 1; at-- > 0;) {
            CpuLayer& layer = m_layers[at];
            CpuLayer& behind = m_layers[at + 1];
            m_tiles.pack(tiles, behind.transposed.rows(), behind.dTiles.data(), false,
                [&](std::size_t sample) { return behind.dOutput.row(sample); });
            for (std::size_t p = 0; p < behind.transposed.panels(); ++p) {
                multiplyPanel(behind.dTiles.data(), m_tiles.tiling(), tiles, behind.transposed, p,
                    nullptr, layer.dOutput);
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
    nn::Dropout m_dropout; ///< of the step at work
    std::vector<CpuLayer> m_layers; ///< hidden layers, then the two heads as one
    std::size_t m_capacity = 0;
    std::size_t m_batch = 0;
    BatchTiles m_inputTiles; ///< of the first layer, whose threads share its columns
    BatchTiles m_tiles; ///< of the others, whose threads share the samples
    base::SharedWork m_packing, m_rest; ///< a piece of m_inputTiles, of m_tiles each
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
