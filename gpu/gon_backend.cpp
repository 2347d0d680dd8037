#include "gpu/gon_backend.h"

#include "core/base/contract.h"
#include "gpu/gon_pass.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace maury::gpu {
namespace {

using base::Result;
using Eigen::Index;

class DeviceGonBackend final : public gon::GonBackend {
public:
    DeviceGonBackend(std::string name, std::unique_ptr<Device> device)
        : m_name(std::move(name))
        , m_device(std::move(device))
    {
    }

    [[nodiscard]] std::string name() const override { return m_name; }

    Result<void> load(const gon::NetworkSetup& setup, const gon::NetworkState& start) override
    {
        if (const std::string obstacle = gon::deviceObstacle(setup); !obstacle.empty())
            return base::failure(
                base::ErrorCode::BackendUnavailable, "backend " + m_name, obstacle);
        m_graph.reset();
        m_pass.reset();
        m_network.reset();
        m_capacity = static_cast<int>(setup.batch);
        auto network = GonNetwork::make(*m_device, setup, start);
        if (!network)
            return base::Unexpected(network.error());
        m_network = std::make_unique<GonNetwork>(*std::move(network));
        auto pass = GonPass::make(*m_device, *m_network, setup, m_capacity);
        if (!pass)
            return base::Unexpected(pass.error());
        m_pass.emplace(*std::move(pass));
        m_knowsOrigin = false;
        return takeStaging();
    }

    Result<gon::GonStepOutcome> trainStep(
        const gon::TrainingBatch& batch, const gon::GonStepSettings& settings) override
    {
        const int rows = static_cast<int>(batch.data.rows());
        EXPECTS(m_pass && rows > 0 && rows <= m_capacity);
        if (const auto ready = graphFor(rows); !ready)
            return base::Unexpected(ready.error());
        stage(batch.data, 0, rows, m_staging[0]);
        stage(batch.lossWeight, 0, rows, m_staging[1]);
        stage(batch.inferenceWeight, 0, rows, m_staging[2]);
        *m_hostControl.as<GonControl>() = { settings.learningRate, settings.beta1, settings.beta2,
            settings.clip, static_cast<double>(m_network->steps() + 1) };
        m_knowsOrigin = false;
        const auto done = Work(*m_device)
                              .then([&](Device& device) { return device.replay(*m_graph); })
                              .synchronize()
                              .outcome();
        if (!done)
            return base::Unexpected(done.error());
        m_network->countStep();
        return outcomeOf(rows);
    }

    [[nodiscard]] Result<gon::NetworkState> state() const override
    {
        EXPECTS(m_network);
        return m_network->state(*m_device);
    }

    Result<void> restore(const gon::NetworkState& state) override
    {
        EXPECTS(m_network);
        m_knowsOrigin = false;
        return m_network->restore(*m_device, state);
    }

    Result<gon::Matrix> encode(const gon::Matrix& data, const gon::Matrix& weight) override
    {
        EXPECTS(m_pass && data.rows() == weight.rows());
        const GonLayout& layout = m_network->layout();
        gon::Matrix codes(data.rows(), Index { layout.latentUnits() });
        for (Index first = 0; first < data.rows(); first += m_capacity) {
            const int rows = static_cast<int>(std::min(Index { m_capacity }, data.rows() - first));
            stage(data, first, rows, m_staging[0]);
            stage(weight, first, rows, m_staging[2]);
            const auto done = queued([&](Sequence& sequence) {
                const std::size_t bytes = staged(rows);
                sequence.copy(m_pass->data(), m_staging[0].as<float>(), bytes);
                sequence.copy(m_pass->inferenceWeight(), m_staging[2].as<float>(), bytes);
                if (!m_knowsOrigin)
                    m_pass->origin(sequence);
                m_pass->encode(sequence, rows);
                sequence.copy(m_staging[1].as<float>(), m_pass->codes(),
                    sizeOf(rows, layout.latent()));
            });
            if (!done)
                return base::Unexpected(done.error());
            m_knowsOrigin = true;
            unstage(m_staging[1], layout.latent(), first, rows, codes);
        }
        return codes;
    }

    Result<gon::Matrix> decode(const gon::Matrix& codes) override
    {
        const GonLayout& layout = m_network->layout();
        EXPECTS(m_pass && codes.cols() == Index { layout.latentUnits() });
        gon::Matrix flux(codes.rows(), Index { layout.pixelUnits() });
        for (Index first = 0; first < codes.rows(); first += m_capacity) {
            const int rows = static_cast<int>(std::min(Index { m_capacity }, codes.rows() - first));
            stageRows(codes, first, rows, layout.latent(), m_staging[1]);
            const auto done = queued([&](Sequence& sequence) {
                sequence.copy(
                    m_pass->codes(), m_staging[1].as<float>(), sizeOf(rows, layout.latent()));
                m_pass->placeCodes(sequence, rows);
                m_pass->decode(sequence, rows);
                sequence.copy(m_staging[0].as<float>(), m_pass->flux(), staged(rows));
            });
            if (!done)
                return base::Unexpected(done.error());
            unstage(m_staging[0], layout.pixels(), first, rows, flux);
        }
        return flux;
    }

private:
    [[nodiscard]] static std::size_t sizeOf(int rows, int width)
    {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(width) * sizeof(float);
    }
    [[nodiscard]] std::size_t staged(int rows) const
    {
        return sizeOf(rows, m_network->layout().pixels());
    }

