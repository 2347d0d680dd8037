#include "core/explain/attribution.h"

#include "core/base/contract.h"
#include "core/nn/input_gradient.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace maury::explain {
namespace {

using classify::Head;
using classify::NetworkInput;
using Matrix = nn::Matrix<double>;
using Row = nn::RowVector<double>;

/// Gauss-Legendre nodes and weights for [0, 1]; symmetric halves (Abramowitz & Stegun 25.4.30).
constexpr std::array kNodes { 0.5 - 0.5 * 0.9602898564975363, 0.5 - 0.5 * 0.7966664774136267,
    0.5 - 0.5 * 0.5255324099163290, 0.5 - 0.5 * 0.1834346424956498, 0.5 + 0.5 * 0.1834346424956498,
    0.5 + 0.5 * 0.5255324099163290, 0.5 + 0.5 * 0.7966664774136267,
    0.5 + 0.5 * 0.9602898564975363 };
constexpr std::array kWeights { 0.5 * 0.1012285362903763, 0.5 * 0.2223810344533745,
    0.5 * 0.3137066458778873, 0.5 * 0.3626837833783620, 0.5 * 0.3626837833783620,
    0.5 * 0.3137066458778873, 0.5 * 0.2223810344533745, 0.5 * 0.1012285362903763 };

Row rowOf(const std::vector<float>& values)
{
    return Eigen::Map<const nn::RowVector<float>>(
        values.data(), static_cast<Eigen::Index>(values.size()))
        .cast<double>();
}

/// One network along the path from the blank to the spectrum: as a function of the fraction of the
/// way it is a network with one input.
struct PathNetwork {
    const NetworkInput* input = nullptr;
    const nn::Parameters* parameters = nullptr;
    double weight = 0.0; ///< in the mean of the probabilities
    nn::NetworkSpec spec;
    nn::NetworkParameters<double> alongPath;
};

std::vector<PathNetwork> pathNetworks(std::span<const NetworkInput> networks, Head head)
{
    std::vector<PathNetwork> result;
    for (const NetworkInput& input : networks) {
        const Row blank = rowOf(input.blank);
        const Row way = rowOf(input.values) - blank;
        for (const nn::Parameters& member : input.members) {
            PathNetwork network { &input, &member,
                input.weights.of(head) / static_cast<double>(input.members.size()), *input.spec, {} };
            network.spec.inputs = 1;
            const Matrix first = member.hidden.front().weights.cast<double>();
            auto& path = network.alongPath;
            path.hidden.push_back(
                { way * first, blank * first + member.hidden.front().biases.cast<double>() });
            for (std::size_t layer = 1; layer < member.hidden.size(); ++layer)
                path.hidden.push_back(nn::castParameters<double>(member.hidden[layer]));
            path.sc = nn::castParameters<double>(member.sc);
            path.lc = nn::castParameters<double>(member.lc);
            result.push_back(std::move(network));
        }
    }
    return result;
}

/// ln Σ exp of the terms with a positive share, each times it.
double logSum(const Row& terms, const std::vector<double>& shares)
{
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (shares[i] > 0.0)
            largest = std::max(largest, terms[static_cast<Eigen::Index>(i)]);
    double sum = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (shares[i] > 0.0)
            sum += shares[i] * std::exp(terms[static_cast<Eigen::Index>(i)] - largest);
    return largest + std::log(sum);
}

/// ln of the weighted mean of probabilities given by their logarithms.
double logMean(const std::vector<double>& logs, const std::vector<PathNetwork>& networks)
{
    const double largest = *std::max_element(logs.begin(), logs.end());
    double sum = 0.0;
    for (std::size_t i = 0; i < logs.size(); ++i)
        sum += networks[i].weight * std::exp(logs[i] - largest);
    return largest + std::log(sum);
}

/// The decision at some fractions of the way.
struct PathPoints {
    std::vector<double> logOdds; ///< [points]
    std::vector<double> slope; ///< d logOdds / d fraction
    std::vector<Matrix> dFirst; ///< of each network: d logOdds / dZ of its first layer
};

class Path {
public:
    Path(std::span<const NetworkInput> networks, const Question& question)
        : m_networks(pathNetworks(networks, question.head))
        , m_question(question)
    {
    }

    [[nodiscard]] const std::vector<PathNetwork>& networks() const { return m_networks; }

