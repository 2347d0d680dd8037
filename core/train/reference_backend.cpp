#include "core/train/reference_backend.h"

#include "core/base/contract.h"
#include "core/nn/dropout.h"
#include "core/nn/network.h"
#include "core/nn/optimizer.h"

namespace maury::train {
namespace {

template <typename Scalar> class ReferenceBackend final : public Backend {
public:
    [[nodiscard]] std::string name() const override { return "reference"; }

    base::Result<void> load(const nn::NetworkSpec& spec, const nn::Parameters& parameters,
        const OptimizerSettings& optimizer) override
    {
        EXPECTS(fits(parameters, spec));
        m_spec = spec;
        m_parameters = nn::castParameters<Scalar>(parameters);
        m_optimizer = optimizer;
        m_steps = 0;
        m_moments.assign(momentCount(optimizer.kind), nn::zeroParameters<Scalar>(spec));
        return {};
    }

    base::Result<StepStats> trainStep(const Batch& batch, const StepSettings& settings) override
    {
        if (batch.isSoft())
            return stepTowards(batch, settings,
                nn::SoftTargets<Scalar> { gather(batch, batch.softSc, m_spec.scClasses),
                    gather(batch, batch.softLc, m_spec.lcClasses), settings.weightSc,
                    settings.weightLc });
        std::vector<std::uint16_t> sc;
        std::vector<std::uint16_t> lc;
        for (const std::uint32_t row : batch.rows) {
            sc.push_back(batch.sc[row]);
            lc.push_back(batch.lc[row]);
        }
        return stepTowards(
            batch, settings, nn::HeadTargets { sc, lc, settings.weightSc, settings.weightLc });
    }

    base::Result<HeadProbabilities> predict(const Batch& batch) override
    {
        const auto state = nn::forward(m_spec, m_parameters, inputOf(batch));
        return HeadProbabilities { nn::softmax(state.scLogits).template cast<float>(),
            nn::softmax(state.lcLogits).template cast<float>() };
    }

    [[nodiscard]] base::Result<nn::Parameters> parameters() const override
    {
        return nn::castParameters<float>(m_parameters);
    }

    [[nodiscard]] base::Result<OptimizerState> optimizerState() const override
    {
        OptimizerState state;
        state.steps = m_steps;
        for (const auto& moment : m_moments)
            state.moments.push_back(nn::castParameters<float>(moment));
        return state;
    }

    base::Result<void> restoreOptimizer(const OptimizerState& state) override
    {
        EXPECTS(state.moments.size() == m_moments.size());
        m_steps = state.steps;
        for (std::size_t i = 0; i < m_moments.size(); ++i)
            m_moments[i] = nn::castParameters<Scalar>(state.moments[i]);
        return {};
    }

private:
    template <typename Targets>
    StepStats stepTowards(const Batch& batch, const StepSettings& settings, const Targets& targets)
    {
        const nn::Dropout dropout { settings.dropoutRate, settings.dropoutSeed, m_steps + 1 };
        const auto state = nn::forward(
            m_spec, m_parameters, inputOf(batch), scalesOf(dropout, std::ssize(batch.rows)));
        const auto gradient = nn::backward(m_spec, m_parameters, state, targets);
        update(gradient, settings.learningRate);
        return StepStats { nn::crossEntropy(state.scLogits, targets.sc),
            nn::crossEntropy(state.lcLogits, targets.lc), hits(state.scLogits, targets.sc),
            hits(state.lcLogits, targets.lc), std::ssize(batch.rows) };
    }

    [[nodiscard]] std::vector<nn::Matrix<Scalar>> scalesOf(
        const nn::Dropout& dropout, Eigen::Index samples) const
    {
        std::vector<nn::Matrix<Scalar>> scales;
        if (!dropout.isOn())
            return scales;
        for (std::size_t layer = 0; layer < m_spec.hidden.size(); ++layer) {
            nn::Matrix<float> drawn(samples, m_spec.hidden[layer]);
            for (Eigen::Index row = 0; row < samples; ++row)
                nn::dropoutScales(dropout, static_cast<int>(layer), static_cast<std::size_t>(row),
                    { drawn.row(row).data(), static_cast<std::size_t>(drawn.cols()) });
            scales.push_back(drawn.template cast<Scalar>());
        }
        return scales;
    }

    [[nodiscard]] nn::Matrix<Scalar> inputOf(const Batch& batch) const
    {
        return gather(batch, batch.samples, m_spec.inputs);
    }

    /// The batch's rows of a matrix [anything, columns].
    [[nodiscard]] static nn::Matrix<Scalar> gather(
        const Batch& batch, const float* matrix, int columns)
    {
        nn::Matrix<Scalar> gathered(std::ssize(batch.rows), columns);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const float* row
                = matrix + std::size_t { batch.rows[i] } * static_cast<std::size_t>(columns);
            gathered.row(static_cast<Eigen::Index>(i))
                = Eigen::Map<const nn::RowVector<float>>(row, columns).template cast<Scalar>();
        }
        return gathered;
    }