    Result<void> takeStaging()
    {
        const GonLayout& layout = m_network->layout();
        Allocation allocation(*m_device, "spectra on their way to the device");
        for (Memory& memory : m_staging)
            allocation.take(memory, Place::Pinned,
                sizeOf(m_capacity, std::max(layout.pixels(), layout.latent())));
        return allocation
            .take(m_hostSums, Place::Pinned, static_cast<std::size_t>(m_capacity) * sizeof(GonSums))
            .take(m_hostControl, Place::Pinned, sizeof(GonControl))
            .take(m_hostNumbers, Place::Pinned, sizeof(GonNumbers))
            .outcome();
    }

    static void stageRows(
        const gon::Matrix& from, Index first, int rows, int width, const Memory& to)
    {
        for (int row = 0; row < rows; ++row) {
            float* line = to.as<float>() + std::ptrdiff_t { row } * width;
            std::copy_n(from.row(first + row).data(), from.cols(), line);
            std::fill(line + from.cols(), line + width, 0.0F);
        }
    }
    void stage(const gon::Matrix& from, Index first, int rows, const Memory& to) const
    {
        EXPECTS(from.cols() == Index { m_network->layout().pixelUnits() });
        stageRows(from, first, rows, m_network->layout().pixels(), to);
    }
    static void unstage(
        const Memory& from, int width, Index first, int rows, gon::Matrix& to)
    {
        for (int row = 0; row < rows; ++row)
            std::copy_n(from.as<float>() + std::ptrdiff_t { row } * width, to.cols(),
                to.row(first + row).data());
    }

    /// Prepares the products of some work, then does it.
    template <typename Queue> Result<void> queued(const Queue& queue)
    {
        for (const bool prepares : { true, false }) {
            Sequence sequence(*m_device, prepares);
            queue(sequence);
            if (const auto done = prepares ? sequence.work().outcome()
                                           : sequence.work().synchronize().outcome();
                !done)
                return done;
        }
        return {};
    }

    void record(Sequence& sequence, int rows) const
    {
        const std::size_t bytes = staged(rows);
        sequence.copy(m_pass->data(), m_staging[0].as<float>(), bytes);
        sequence.copy(m_pass->lossWeight(), m_staging[1].as<float>(), bytes);
        sequence.copy(m_pass->inferenceWeight(), m_staging[2].as<float>(), bytes);
        sequence.copy(m_pass->control(), m_hostControl.as<GonControl>(), sizeof(GonControl));
        m_pass->trainStep(sequence, rows);
        sequence.copy(m_hostSums.as<GonSums>(), m_pass->sums(),
            static_cast<std::size_t>(rows) * sizeof(GonSums));
        sequence.copy(m_hostNumbers.as<GonNumbers>(), m_pass->numbers(), sizeof(GonNumbers));
    }

    Result<void> graphFor(int rows)
    {
        if (m_graph && m_graphRows == rows)
            return {};
        m_graph.reset();
        Sequence prepared(*m_device, true);
        record(prepared, rows);
        if (!prepared.work().outcome())
            return prepared.work().outcome();
        if (const auto begun = m_device->beginRecording(); !begun)
            return begun;
        Sequence sequence(*m_device, false);
        record(sequence, rows);
        // A recording is finished in any case; the first error is the one that explains it.
        auto graph = m_device->finishRecording();
        if (!sequence.work().outcome())
            return sequence.work().outcome();
        if (!graph)
            return base::Unexpected(graph.error());
        m_graph = *std::move(graph);
        m_graphRows = rows;
        return {};
    }

    [[nodiscard]] gon::GonStepOutcome outcomeOf(int rows) const
    {
        double chi2 = 0.0;
        double codes = 0.0;
        for (int row = 0; row < rows; ++row) {
            chi2 += m_hostSums.as<GonSums>()[row].chi2;
            codes += m_hostSums.as<GonSums>()[row].codes;
        }
        const double share
            = 1.0 / (static_cast<double>(m_network->layout().pixelUnits()) * rows);
        gon::GonStepOutcome outcome;
        outcome.loss.chi2PerPixel = share * chi2;
        outcome.loss.priorPerPixel = m_pass->hasPrior() ? share * codes : 0.0;
        outcome.loss.loss = 0.5 * (outcome.loss.chi2PerPixel + outcome.loss.priorPerPixel);
        outcome.gradientNorm = m_hostNumbers.as<GonNumbers>()->norm;
        return outcome;
    }

    std::string m_name;
    std::unique_ptr<Device> m_device;
    int m_capacity = 0;
    std::unique_ptr<GonNetwork> m_network; ///< stays where it is: the pass points to it
    std::optional<GonPass> m_pass;
    std::unique_ptr<Graph> m_graph;
    int m_graphRows = 0;
    bool m_knowsOrigin = false; ///< that of the weights as they are
    Memory m_staging[3]; ///< pinned, like those below: [capacity, pixels]
    Memory m_hostSums;
    Memory m_hostControl;
    Memory m_hostNumbers;
};

} // namespace

std::unique_ptr<gon::GonBackend> createDeviceGonBackend(
    std::string name, std::unique_ptr<Device> device)
{
    return std::make_unique<DeviceGonBackend>(std::move(name), std::move(device));
}

} // namespace maury::gpu
