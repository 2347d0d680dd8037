#include "core/gon/coordinate_pass.h"

#include "core/base/contract.h"

#include <algorithm>
#include <numeric>

namespace maury::gon {
namespace {

constexpr std::size_t kBlock = 192; ///< pixels together: their activations stay in the cache

template <typename Scalar> RowBlock<Scalar> blockOf(nn::Matrix<Scalar>& matrix)
{
    const auto cols = static_cast<std::size_t>(matrix.cols());
    return { matrix.data(), static_cast<std::size_t>(matrix.rows()), cols, cols };
}

template <typename Scalar> void addWeights(Weights<Scalar>& to, const Weights<Scalar>& from);

template <> void addWeights(Weights<double>& to, const Weights<double>& from)
{
    to.values += from.values;
    to.biases += from.biases;
}

template <> void addWeights(Weights<float>& to, const Weights<float>& from)
{
    const auto add = [](float* target, const float* source, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            target[i] += source[i];
    };
    for (std::size_t p = 0; p < to.values.panels(); ++p)
        add(to.values.panel(p), from.values.panel(p), to.values.panelSize());
    add(to.biases.data(), from.biases.data(), to.biases.size());
}

template <typename Scalar>
Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>> line(Scalar* data, std::size_t count)
{
    return { data, static_cast<Eigen::Index>(count) };
}

} // namespace

/// One layer's rows of a block. Level 0 is the sum of the first layer's two parts; level l feeds
/// layer l of the tail.
template <typename Scalar> struct CoordinatePass<Scalar>::Level {
    Rows<Scalar> value; ///< h = f(a)
    Rows<Scalar> slope; ///< f′
    Rows<Scalar> curve; ///< f″
    Rows<Scalar> tangent; ///< Ra, then Rh
    Rows<Scalar> dValue; ///< cotangent of h
    Rows<Scalar> dSum; ///< cotangent of a
    Rows<Scalar> dTangent; ///< cotangent of Ra
};

template <typename Scalar> struct CoordinatePass<Scalar>::Member {
    explicit Member(const std::vector<TrainedLayer<Scalar>>& tail)
        : products(1)
        , out(kBlock, 1)
        , dOut(kBlock, 1)
        , dTangentOut(kBlock, 1)
    {
        for (const auto& layer : tail) {
            Level level;
            for (Rows<Scalar>* rows : { &level.value, &level.slope, &level.curve, &level.tangent,
                     &level.dValue, &level.dSum, &level.dTangent })
                *rows = Rows<Scalar>(kBlock, layer.fanIn());
            levels.push_back(std::move(level));
            gradients.emplace_back(layer.fanIn(), layer.fanOut(), false);
        }
    }

    Products<Scalar> products;
    std::vector<Level> levels;
    Rows<Scalar> out; ///< [rows, 1]
    Rows<Scalar> dOut;
    Rows<Scalar> dTangentOut;
    std::vector<Weights<Scalar>> gradients; ///< of the tail
    Rows<Scalar> dWavelength; ///< [pixels, width] Σ over the spectra of ∂L/∂a₁
    Rows<Scalar> dCode; ///< [batch, width] Σ over the pixels
    nn::Matrix<Scalar> dCodeWeights; ///< [latent, width] of the second-order term
    std::vector<double> chi2; ///< [batch]
};

template <typename Scalar>
CoordinatePass<Scalar>::CoordinatePass(const DecoderSpec& spec,
    const std::vector<double>& wavelengthAngstrom, std::size_t batch,
    const DecoderParameters& start, Products<Scalar>& products)
    : m_spec(spec)
    , m_pixels(wavelengthAngstrom.size())
    , m_latent(static_cast<std::size_t>(spec.latent))
    , m_width(static_cast<std::size_t>(spec.hidden.front()))
    , m_products(products)
    , m_mean(static_cast<Scalar>(start.mean))
    , m_scale(static_cast<Scalar>(start.scale.at(0)))
    , m_frequency(spec.coordinates.siren)
    , m_features(coordinateFeatures(wavelengthAngstrom, spec.kind, spec.coordinates)
                     .template cast<Scalar>())
    , m_wavelengthLayer(start.layers.at(0), {}, 0)
    , m_codeLayer(start.layers.at(1), {}, 0)
    , m_wavelengthPart(m_pixels, m_width)
    , m_codePart(batch, m_width)
    , m_codes(batch, m_latent)
    , m_output(batch, m_pixels)
    , m_origin(1 + m_latent, m_pixels)
    , m_originDeltas(1 + m_latent, m_pixels)
    , m_dSum(batch, m_width)
{
    for (std::size_t i = 2; i < start.layers.size(); ++i)
        m_tail.emplace_back(start.layers[i], std::span<const float>(), 0);
    for (auto* layer : layers())
        m_products.refresh(layer->value);
    for (int i = 0; i < m_products.team().size(); ++i) {
        auto member = std::make_unique<Member>(m_tail);
        member->dWavelength = Rows<Scalar>(m_pixels, m_width);
        member->dCode = Rows<Scalar>(batch, m_width);
        member->chi2.resize(batch);
        m_members.push_back(std::move(member));
    }
}

template <typename Scalar> CoordinatePass<Scalar>::~CoordinatePass() = default;

template <typename Scalar>
template <typename Function>
void CoordinatePass<Scalar>::forEachBlock(std::size_t spectra, const Function& function)
{
    const std::size_t blocks = (m_pixels + kBlock - 1) / kBlock;
    m_products.team().run([&](int index) {
        Member& member = *m_members[static_cast<std::size_t>(index)];
        const auto mine
            = m_products.team().share(static_cast<std::int64_t>(blocks * spectra), index);
        for (auto i = static_cast<std::size_t>(mine.begin); i < static_cast<std::size_t>(mine.end);
             ++i) {
            const std::size_t first = i % blocks * kBlock;
            function(member, i / blocks, first, std::min(kBlock, m_pixels - first));
        }
    });
}

template <typename Scalar> void CoordinatePass<Scalar>::makeWavelengthPart()
{
    m_products.multiply(
        blockOf(m_features), m_wavelengthLayer.value, true, m_wavelengthPart.all());
}

template <typename Scalar>
void CoordinatePass<Scalar>::makeCodePart(const RowBlock<Scalar>& codes)
{
    m_batch = codes.rows;
    m_products.multiply(codes, m_codeLayer.value, false, m_codePart.block(0, m_batch));
}

template <typename Scalar>
void CoordinatePass<Scalar>::forwardBlock(Member& member, std::size_t first, std::size_t count,
    const Scalar* codePart, bool withCurve)
{
    Level& start = member.levels.front();
    for (std::size_t i = 0; i < count; ++i) {
        auto row = line(start.value.row(i), m_width);
        row = line(m_wavelengthPart.row(first + i), m_width);
        if (codePart != nullptr)
            row += Eigen::Map<const Eigen::Array<Scalar, 1, Eigen::Dynamic>>(
                codePart, static_cast<Eigen::Index>(m_width));
    }
    for (std::size_t l = 0; l < m_tail.size(); ++l) {
        Level& level = member.levels[l];
        for (std::size_t i = 0; i < count; ++i)
            kernels::activate(m_spec.activation, m_frequency, level.value.row(i),
                level.slope.row(i), withCurve ? level.curve.row(i) : nullptr, level.value.cols());
        const bool last = l + 1 == m_tail.size();
        member.products.multiply(level.value.block(0, count), m_tail[l].value, true,
            last ? member.out.block(0, count) : member.levels[l + 1].value.block(0, count));
    }
}

template <typename Scalar>
void CoordinatePass<Scalar>::backwardBlock(Member& member, std::size_t count, bool withGradients)
{
    for (std::size_t l = m_tail.size(); l-- > 0;) {
        Level& level = member.levels[l];
        const bool last = l + 1 == m_tail.size();
        const RowBlock<Scalar> d
            = last ? member.dOut.block(0, count) : member.levels[l + 1].dSum.block(0, count);
        if (withGradients)
            member.products.gradient(
                level.value.block(0, count), d, count, member.gradients[l], true);
        member.products.multiplyTransposed(d, m_tail[l].value, level.dValue.block(0, count));
        level.dSum.block(0, count).map() = level.dValue.block(0, count).map().cwiseProduct(
            level.slope.block(0, count).map());
    }
}

template <typename Scalar>
void CoordinatePass<Scalar>::originBlock(Member& member, std::size_t first, std::size_t count)
{
    forwardBlock(member, first, count, nullptr, false);
    for (std::size_t i = 0; i < count; ++i) {
        m_origin.row(0)[first + i] = m_mean + m_scale * member.out.row(i)[0];
        member.dOut.row(i)[0] = m_scale;
    }
    backwardBlock(member, count, false);
    Rows<Scalar> jacobian(count, m_latent);
    member.products.multiplyTransposed(
        member.levels.front().dSum.block(0, count), m_codeLayer.value, jacobian.all());
    for (std::size_t d = 0; d < m_latent; ++d)
        for (std::size_t i = 0; i < count; ++i)
            m_origin.row(1 + d)[first + i] = jacobian.row(i)[d];
}

template <typename Scalar> RowBlock<Scalar> CoordinatePass<Scalar>::origin()
{
    makeWavelengthPart();
    forEachBlock(1, [this](Member& member, std::size_t, std::size_t first, std::size_t count) {
        originBlock(member, first, count);
    });
    return m_origin.all();
}

template <typename Scalar>
RowBlock<Scalar> CoordinatePass<Scalar>::forward(const RowBlock<Scalar>& codes)
{
    makeWavelengthPart();
    makeCodePart(codes);
    forEachBlock(m_batch,
        [this](Member& member, std::size_t spectrum, std::size_t first, std::size_t count) {
            forwardBlock(member, first, count, m_codePart.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i)
                m_output.row(spectrum)[first + i] = m_mean + m_scale * member.out.row(i)[0];
        });
    return m_output.block(0, m_batch);
}

template <typename Scalar>
double CoordinatePass<Scalar>::fit(const RowBlock<Scalar>& codes, const RowBlock<Scalar>& data,
    const RowBlock<Scalar>& weight, double share, const RowBlock<Scalar>& dCodes)
{
    makeWavelengthPart();
    makeCodePart(codes);
    m_codes.block(0, m_batch).map() = codes.map();
    for (auto& member : m_members) {
        for (Weights<Scalar>& gradient : member->gradients)
            gradient = Weights<Scalar>(gradient.fanIn(), gradient.fanOut(), false);
        member->dWavelength.all().map().setZero();
        member->dCode.all().map().setZero();
        member->dCodeWeights = nn::Matrix<Scalar>::Zero(
            static_cast<Eigen::Index>(m_latent), static_cast<Eigen::Index>(m_width));
        std::fill(member->chi2.begin(), member->chi2.end(), 0.0);
    }
    forEachBlock(m_batch,
        [&](Member& member, std::size_t spectrum, std::size_t first, std::size_t count) {
            forwardBlock(member, first, count, m_codePart.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i) {
                const Scalar residual = m_mean + m_scale * member.out.row(i)[0]
                    - data.row(spectrum)[first + i];
                const Scalar weighted = weight.row(spectrum)[first + i] * residual;
                member.chi2[spectrum] += static_cast<double>(weighted * residual);
                member.dOut.row(i)[0] = static_cast<Scalar>(share) * weighted * m_scale;
            }
            backwardBlock(member, count, true);
            Level& start = member.levels.front();
            auto sum = line(member.dCode.row(spectrum), m_width);
            for (std::size_t i = 0; i < count; ++i) {
                const auto d = line(start.dSum.row(i), m_width);
                sum += d;
                line(member.dWavelength.row(first + i), m_width) += d;
            }
        });
    m_dSum.all().map().setZero();
    double chi2 = 0.0;
    for (auto& member : m_members) {
        m_dSum.all().map() += member->dCode.all().map();
        chi2 += std::accumulate(member->chi2.begin(), member->chi2.end(), 0.0);
    }
    Rows<Scalar> back(m_batch, m_latent);
    m_products.multiplyTransposed(m_dSum.block(0, m_batch), m_codeLayer.value, back.all());
    dCodes.map() = back.all().map();
    return chi2;
}

template <typename Scalar>
void CoordinatePass<Scalar>::linearise(const RowBlock<Scalar>& codes,
    const RowBlock<Scalar>& values, const RowBlock<Scalar>& jacobians)
{
    makeWavelengthPart();
    Rows<Scalar> part(codes.rows, m_width);
    m_products.multiply(codes, m_codeLayer.value, false, part.all());
    forEachBlock(codes.rows,
        [&](Member& member, std::size_t spectrum, std::size_t first, std::size_t count) {
            forwardBlock(member, first, count, part.row(spectrum), false);
            for (std::size_t i = 0; i < count; ++i) {
                values.row(spectrum)[first + i] = m_mean + m_scale * member.out.row(i)[0];
                member.dOut.row(i)[0] = m_scale;
            }
            backwardBlock(member, count, false);
            Rows<Scalar> jacobian(count, m_latent);
            member.products.multiplyTransposed(
                member.levels.front().dSum.block(0, count), m_codeLayer.value, jacobian.all());
            for (std::size_t d = 0; d < m_latent; ++d)
                for (std::size_t i = 0; i < count; ++i)
                    jacobians.row(spectrum * m_latent + d)[first + i] = jacobian.row(i)[d];
        });
}

template <typename Scalar> RowBlock<Scalar> CoordinatePass<Scalar>::originDeltas()
{
    return m_originDeltas.all();
}

/// Σ_p ḡ₀ g₀ + J̄_p·J_p: the second part is the derivative of F_p along J̄_p.
template <typename Scalar>
void CoordinatePass<Scalar>::backwardOriginBlock(
    Member& member, std::size_t first, std::size_t count)
{
    forwardBlock(member, first, count, nullptr, true);
    Rows<Scalar> direction(count, m_latent);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t d = 0; d < m_latent; ++d)
            direction.row(i)[d] = m_originDeltas.row(1 + d)[first + i];
    // Forward along the direction.
    member.products.multiply(direction.all(), m_codeLayer.value, false,
        member.levels.front().tangent.block(0, count));
    std::vector<Rows<Scalar>> before; // Ra of every level
    for (std::size_t l = 0; l < m_tail.size(); ++l) {
        Level& level = member.levels[l];
        Rows<Scalar> ra(count, level.value.cols());
        ra.all().map() = level.tangent.block(0, count).map();
        before.push_back(std::move(ra));
        level.tangent.block(0, count).map().array() *= level.slope.block(0, count).map().array();
        if (l + 1 < m_tail.size())
            member.products.multiply(level.tangent.block(0, count), m_tail[l].value, false,
                member.levels[l + 1].tangent.block(0, count));
    }
    // Back, with the cotangents of values and tangents.
    for (std::size_t i = 0; i < count; ++i) {
        member.dOut.row(i)[0] = m_scale * m_originDeltas.row(0)[first + i];
        member.dTangentOut.row(i)[0] = m_scale;
    }
    for (std::size_t l = m_tail.size(); l-- > 0;) {
        Level& level = member.levels[l];
        const bool last = l + 1 == m_tail.size();
        const RowBlock<Scalar> d
            = last ? member.dOut.block(0, count) : member.levels[l + 1].dSum.block(0, count);
        const RowBlock<Scalar> dTangent = last ? member.dTangentOut.block(0, count)
                                               : member.levels[l + 1].dTangent.block(0, count);
        member.products.gradient(level.value.block(0, count), d, count, member.gradients[l], true);
        member.products.gradient(
            level.tangent.block(0, count), dTangent, 0, member.gradients[l], true);
        member.products.multiplyTransposed(d, m_tail[l].value, level.dValue.block(0, count));
        member.products.multiplyTransposed(
            dTangent, m_tail[l].value, level.dTangent.block(0, count));
        const auto slope = level.slope.block(0, count).map();
        const auto dRh = level.dTangent.block(0, count).map();
        level.dSum.block(0, count).map() = slope.cwiseProduct(level.dValue.block(0, count).map())
            + level.curve.block(0, count).map().cwiseProduct(
                before[l].all().map().cwiseProduct(dRh));
        level.dTangent.block(0, count).map() = slope.cwiseProduct(dRh).eval();
    }
    Level& start = member.levels.front();
    for (std::size_t i = 0; i < count; ++i)
        line(member.dWavelength.row(first + i), m_width) += line(start.dSum.row(i), m_width);
    member.dCodeWeights.noalias()
        += direction.all().map().transpose() * start.dTangent.block(0, count).map();
}

