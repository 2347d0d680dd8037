#include "core/mk/synthetic/formal_solution.h"

#include "core/mk/synthetic/constants.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace maury::mk::synthetic {
namespace {

using namespace constants;

/// Points that are done together: all layers of them fit into the cache.
constexpr std::size_t kBlock = 256;
/// Distance of the wavelengths at which continuum opacity and Planck's function are computed;
/// between them both are linear within 1e-4.
constexpr double kNodeAngstrom = 10.0;

/// E₃ as a table over √t, in which it is smooth.
class ThirdIntegral {
public:
    ThirdIntegral()
    {
        m_values[0] = 0.5F;
        for (std::size_t i = 1; i < m_values.size(); ++i) {
            const double root = static_cast<double>(i) / kPerUnit;
            m_values[i] = static_cast<float>(exponentialIntegral(3, root * root));
        }
    }
    [[nodiscard]] float operator()(float t) const
    {
        const float position
            = std::min(std::sqrt(t) * kPerUnit, static_cast<float>(m_values.size() - 2));
        const auto index = static_cast<std::size_t>(position);
        const float fraction = std::min(position - static_cast<float>(index), 1.0F);
        return m_values[index] + fraction * (m_values[index + 1] - m_values[index]);
    }

private:
    static constexpr float kPerUnit = 400.0F;
    std::array<float, 2402> m_values {}; // to t = 36, where E₃ is 6e-18
};

/// What varies smoothly along the grid, at one layer and node.
struct Node {
    float absorption; ///< of the continuum, cm²/g
    float scattering;
    float source; ///< Planck's function, scaled by the deepest layer's
};

/// Emergent flux in units of 2π times the deepest layer's Planck function.
class FluxIntegral {
public:
    FluxIntegral(const Plasma& plasma, const SynthesisGrid& grid)
        : m_layers(plasma.layers())
        , m_nodes(static_cast<std::size_t>(
                      grid.stepAngstrom * static_cast<double>(grid.points) / kNodeAngstrom)
              + 2)
        , m_node(m_layers * m_nodes)
        , m_depthStep(m_layers)
        , m_perRosseland(m_layers)
    {
        const auto& depths = plasma.atmosphere().opticalDepth;
        for (std::size_t layer = 0; layer < m_layers; ++layer) {
            m_perRosseland[layer]
                = static_cast<float>(depths[layer] / plasma.continuum(layer).rosselandMean());
            m_depthStep[layer] = layer == 0
                ? 0.0F
                : static_cast<float>(0.5 * std::log(depths[layer] / depths[layer - 1]));
        }
        for (std::size_t node = 0; node < m_nodes; ++node) {
            const double wavelength
                = grid.firstAngstrom + kNodeAngstrom * static_cast<double>(node);
            const double scale = 1.0 / planck(wavelength, plasma.gas(m_layers - 1).temperature);
            for (std::size_t layer = 0; layer < m_layers; ++layer) {
                const ContinuumOpacity opacity = plasma.continuum(layer).at(wavelength);
                m_node[layer * m_nodes + node] = { static_cast<float>(opacity.absorption),
                    static_cast<float>(opacity.scattering),
                    static_cast<float>(scale * planck(wavelength, plasma.gas(layer).temperature)) };
            }
        }
    }

    /// Opacity and source function of the continuum at a position in units of nodes.
    [[nodiscard]] Node at(std::size_t layer, float position) const
    {
        const auto left = static_cast<std::size_t>(position);
        const float fraction = position - static_cast<float>(left);
        const Node& a = m_node[layer * m_nodes + left];
        const Node& b = (&a)[1];
        return { a.absorption + fraction * (b.absorption - a.absorption),
            a.scattering + fraction * (b.scattering - a.scattering),
            a.source + fraction * (b.source - a.source) };
    }

    [[nodiscard]] std::size_t layers() const { return m_layers; }
    [[nodiscard]] float depthStep(std::size_t layer) const { return m_depthStep[layer]; }
    [[nodiscard]] float perRosseland(std::size_t layer) const { return m_perRosseland[layer]; }
    [[nodiscard]] const ThirdIntegral& thirdIntegral() const { return m_thirdIntegral; }

private:
    std::size_t m_layers;
    std::size_t m_nodes;
    std::vector<Node> m_node; ///< [layers, nodes]
    std::vector<float> m_depthStep; ///< half the step in ln τ to the layer above
    std::vector<float> m_perRosseland; ///< τ/κ_Rosseland
    ThirdIntegral m_thirdIntegral;
};

/// The running integral over depth at one wavelength.
struct Ray {
    float depth = 0.0F; ///< monochromatic
    float slope = 0.0F; ///< d depth / d ln τ
    float third = 0.5F; ///< E₃(depth)
    float source = 0.0F;
    float flux = 0.0F;

