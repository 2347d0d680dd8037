#include "core/gon/latent_state.h"

#include "core/base/contract.h"

#include <algorithm>
#include <cmath>

namespace maury::gon {
namespace {

using base::ErrorCode;
using base::Result;
using Eigen::Index;

constexpr Index kChunk = 256; ///< spectra whose products are made together
constexpr Index kIteratedChunk = 16; ///< spectra whose Jacobians are held together
constexpr int kHalvings = 4; ///< of a step that does not lower the objective

RowBlock<float> blockOf(Matrix& matrix)
{
    const auto cols = static_cast<std::size_t>(matrix.cols());
    return { matrix.data(), static_cast<std::size_t>(matrix.rows()), cols, cols };
}

} // namespace

LatentInference::State::State(GonModelPtr of, int threads)
    : model(std::move(of))
    , m_products(threads > 0 ? threads : base::defaultThreadCount())
{
    const DecoderSpec& spec = model->decoder;
    const bool affine = model->inference != InferenceKind::Encoder;
    m_decoder = makeDecoderPass<float>(spec, model->wavelengthAngstrom,
        static_cast<std::size_t>(kChunk), affine, model->parameters, m_products);
    const auto latent = static_cast<Index>(model->latent());
    m_priorPrecision = model->prior.covariance.rows() == latent
        ? Eigen::MatrixXd(model->prior.covariance.ldlt().solve(
            Eigen::MatrixXd::Identity(latent, latent)))
        : Eigen::MatrixXd::Identity(latent, latent);
    if (!affine) {
        m_encoder = std::make_unique<DensePass<float>>(
            DensePass<float>::Shape { static_cast<std::size_t>(kChunk), model->pixels(),
                model->latent(), false, false, false, spec.activation, 1.0 },
            model->extra.encoder, std::span<const float>(), m_products);
        return;
    }
    m_affine.emplace(model->inference, model->stepSize, model->latent(), model->pixels(),
        static_cast<std::size_t>(kChunk), m_products);
    m_affine->setOrigin(m_decoder->origin());
    if (model->inference == InferenceKind::LearnedStep)
        m_affine->setSteps(model->extra.step.data());
}

template <typename Function>
void LatentInference::State::forEachRow(Index rows, const Function& function)
{
    m_products.team().run([&](int member) {
        const auto mine = m_products.team().share(rows, member);
        for (std::int64_t i = mine.begin; i < mine.end; ++i)
            function(static_cast<Index>(i));
    });
}

Result<void> LatentInference::State::checkSet(const SpectrumSet& set) const
{
    if (const auto valid = check(set); !valid)
        return valid;
    return checkSameGrid(set.wavelengthAngstrom, model->wavelengthAngstrom, set.source);
}

void LatentInference::State::takeChunk(
    const SpectrumSet& set, Index first, Index count, Chunk& chunk)
{
    const auto pixels = static_cast<Index>(model->pixels());
    chunk.data.resize(count, pixels);
    chunk.weight.resize(count, pixels);
    const Eigen::Map<const Eigen::Array<float, 1, Eigen::Dynamic>> window(
        model->windowWeight.data(), pixels);
    forEachRow(count, [&](Index row) {
        const auto ivar = set.ivar.row(first + row).array();
        chunk.weight.row(row).array() = ivar * window;
        chunk.data.row(row).array()
            = (ivar > 0.0F).select(set.flux.row(first + row).array(), 0.0F);
    });
}

void LatentInference::State::startEncoder(Chunk& chunk)
{
    const auto pixels = static_cast<Index>(model->pixels());
    const Eigen::Map<const Eigen::RowVectorXf> mean(model->extra.inputMean.data(), pixels);
    const Eigen::Map<const Eigen::RowVectorXf> scale(model->extra.inputScale.data(), pixels);
    Matrix input = chunk.data.rowwise() - mean;
    input.array().rowwise() /= scale.array();
    input = (chunk.weight.array() > 0.0F).select(input, 0.0F);
    chunk.codes = m_encoder->forward(blockOf(input)).map();
}

/// The model's own inference, of any size of chunk.
void LatentInference::State::start(Chunk& chunk)
{
    const auto latent = static_cast<Index>(model->latent());
    chunk.codes.resize(chunk.data.rows(), latent);
    if (m_encoder)
        startEncoder(chunk);
    else
        m_affine->encode(blockOf(chunk.data), blockOf(chunk.weight), blockOf(chunk.codes));
    const auto& mean = model->extra.posteriorMean;
    if (mean.weights.size() > 0)
        chunk.codes = ((chunk.codes * mean.weights).rowwise() + mean.biases).eval();
}

void LatentInference::State::decodeChunk(const Matrix& codes, Matrix& flux)
{
    flux.resize(codes.rows(), static_cast<Index>(model->pixels()));
    for (Index first = 0; first < codes.rows(); first += kChunk) {
        const Index count = std::min(kChunk, codes.rows() - first);
        Matrix part = codes.middleRows(first, count);
        flux.middleRows(first, count) = m_decoder->forward(blockOf(part)).map();
    }
}

void LatentInference::State::linearise(const Matrix& codes)
{
    const auto rows = static_cast<std::size_t>(codes.rows());
    if (m_values.rows() < rows) {
        m_values = Rows<float>(rows, model->pixels());
        m_jacobians = Rows<float>(rows * model->latent(), model->pixels());
    }
    Matrix copy = codes;
    m_decoder->linearise(
        blockOf(copy), m_values.block(0, rows), m_jacobians.block(0, rows * model->latent()));
}

double LatentInference::State::objective(const Chunk& chunk, Index row,
    const Eigen::RowVectorXf& code, const Eigen::RowVectorXf& flux) const
{
    const Eigen::VectorXd off = code.transpose().cast<double>() - model->prior.mean;
    const auto residual = chunk.data.row(row).array() - flux.array();
    return static_cast<double>((chunk.weight.row(row).array() * residual.square()).sum())
        + off.dot(m_priorPrecision * off);
}

/// JᵀWJ of the last linearise() plus the prior's precision.
Eigen::MatrixXd LatentInference::State::posteriorPrecision(
    const Chunk& chunk, Index row, bool iterated) const
{
    auto& self = const_cast<State&>(*this); // blocks are handed out for writing
    const auto block = self.m_jacobians
                           .block(static_cast<std::size_t>(row) * model->latent(), model->latent())
                           .map();
    const Matrix weighted
        = (block.array().rowwise() * chunk.weight.row(row).array()).matrix();
    Eigen::MatrixXd precision = (weighted * block.transpose()).cast<double>();
    if (iterated)
        precision += m_priorPrecision;
    else
        precision.diagonal().array() += 1.0;
    return precision;
}

void LatentInference::State::iterate(Chunk& chunk, int iterations)
{
    const Index rows = chunk.codes.rows();
    const auto latent = static_cast<Index>(model->latent());
    decodeChunk(chunk.codes, chunk.flux);
    std::vector<double> best(static_cast<std::size_t>(rows));
    for (Index row = 0; row < rows; ++row)
        best[static_cast<std::size_t>(row)]
            = objective(chunk, row, chunk.codes.row(row), chunk.flux.row(row));
    for (int iteration = 0; iteration < iterations; ++iteration) {
        linearise(chunk.codes);
        Matrix step(rows, latent);
        forEachRow(rows, [&](Index row) {
            const auto jacobian
                = m_jacobians.block(static_cast<std::size_t>(row) * model->latent(), model->latent())
                      .map();
            const Eigen::VectorXf weighted = (chunk.weight.row(row).array()
                * (chunk.data.row(row).array() - chunk.flux.row(row).array()))
                                                 .matrix()
                                                 .transpose();
            const Eigen::VectorXd off
                = chunk.codes.row(row).transpose().cast<double>() - model->prior.mean;
            const Eigen::VectorXd right
                = (jacobian * weighted).cast<double>() - m_priorPrecision * off;
            step.row(row) = posteriorPrecision(chunk, row, true)
                                .llt()
                                .solve(right)
                                .transpose()
                                .cast<float>();
        });
        std::vector<std::uint8_t> done(static_cast<std::size_t>(rows), 0);
        for (int halving = 0; halving < kHalvings; ++halving) {
            const Matrix tried
                = chunk.codes + step * static_cast<float>(std::ldexp(1.0, -halving));
            Matrix flux;
            decodeChunk(tried, flux);
            bool left = false;
            for (Index row = 0; row < rows; ++row) {
                auto& finished = done[static_cast<std::size_t>(row)];
                if (finished != 0)
                    continue;
                const double value = objective(chunk, row, tried.row(row), flux.row(row));
                if (!(value <= best[static_cast<std::size_t>(row)])) {
                    left = true;
                    continue;
                }
                finished = 1;
                best[static_cast<std::size_t>(row)] = value;
                chunk.codes.row(row) = tried.row(row);
                chunk.flux.row(row) = flux.row(row);
                step.row(row).setZero();
            }
            if (!left)
                break;
        }
    }
}

void LatentInference::State::finish(const Chunk& chunk, Index first, const EncodeOptions& options,
    Encoding& encoding, Reconstruction* reconstruction)
{
    const Index rows = chunk.codes.rows();
    const auto latent = static_cast<double>(model->latent());
    encoding.codes.middleRows(first, rows) = chunk.codes;
    if (options.covariance)
        linearise(chunk.codes);
    forEachRow(rows, [&](Index row) {
        const auto at = static_cast<std::size_t>(first + row);
        const auto weight = chunk.weight.row(row).array();
        const auto used = static_cast<double>((weight > 0.0F).count());
        encoding.dof[at] = std::max(1.0, used - latent);
        if (options.fit)
            encoding.chi2[at] = static_cast<double>(
                (weight * (chunk.data.row(row).array() - chunk.flux.row(row).array()).square())
                    .sum());
        if (encoding.usable[at] == 0)
            encoding.codes.row(first + row).setZero();
        if (!options.covariance)
            return;
        const Eigen::MatrixXd precision = posteriorPrecision(chunk, row, options.iterations > 0);
        encoding.covariance[at]
            = precision.llt().solve(Eigen::MatrixXd::Identity(precision.rows(), precision.cols()));
        if (reconstruction == nullptr)
            return;
        const auto jacobian
            = m_jacobians.block(static_cast<std::size_t>(row) * model->latent(), model->latent())
                  .map();
        const Matrix spread = encoding.covariance[at].cast<float>() * jacobian;
        reconstruction->flux.row(first + row) = chunk.flux.row(row);
        reconstruction->sigma.row(first + row)
            = spread.cwiseProduct(jacobian).colwise().sum().cwiseMax(0.0F).cwiseSqrt();
    });
}

Result<Encoding> LatentInference::State::encode(const SpectrumSet& set,
    const EncodeOptions& options, Reconstruction* reconstruction, const std::stop_token& stop)
{
    const std::scoped_lock lock(m_mutex);
    const auto spectra = static_cast<Index>(set.spectra());
    Encoding encoding;
    encoding.codes.resize(spectra, static_cast<Index>(model->latent()));
    encoding.chi2.resize(set.spectra());
    encoding.dof.resize(set.spectra(), 1.0);
    encoding.usable.resize(set.spectra());
    if (options.covariance)
        encoding.covariance.resize(set.spectra());
    if (reconstruction != nullptr) {
        reconstruction->flux.resize(spectra, static_cast<Index>(model->pixels()));
        reconstruction->sigma.resizeLike(reconstruction->flux);
    }
    for (std::size_t i = 0; i < set.spectra(); ++i)
        encoding.usable[i] = isUsable(set, i) ? 1 : 0;
    const Index together
        = options.iterations > 0 || options.covariance ? kIteratedChunk : kChunk;
    Chunk chunk;
    for (Index first = 0; first < spectra; first += together) {
        if (stop.stop_requested())
            return base::failure(ErrorCode::Cancelled, "encoding");
        takeChunk(set, first, std::min(together, spectra - first), chunk);
        start(chunk);
        if (options.iterations > 0)
            iterate(chunk, options.iterations);
        else if (options.fit || options.covariance)
            decodeChunk(chunk.codes, chunk.flux);
        finish(chunk, first, options, encoding, reconstruction);
    }
    return encoding;
}

Matrix LatentInference::State::decode(const Matrix& codes)
{
    EXPECTS(codes.cols() == static_cast<Index>(model->latent()));
    const std::scoped_lock lock(m_mutex);
    Matrix flux;
    decodeChunk(codes, flux);
    return flux;
}

LatentInference::Linearisation LatentInference::State::linearisation(const Matrix& codes)
{
    EXPECTS(codes.cols() == static_cast<Index>(model->latent()));
    const std::scoped_lock lock(m_mutex);
    linearise(codes);
    const auto rows = static_cast<std::size_t>(codes.rows());
    return { m_values.block(0, rows).map(), m_jacobians.block(0, rows * model->latent()).map() };
}

} // namespace maury::gon