    [[nodiscard]] PathPoints at(const std::vector<double>& fractions) const
    {
        const auto points = static_cast<Eigen::Index>(fractions.size());
        std::vector<nn::ForwardState<double>> states;
        std::vector<Matrix> dLogits;
        for (const PathNetwork& network : m_networks) {
            Matrix input = Eigen::Map<const Matrix>(fractions.data(), points, 1);
            states.push_back(nn::forward(network.spec, network.alongPath, std::move(input)));
            dLogits.emplace_back(points, logitsOf(states.back()).cols());
        }
        PathPoints result;
        for (Eigen::Index point = 0; point < points; ++point)
            result.logOdds.push_back(decide(states, point, dLogits));
        result.slope.assign(fractions.size(), 0.0);
        for (std::size_t i = 0; i < m_networks.size(); ++i) {
            result.dFirst.push_back(toFirstLayer(m_networks[i], states[i], dLogits[i]));
            const Row& way = m_networks[i].alongPath.hidden.front().weights.row(0);
            for (Eigen::Index point = 0; point < points; ++point)
                result.slope[static_cast<std::size_t>(point)]
                    += result.dFirst.back().row(point).dot(way);
        }
        return result;
    }

private:
    [[nodiscard]] const Matrix& logitsOf(const nn::ForwardState<double>& state) const
    {
        return m_question.head == Head::Spectral ? state.scLogits : state.lcLogits;
    }

    /// The log odds at one point, and their gradient in that row of each network's `dLogits`. With
    /// P the mean over the networks m of P_m = Σ aᵢ pᵢ: d ln P / dzᵢ = w_m pᵢ (aᵢ − P_m) / P.
    double decide(const std::vector<nn::ForwardState<double>>& states, Eigen::Index point,
        std::vector<Matrix>& dLogits) const
    {
        for (Matrix& gradient : dLogits)
            gradient.row(point).setZero();
        double odds = 0.0;
        for (const double sign : { 1.0, -1.0 }) {
            const auto& shares = sign > 0.0 ? m_question.answer : m_question.other;
            const std::vector<double> all(shares.size(), 1.0);
            std::vector<Row> logP;
            std::vector<double> logOwn;
            for (const auto& state : states) {
                const Row logits = logitsOf(state).row(point);
                logP.emplace_back(logits.array() - logSum(logits, all));
                logOwn.push_back(logSum(logP.back(), shares));
            }
            const double logTotal = logMean(logOwn, m_networks);
            odds += sign * logTotal;
            for (std::size_t m = 0; m < states.size(); ++m)
                for (std::size_t i = 0; i < shares.size(); ++i) {
                    const auto column = static_cast<Eigen::Index>(i);
                    const double p = logP[m][column] - logTotal;
                    const double slope = (shares[i] > 0.0 ? shares[i] * std::exp(p) : 0.0)
                        - std::exp(p + logOwn[m]);
                    dLogits[m](point, column) += sign * m_networks[m].weight * slope;
                }
        }
        return odds;
    }

    [[nodiscard]] Matrix toFirstLayer(const PathNetwork& network,
        const nn::ForwardState<double>& state, const Matrix& dLogits) const
    {
        const bool spectral = m_question.head == Head::Spectral;
        const Matrix none = Matrix::Zero(
            dLogits.rows(), spectral ? network.spec.lcClasses : network.spec.scClasses);
        return nn::backwardToFirstLayer(network.spec, network.alongPath, state,
            spectral ? dLogits : none, spectral ? none : dLogits);
    }

