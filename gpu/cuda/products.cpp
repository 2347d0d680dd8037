#include "gpu/cuda/products.h"

#include "core/base/contract.h"
#include "gpu/cuda/call.h"

#include <algorithm>
#include <array>
#include <limits>

namespace maury::gpu {
namespace {

using base::Result;

constexpr std::size_t kWorkspaceBytes = 32U << 20U; ///< what cuBLAS itself takes on Hopper
constexpr int kProposals = 12;
constexpr int kTrials = 5; ///< of which the median counts
constexpr int kProductsOfATrial = 4;

template <typename T>
cublasStatus_t setAttribute(
    cublasLtMatmulDesc_t description, cublasLtMatmulDescAttributes_t attribute, const T& value)
{
    return cublasLtMatmulDescSetAttribute(description, attribute, &value, sizeof(value));
}

template <typename T>
cublasStatus_t setPreference(cublasLtMatmulPreference_t preference,
    cublasLtMatmulPreferenceAttributes_t attribute, const T& value)
{
    return cublasLtMatmulPreferenceSetAttribute(preference, attribute, &value, sizeof(value));
}

cublasLtEpilogue_t epilogueOf(const Product& product)
{
    switch (product.epilogue) {
    case Epilogue::None:
        return CUBLASLT_EPILOGUE_DEFAULT;
    case Epilogue::BiasGelu:
        return product.aux != nullptr ? CUBLASLT_EPILOGUE_GELU_AUX_BIAS
                                      : CUBLASLT_EPILOGUE_GELU_BIAS;
    case Epilogue::GeluGradient:
        return CUBLASLT_EPILOGUE_DGELU;
    }
    return CUBLASLT_EPILOGUE_DEFAULT;
}

/// A row-major matrix is the column-major one of its transpose: the same numbers.
Result<MatrixLayout> layoutOf(int rows, int columns, int stride)
{
    cublasLtMatrixLayout_t layout = nullptr;
    MAURY_CUDA_TRY(cublasLtMatrixLayoutCreate, &layout, CUDA_R_32F,
        static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows), stride);
    return MatrixLayout(layout);
}

Result<CudaMemory> deviceMemory(std::size_t bytes)
{
    void* memory = nullptr;
    MAURY_CUDA_TRY(cudaMalloc, &memory, bytes);
    return CudaMemory(memory);
}

Result<CudaEvent> timedEvent()
{
    cudaEvent_t event = nullptr;
    MAURY_CUDA_TRY(cudaEventCreate, &event);
    return CudaEvent(event);
}

} // namespace

/// Where trials write, so that they change nothing.
struct CudaProducts::Scratch {
    CudaMemory c;
    CudaMemory aux;
    CudaMemory scales;
    CudaEvent begin;
    CudaEvent end;
};

Result<CudaProducts> CudaProducts::make(train::Precision precision)
{
    CudaProducts products(precision);
    cublasLtHandle_t handle = nullptr;
    MAURY_CUDA_TRY(cublasLtCreate, &handle);
    products.m_handle.reset(handle);
    cudaStream_t stream = nullptr;
    MAURY_CUDA_TRY(cudaStreamCreateWithFlags, &stream, cudaStreamNonBlocking);
    products.m_trial.reset(stream);
    for (CudaMemory& workspace : products.m_workspaces) {
        auto memory = deviceMemory(kWorkspaceBytes);
        if (!memory)
            return base::Unexpected(memory.error());
        workspace = *std::move(memory);
    }
    return products;
}

CudaProducts::Shape CudaProducts::shapeOf(const Product& product)
{
    return { product.rows, product.columns, product.depth, product.strideA, product.strideB,
        product.strideC, product.transposedA, product.transposedB, product.scales != nullptr,
        product.aux != nullptr, product.epilogue };
}

Result<bool> CudaProducts::prepare(const Product& product)
{
    const Shape shape = shapeOf(product);
    const auto known = m_ways.find(shape);
    if (known != m_ways.end())
        return known->second.has_value();
    auto way = describe(product);
    if (!way)
        return base::Unexpected(way.error());
    const auto algorithm = choose(*way, product);
    if (!algorithm)
        return base::Unexpected(algorithm.error());
    if (!algorithm->has_value() && product.epilogue == Epilogue::None)
        return base::failure(base::ErrorCode::BackendFailed, "cublasLtMatmulAlgoGetHeuristic",
            "no algorithm for a plain product of float32");
    std::optional<Way>& place = m_ways[shape];
    if (algorithm->has_value()) {
        place = *std::move(way);
        place->algorithm = **algorithm;
    }
    return place.has_value();
}