template <typename Scalar> void CoordinatePass<Scalar>::gradients(bool throughOrigin)
{
    if (throughOrigin)
        forEachBlock(1, [this](Member& member, std::size_t, std::size_t first, std::size_t count) {
            backwardOriginBlock(member, first, count);
        });
    collect();
}

template <typename Scalar> void CoordinatePass<Scalar>::collect()
{
    for (std::size_t l = 0; l < m_tail.size(); ++l) {
        m_tail[l].gradient = Weights<Scalar>(m_tail[l].fanIn(), m_tail[l].fanOut(), false);
        for (auto& member : m_members)
            addWeights(m_tail[l].gradient, member->gradients[l]);
    }
    Rows<Scalar>& dWavelength = m_members.front()->dWavelength;
    nn::Matrix<Scalar> dCodeWeights = m_members.front()->dCodeWeights;
    for (std::size_t i = 1; i < m_members.size(); ++i) {
        dWavelength.all().map() += m_members[i]->dWavelength.all().map();
        dCodeWeights += m_members[i]->dCodeWeights;
    }
    m_products.gradient(
        blockOf(m_features), dWavelength.all(), m_pixels, m_wavelengthLayer.gradient);
    m_products.gradient(
        m_codes.block(0, m_batch), m_dSum.block(0, m_batch), 0, m_codeLayer.gradient);
    auto dense = m_codeLayer.gradient.toDense();
    dense.weights += dCodeWeights;
    m_codeLayer.gradient.assign(dense);
}

template <typename Scalar> std::vector<TrainedLayer<Scalar>*> CoordinatePass<Scalar>::layers()
{
    std::vector<TrainedLayer<Scalar>*> result { &m_wavelengthLayer, &m_codeLayer };
    for (auto& layer : m_tail)
        result.push_back(&layer);
    return result;
}

template class CoordinatePass<float>;
template class CoordinatePass<double>;

} // namespace maury::gon