    std::vector<PathNetwork> m_networks;
    const Question& m_question;
};

/// A piece of the path with the integral over it.
struct Panel {
    double begin = 0.0;
    double end = 1.0;
    double error = 0.0; ///< of the integrated slope, known exactly from the ends
    std::vector<Row> gradients; ///< of each network: ∫ dZ of its first layer
};

/// Fills in what belongs to panels of which only begin and end are known.
void integrate(const Path& path, std::span<Panel> panels)
{
    constexpr std::size_t kPoints = kNodes.size() + 2;
    std::vector<double> fractions;
    for (const Panel& panel : panels) {
        for (const double node : kNodes)
            fractions.push_back(panel.begin + node * (panel.end - panel.begin));
        fractions.push_back(panel.begin);
        fractions.push_back(panel.end);
    }
    const PathPoints points = path.at(fractions);
    for (std::size_t at = 0; at < panels.size(); ++at) {
        Panel& panel = panels[at];
        const std::size_t first = at * kPoints;
        const double size = panel.end - panel.begin;
        for (const Matrix& dFirst : points.dFirst)
            panel.gradients.emplace_back(Row::Zero(dFirst.cols()));
        double integral = 0.0;
        for (std::size_t node = 0; node < kNodes.size(); ++node) {
            integral += size * kWeights.at(node) * points.slope[first + node];
            for (std::size_t m = 0; m < points.dFirst.size(); ++m)
                panel.gradients[m] += size * kWeights.at(node)
                    * points.dFirst[m].row(static_cast<Eigen::Index>(first + node));
        }
        const double exact
            = points.logOdds[first + kPoints - 1] - points.logOdds[first + kPoints - 2];
        panel.error = std::abs(integral - exact);
    }
}

/// The path in panels, halved where the integral is not good enough.
std::vector<Panel> integratedPanels(
    const Path& path, double difference, const AttributionSettings& settings)
{
    constexpr std::size_t kFirstPanels = 4;
    std::vector<Panel> panels;
    std::vector<Panel> fresh;
    for (std::size_t i = 0; i < kFirstPanels; ++i)
        fresh.push_back({ static_cast<double>(i) / kFirstPanels,
            static_cast<double>(i + 1) / kFirstPanels, 0.0, {} });
    const double allowed = settings.tolerance * std::abs(difference);
    for (;;) {
        integrate(path, fresh);
        std::move(fresh.begin(), fresh.end(), std::back_inserter(panels));
        fresh.clear();
        const double total = std::accumulate(panels.begin(), panels.end(), 0.0,
            [](double sum, const Panel& panel) { return sum + panel.error; });
        if (total <= allowed || panels.size() >= settings.mostPanels)
            return panels;
        const double each = allowed / static_cast<double>(panels.size());
        const auto bad = std::partition(panels.begin(), panels.end(),
            [each](const Panel& panel) { return panel.error <= each; });
        for (auto panel = bad; panel != panels.end(); ++panel) {
            const double middle = 0.5 * (panel->begin + panel->end);
            fresh.push_back({ panel->begin, middle, 0.0, {} });
            fresh.push_back({ middle, panel->end, 0.0, {} });
        }
        panels.erase(bad, panels.end());
    }
}

void sortByWavelength(Attribution& attribution)
{
    std::vector<std::size_t> order(attribution.contribution.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return attribution.wavelengthAngstrom[left] < attribution.wavelengthAngstrom[right];
    });
    Attribution sorted = attribution;
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted.wavelengthAngstrom[i] = attribution.wavelengthAngstrom[order[i]];
        sorted.contribution[i] = attribution.contribution[order[i]];
    }
    attribution = std::move(sorted);
}

} // namespace

double Attribution::sum() const
{
    return std::accumulate(contribution.begin(), contribution.end(), 0.0);
}

double Attribution::completenessError() const
{
    return std::abs(sum() - difference())
        / std::max(std::abs(difference()), std::numeric_limits<double>::min());
}

Attribution attribute(std::span<const NetworkInput> networks, const Question& question,
    const AttributionSettings& settings)
{
    EXPECTS(!networks.empty());
    for (const NetworkInput& network : networks) {
        const int outputs
            = question.head == Head::Spectral ? network.spec->scClasses : network.spec->lcClasses;
        EXPECTS(question.answer.size() == static_cast<std::size_t>(outputs)
            && question.other.size() == question.answer.size() && !network.members.empty());
    }
    const Path path(networks, question);
    const PathPoints ends = path.at({ 0.0, 1.0 });
    Attribution attribution;
    attribution.blankLogOdds = ends.logOdds[0];
    attribution.logOdds = ends.logOdds[1];
    const auto panels = integratedPanels(path, attribution.difference(), settings);
    attribution.gradients = panels.size() * kNodes.size();

    for (std::size_t m = 0; m < path.networks().size(); ++m) {
        const PathNetwork& network = path.networks()[m];
        Row gradient = Row::Zero(network.alongPath.hidden.front().biases.cols());
        for (const Panel& panel : panels)
            gradient += panel.gradients[m];
        const Row toInput
            = gradient * network.parameters->hidden.front().weights.cast<double>().transpose();
        const NetworkInput& input = *network.input;
        const bool firstMember = network.parameters == input.members.data();
        for (std::size_t pixel = 0; pixel < input.values.size(); ++pixel) {
            const double way = static_cast<double>(input.values[pixel])
                - static_cast<double>(input.blank[pixel]);
            const double share = way * toInput[static_cast<Eigen::Index>(pixel)];
            if (firstMember) {
                attribution.wavelengthAngstrom.push_back(input.wavelengthAngstrom[pixel]);
                attribution.contribution.push_back(share);
            } else {
                attribution
                    .contribution[attribution.contribution.size() - input.values.size() + pixel]
                    += share;
            }
        }
    }
    sortByWavelength(attribution);
    return attribution;
}

} // namespace maury::explain