    [[nodiscard]] static Eigen::Index wanted(
        std::span<const std::uint16_t> labels, Eigen::Index row)
    {
        return labels[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] static Eigen::Index wanted(const nn::Matrix<Scalar>& targets, Eigen::Index row)
    {
        Eigen::Index largest = 0;
        targets.row(row).maxCoeff(&largest);
        return largest;
    }

    template <typename Targets>
    [[nodiscard]] static std::int64_t hits(const nn::Matrix<Scalar>& logits, const Targets& targets)
    {
        std::int64_t count = 0;
        for (Eigen::Index row = 0; row < logits.rows(); ++row) {
            Eigen::Index best = 0;
            logits.row(row).maxCoeff(&best);
            count += best == wanted(targets, row) ? 1 : 0;
        }
        return count;
    }

    void update(const nn::NetworkParameters<Scalar>& gradient, double rate)
    {
        ++m_steps;
        const auto layer = [](auto& set, std::size_t at) -> auto&
        {
            return at < set.hidden.size() ? set.hidden[at]
                : at == set.hidden.size() ? set.sc
                                          : set.lc;
        };
        for (std::size_t at = 0; at < m_spec.hidden.size() + 2; ++at) {
            // Weight decay acts on weights only.
            const auto tensor = [&](auto member, double decay) {
                auto& value = layer(m_parameters, at).*member;
                const auto moment
                    = [&](std::size_t i) { return (layer(m_moments[i], at).*member).data(); };
                const Scalar* g = (layer(gradient, at).*member).data();
                if (m_optimizer.kind == Optimizer::Sgd)
                    nn::sgdUpdate(value.data(), g, value.size(), rate);
                else if (m_optimizer.kind == Optimizer::Momentum)
                    nn::momentumUpdate(
                        value.data(), g, moment(0), value.size(), rate, m_optimizer.momentum);
                else
                    nn::adamwUpdate(value.data(), g, moment(0), moment(1), value.size(),
                        { rate, m_optimizer.momentum, m_optimizer.beta2, decay, m_steps });
            };
            tensor(&nn::DenseParameters<Scalar>::weights, m_optimizer.weightDecay);
            tensor(&nn::DenseParameters<Scalar>::biases, 0.0);
        }
    }

    nn::NetworkSpec m_spec;
    nn::NetworkParameters<Scalar> m_parameters;
    OptimizerSettings m_optimizer;
    std::vector<nn::NetworkParameters<Scalar>> m_moments;
    std::int64_t m_steps = 0;
};

} // namespace

template <typename Scalar> std::unique_ptr<Backend> createReferenceBackend()
{
    return std::make_unique<ReferenceBackend<Scalar>>();
}

template std::unique_ptr<Backend> createReferenceBackend<float>();
template std::unique_ptr<Backend> createReferenceBackend<double>();

} // namespace maury::train
