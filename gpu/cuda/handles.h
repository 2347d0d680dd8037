#pragma once

#include <cublasLt.h>
#include <cuda_runtime_api.h>

#include <memory>
#include <type_traits>

namespace maury::gpu {

/// Gives handles of CUDA back; errors of that have nobody to be told to.
struct CudaRelease {
    void operator()(CUstream_st* stream) const { (void)cudaStreamDestroy(stream); }
    void operator()(CUevent_st* event) const { (void)cudaEventDestroy(event); }
    void operator()(CUgraph_st* graph) const { (void)cudaGraphDestroy(graph); }
    void operator()(CUgraphExec_st* graph) const { (void)cudaGraphExecDestroy(graph); }
};
using CudaStream = std::unique_ptr<CUstream_st, CudaRelease>;
using CudaEvent = std::unique_ptr<CUevent_st, CudaRelease>;
using CudaGraph = std::unique_ptr<CUgraph_st, CudaRelease>;
using CudaGraphExec = std::unique_ptr<CUgraphExec_st, CudaRelease>;

struct CudaFree {
    void operator()(void* memory) const { (void)cudaFree(memory); }
};
using CudaMemory = std::unique_ptr<void, CudaFree>;

struct CublasRelease {
    void operator()(cublasLtContext* handle) const { (void)cublasLtDestroy(handle); }
    void operator()(cublasLtMatmulDescOpaque_t* desc) const
    {
        (void)cublasLtMatmulDescDestroy(desc);
    }
    void operator()(cublasLtMatrixLayoutOpaque_t* layout) const
    {
        (void)cublasLtMatrixLayoutDestroy(layout);
    }
    void operator()(cublasLtMatmulPreferenceOpaque_t* preference) const
    {
        (void)cublasLtMatmulPreferenceDestroy(preference);
    }
};
using CublasHandle = std::unique_ptr<cublasLtContext, CublasRelease>;
using ProductDescription = std::unique_ptr<cublasLtMatmulDescOpaque_t, CublasRelease>;
using MatrixLayout = std::unique_ptr<cublasLtMatrixLayoutOpaque_t, CublasRelease>;
using ProductPreference = std::unique_ptr<cublasLtMatmulPreferenceOpaque_t, CublasRelease>;

} // namespace maury::gpu
