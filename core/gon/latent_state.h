#pragma once

#include "core/gon/affine_inference.h"
#include "core/gon/decoder_factory.h"
#include "core/gon/dense_pass.h"
#include "core/gon/latent_inference.h"

#include <Eigen/Cholesky>

#include <mutex>

namespace maury::gon {

/// The working memory behind a LatentInference. One call at a time (a mutex sees to it).
class LatentInference::State {
public:
    State(GonModelPtr of, int threads);

    [[nodiscard]] base::Result<void> checkSet(const SpectrumSet& set) const;
    /// `reconstruction`: its flux and sigma are made too; may be null.
    base::Result<Encoding> encode(const SpectrumSet& set, const EncodeOptions& options,
        Reconstruction* reconstruction, const std::stop_token& stop);
    Matrix decode(const Matrix& codes);
    LatentInference::Linearisation linearisation(const Matrix& codes);

    GonModelPtr model;

private:
    /// Spectra that are worked on together.
    struct Chunk {
        Matrix data; ///< [rows, pixels] 0 where not used
        Matrix weight; ///< ivar times line windows
        Matrix codes; ///< [rows, latent]
        Matrix flux; ///< F(codes)
    };

    void takeChunk(const SpectrumSet& set, Eigen::Index first, Eigen::Index count, Chunk& chunk);
    void start(Chunk& chunk);
    void startEncoder(Chunk& chunk);
    void iterate(Chunk& chunk, int iterations);
    /// −log posterior times two.
    [[nodiscard]] double objective(const Chunk& chunk, Eigen::Index row,
        const Eigen::RowVectorXf& code, const Eigen::RowVectorXf& flux) const;
    void decodeChunk(const Matrix& codes, Matrix& flux);
    void linearise(const Matrix& codes);
    [[nodiscard]] Eigen::MatrixXd posteriorPrecision(
        const Chunk& chunk, Eigen::Index row, bool iterated) const;
    void finish(const Chunk& chunk, Eigen::Index first, const EncodeOptions& options,
        Encoding& encoding, Reconstruction* reconstruction);
    template <typename Function> void forEachRow(Eigen::Index rows, const Function& function);

    std::mutex m_mutex;
    Products<float> m_products;
    std::unique_ptr<DecoderPass<float>> m_decoder;
    std::unique_ptr<DensePass<float>> m_encoder;
    std::optional<AffineInference<float>> m_affine;
    Eigen::MatrixXd m_priorPrecision;
    Rows<float> m_values; ///< of linearise()
    Rows<float> m_jacobians;
};

} // namespace maury::gon