    /// The source function is linear in E₃ within a layer; above the first layer it is constant.
    void descend(const FluxIntegral& integral, std::size_t layer, float opacity, float source_)
    {
        const float slope_ = opacity * integral.perRosseland(layer);
        depth = layer == 0 ? slope_ : depth + (slope + slope_) * integral.depthStep(layer);
        const float third_ = integral.thirdIntegral()(depth);
        flux += (layer == 0 ? source_ : 0.5F * (source + source_)) * (third - third_);
        slope = slope_;
        third = third_;
        source = source_;
    }
    /// Below the last layer the source function is constant.
    [[nodiscard]] float emergent() const { return flux + source * third; }
};

} // namespace

double exponentialIntegral(int order, double t)
{
    EXPECTS(order >= 1 && order <= 3 && t >= 0.0);
    if (t == 0.0) {
        EXPECTS(order > 1);
        return 1.0 / (order - 1);
    }
    if (t > 1.0) {
        // A & S 5.1.22, evaluated by Lentz's method as in Press et al., Numerical Recipes, 6.3.
        double b = t + order;
        double c = 1e300;
        double d = 1.0 / b;
        double fraction = d;
        for (int i = 1; i < 200; ++i) {
            const double a = -static_cast<double>(i) * (order - 1 + i);
            b += 2.0;
            d = 1.0 / (a * d + b);
            c = b + a / c;
            fraction *= c * d;
            if (std::abs(c * d - 1.0) < 1e-13)
                break;
        }
        return fraction * std::exp(-t);
    }
    constexpr double kEuler = 0.57721566490153286;
    double term = 1.0;
    double first = -kEuler - std::log(t);
    for (int k = 1; k < 30; ++k) {
        term *= -t / k;
        first -= term / k;
    }
    // A & S 5.1.14: n E_{n+1} = e^{−t} − t E_n.
    double value = first;
    for (int n = 1; n < order; ++n)
        value = (std::exp(-t) - t * value) / n;
    return value;
}

double planck(double wavelengthAngstrom, double temperature)
{
    const double wavelength = wavelengthAngstrom * kCmPerAngstrom;
    const double x = kPlanck * kLightSpeed / (wavelength * kBoltzmann * temperature);
    return 2.0 * kPlanck * kLightSpeed * kLightSpeed / std::pow(wavelength, 5) / std::expm1(x);
}

std::vector<float> residualFlux(
    const Plasma& plasma, const SynthesisGrid& grid, std::span<const LineSource> sources)
{
    const FluxIntegral integral(plasma, grid);
    std::vector<float> residual(grid.points);
    std::vector<Ray> lines(kBlock);
    std::vector<Ray> continuum(kBlock);
    std::vector<float> opacity(kBlock);
    std::vector<float> emitting(kBlock);
    const float nodesPerPoint = static_cast<float>(grid.stepAngstrom / kNodeAngstrom);
    for (std::size_t begin = 0; begin < grid.points; begin += kBlock) {
        const std::size_t count = std::min(kBlock, grid.points - begin);
        std::fill(lines.begin(), lines.end(), Ray());
        std::fill(continuum.begin(), continuum.end(), Ray());
        for (std::size_t layer = 0; layer < integral.layers(); ++layer) {
            const double depth = plasma.atmosphere().opticalDepth[layer];
            // The opacity of all lines and its part that emits as Planck's function does.
            std::fill(opacity.begin(), opacity.end(), 0.0F);
            std::fill(emitting.begin(), emitting.end(), 0.0F);
            for (const LineSource& source : sources) {
                const auto share = static_cast<float>(source.deficit.share(depth));
                const float* line
                    = source.opacity.row(static_cast<Eigen::Index>(layer)).data() + begin;
                for (std::size_t i = 0; i < count; ++i) {
                    opacity[i] += line[i];
                    emitting[i] += share * line[i];
                }
            }
            for (std::size_t i = 0; i < count; ++i) {
                const Node node = integral.at(layer, static_cast<float>(begin + i) * nodesPerPoint);
                const float smooth = node.absorption + node.scattering;
                const float total = smooth + opacity[i];
                const float source = node.source * (smooth + emitting[i]) / total;
                lines[i].descend(integral, layer, total, source);
                continuum[i].descend(integral, layer, smooth, node.source);
            }
        }
        for (std::size_t i = 0; i < count; ++i)
            residual[begin + i] = lines[i].emergent() / continuum[i].emergent();
    }
    return residual;
}

} // namespace maury::mk::synthetic
