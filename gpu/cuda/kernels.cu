// All kernels of the plug-in: one template that gives each thread of a launch its place and runs
// the kernel's own code (gpu/kernels/, where every kernel says how it maps on to blocks and threads
// and what it overwrites). Nothing else of the project is compiled by nvcc.

#include "gpu/cuda/kernels.h"

#include <cuda_runtime.h>

namespace maury::gpu {
namespace {

struct CudaBlock {
    __device__ static int index() { return static_cast<int>(blockIdx.x); }
    __device__ static int count() { return static_cast<int>(gridDim.x); }
    __device__ static int thread() { return static_cast<int>(threadIdx.x); }
    __device__ static int threads() { return static_cast<int>(blockDim.x); }
    __device__ static void sync() { __syncthreads(); }
    __device__ static float* shared()
    {
        extern __shared__ Float4 memory[];
        return reinterpret_cast<float*>(memory);
    }
};

template <typename K> __global__ void __launch_bounds__(K::kThreads) run(const K kernel)
{
    CudaBlock block;
    kernel(block);
}

template <typename... K> cudaError_t loadAll(const std::variant<K...>*)
{
    cudaFuncAttributes attributes;
    cudaError_t outcome = cudaSuccess;
    ((outcome = outcome == cudaSuccess ? cudaFuncGetAttributes(&attributes, run<K>) : outcome),
        ...);
    return outcome;
}

} // namespace

cudaError_t loadKernels()
{
    return loadAll(static_cast<const Kernel*>(nullptr));
}

cudaError_t launchKernel(const Kernel& kernel, cudaStream_t stream)
{
    return std::visit(
        [stream](const auto& one) {
            using K = std::decay_t<decltype(one)>;
            const Grid grid = one.grid();
            run<K><<<grid.blocks, K::kThreads, grid.sharedBytes, stream>>>(one);
            return cudaGetLastError();
        },
        kernel);
}

} // namespace maury::gpu