Result<void> CudaProducts::multiply(const Product& product, cudaStream_t stream, std::size_t number)
{
    const auto known = m_ways.find(shapeOf(product));
    EXPECTS(known != m_ways.end() && known->second);
    const Way& way = *known->second;
    if (const auto ready = point(way, product); !ready)
        return ready;
    return run(way, product, way.algorithm, stream, number);
}

/// Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ: our B is the library's A and the other way round,
/// each as it lies.
Result<CudaProducts::Way> CudaProducts::describe(const Product& product) const
{
    Way way;
    const auto compute
        = m_precision == train::Precision::Tf32 ? CUBLAS_COMPUTE_32F_FAST_TF32 : CUBLAS_COMPUTE_32F;
    cublasLtMatmulDesc_t description = nullptr;
    MAURY_CUDA_TRY(cublasLtMatmulDescCreate, &description, compute, CUDA_R_32F);
    way.description.reset(description);
    const cublasOperation_t ofB = product.transposedB ? CUBLAS_OP_T : CUBLAS_OP_N;
    const cublasOperation_t ofA = product.transposedA ? CUBLAS_OP_T : CUBLAS_OP_N;
    MAURY_CUDA_TRY(setAttribute, description, CUBLASLT_MATMUL_DESC_TRANSA, ofB);
    MAURY_CUDA_TRY(setAttribute, description, CUBLASLT_MATMUL_DESC_TRANSB, ofA);
    MAURY_CUDA_TRY(setAttribute, description, CUBLASLT_MATMUL_DESC_EPILOGUE, epilogueOf(product));
    if (product.scales != nullptr)
        MAURY_CUDA_TRY(setAttribute, description, CUBLASLT_MATMUL_DESC_POINTER_MODE,
            CUBLASLT_POINTER_MODE_DEVICE);
    if (product.aux != nullptr)
        MAURY_CUDA_TRY(setAttribute, description, CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD,
            static_cast<std::int64_t>(product.strideC));
    auto a = product.transposedB ? layoutOf(product.columns, product.depth, product.strideB)
                                 : layoutOf(product.depth, product.columns, product.strideB);
    auto b = product.transposedA ? layoutOf(product.depth, product.rows, product.strideA)
                                 : layoutOf(product.rows, product.depth, product.strideA);
    auto c = layoutOf(product.rows, product.columns, product.strideC);
    for (const auto* layout : { &a, &b, &c })
        if (!*layout)
            return base::Unexpected(layout->error());
    way.a = *std::move(a);
    way.b = *std::move(b);
    way.c = *std::move(c);
    if (const auto ready = point(way, product); !ready)
        return base::Unexpected(ready.error());
    return way;
}

Result<void> CudaProducts::point(const Way& way, const Product& product)
{
    if (product.epilogue == Epilogue::BiasGelu)
        MAURY_CUDA_TRY(
            setAttribute, way.description.get(), CUBLASLT_MATMUL_DESC_BIAS_POINTER, product.bias);
    if (product.aux != nullptr)
        MAURY_CUDA_TRY(setAttribute, way.description.get(),
            CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, product.aux);
    return {};
}

