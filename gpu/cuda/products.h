#pragma once

#include "core/train/training_config.h"
#include "gpu/cuda/handles.h"
#include "gpu/device.h"

#include <compare>
#include <map>
#include <optional>

namespace maury::gpu {

/// Products by cuBLASLt. How to compute a product of a shape is chosen once: of the library's
/// proposals the one that was fastest here. Proposals that add up in an order that changes from run
/// to run are not asked for.
class CudaProducts {
public:
    /// Errors: BackendFailed.
    static base::Result<CudaProducts> make(train::Precision precision);

    /// False when the library has no way to compute the product with its epilogue.
    base::Result<bool> prepare(const Product& product);
    /// Precondition: prepared. `stream` numbers the workspace, of which each stream has its own.
    base::Result<void> multiply(const Product& product, cudaStream_t stream, std::size_t number);

private:
    /// All that the choice depends on.
    struct Shape {
        int rows = 0;
        int columns = 0;
        int depth = 0;
        int strideA = 0;
        int strideB = 0;
        int strideC = 0;
        bool transposedA = false;
        bool transposedB = false;
        bool scaled = false;
        bool keepsAux = false;
        Epilogue epilogue = Epilogue::None;

        auto operator<=>(const Shape&) const = default;
    };
    struct Way {
        ProductDescription description;
        MatrixLayout a; ///< of cuBLASLt's A, which is our B
        MatrixLayout b;
        MatrixLayout c;
        cublasLtMatmulAlgo_t algorithm {};
    };
    struct Scratch;

    explicit CudaProducts(train::Precision precision)
        : m_precision(precision)
    {
    }
    static Shape shapeOf(const Product& product);
    base::Result<Way> describe(const Product& product) const;
    static base::Result<void> point(const Way& way, const Product& product);
    base::Result<std::optional<cublasLtMatmulAlgo_t>> choose(
        const Way& way, const Product& product);
    base::Result<float> time(const Way& way, const Product& product, const Scratch& scratch,
        const cublasLtMatmulAlgo_t& algorithm) const;
    base::Result<void> run(const Way& way, const Product& product,
        const cublasLtMatmulAlgo_t& algorithm, cudaStream_t stream, std::size_t number) const;

    train::Precision m_precision;
    CublasHandle m_handle;
    CudaStream m_trial;
    CudaMemory m_workspaces[kStreams];
    std::map<Shape, std::optional<Way>> m_ways;
};

} // namespace maury::gpu