Result<std::optional<cublasLtMatmulAlgo_t>> CudaProducts::choose(
    const Way& way, const Product& product)
{
    cublasLtMatmulPreference_t created = nullptr;
    MAURY_CUDA_TRY(cublasLtMatmulPreferenceCreate, &created);
    const ProductPreference preference(created);
    MAURY_CUDA_TRY(setPreference, created, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES,
        std::size_t { kWorkspaceBytes });
    MAURY_CUDA_TRY(setPreference, created, CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK,
        static_cast<std::uint32_t>(
            CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE | CUBLASLT_REDUCTION_SCHEME_OUTPUT_TYPE));
    std::array<cublasLtMatmulHeuristicResult_t, kProposals> proposals {};
    int count = 0;
    const cublasStatus_t found
        = cublasLtMatmulAlgoGetHeuristic(m_handle.get(), way.description.get(), way.a.get(),
            way.b.get(), way.c.get(), way.c.get(), created, kProposals, proposals.data(), &count);
    if (found == CUBLAS_STATUS_NOT_SUPPORTED || (found == CUBLAS_STATUS_SUCCESS && count == 0))
        return std::optional<cublasLtMatmulAlgo_t> {};
    if (const auto outcome
        = outcomeOf(found, { "cublasLtMatmulAlgoGetHeuristic", __FILE__, __LINE__ });
        !outcome)
        return base::Unexpected(outcome.error());

    const std::size_t bytes = static_cast<std::size_t>(product.rows)
        * static_cast<std::size_t>(product.strideC) * sizeof(float);
    auto c = deviceMemory(bytes);
    auto aux = deviceMemory(bytes);
    auto scales = deviceMemory(2 * sizeof(float));
    for (const auto* memory : { &c, &aux, &scales })
        if (!*memory)
            return base::Unexpected(memory->error());
    auto begin = timedEvent();
    auto end = timedEvent();
    for (const auto* event : { &begin, &end })
        if (!*event)
            return base::Unexpected(event->error());
    const Scratch scratch { *std::move(c), *std::move(aux), *std::move(scales), *std::move(begin),
        *std::move(end) };
    for (void* memory : { scratch.c.get(), scratch.aux.get() })
        MAURY_CUDA_TRY(cudaMemsetAsync, memory, 0, bytes, m_trial.get());
    static constexpr float kOnes[2] = { 1.0F, 1.0F };
    MAURY_CUDA_TRY(cudaMemcpyAsync, scratch.scales.get(), kOnes, sizeof(kOnes),
        cudaMemcpyHostToDevice, m_trial.get());

    std::optional<cublasLtMatmulAlgo_t> best;
    float shortest = std::numeric_limits<float>::infinity();
    for (int at = 0; at < count; ++at) {
        const auto& proposal = proposals[static_cast<std::size_t>(at)];
        if (proposal.state != CUBLAS_STATUS_SUCCESS)
            continue;
        const auto milliseconds = time(way, product, scratch, proposal.algo);
        // A proposal that cannot be run is no failure; a lost device shows in the next call.
        if (!milliseconds || *milliseconds >= shortest)
            continue;
        shortest = *milliseconds;
        best = proposal.algo;
    }
    MAURY_CUDA_TRY(cudaStreamSynchronize, m_trial.get());
    return best;
}

Result<float> CudaProducts::time(const Way& way, const Product& product, const Scratch& scratch,
    const cublasLtMatmulAlgo_t& algorithm) const
{
    Product trial = product;
    trial.c = static_cast<float*>(scratch.c.get());
    if (trial.aux != nullptr)
        trial.aux = static_cast<float*>(scratch.aux.get());
    if (trial.scales != nullptr)
        trial.scales = static_cast<const float*>(scratch.scales.get());
    if (const auto ready = point(way, trial); !ready)
        return base::Unexpected(ready.error());
    std::array<float, kTrials> times {};
    for (int at = -1; at < kTrials; ++at) { // the first one warms up
        MAURY_CUDA_TRY(cudaEventRecord, scratch.begin.get(), m_trial.get());
        for (int i = 0; i < kProductsOfATrial; ++i)
            if (const auto done = run(way, trial, algorithm, m_trial.get(), 0); !done)
                return base::Unexpected(done.error());
        MAURY_CUDA_TRY(cudaEventRecord, scratch.end.get(), m_trial.get());
        MAURY_CUDA_TRY(cudaEventSynchronize, scratch.end.get());
        float milliseconds = 0.0F;
        MAURY_CUDA_TRY(cudaEventElapsedTime, &milliseconds, scratch.begin.get(), scratch.end.get());
        if (at >= 0)
            times[static_cast<std::size_t>(at)] = milliseconds;
    }
    std::nth_element(times.begin(), times.begin() + kTrials / 2, times.end());
    return times[kTrials / 2];
}

Result<void> CudaProducts::run(const Way& way, const Product& product,
    const cublasLtMatmulAlgo_t& algorithm, cudaStream_t stream, std::size_t number) const
{
    static constexpr float kOne = 1.0F;
    static constexpr float kZero = 0.0F;
    const float* alpha = product.scales != nullptr ? product.scales : &kOne;
    const float* beta = product.scales != nullptr ? product.scales + 1 : &kZero;
    return MAURY_CUDA_CALL(cublasLtMatmul, m_handle.get(), way.description.get(), alpha, product.b,
        way.a.get(), product.a, way.b.get(), beta, product.c, way.c.get(), product.c, way.c.get(),
        &algorithm, m_workspaces[number].get(), kWorkspaceBytes, stream);
}

} // namespace maury::gpu
