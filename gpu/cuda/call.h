#pragma once

#include "core/base/result.h"

#include <cublasLt.h>
#include <cuda_runtime_api.h>

#include <string>

namespace maury::gpu {

/// Where a call stands in the sources, without the path of the machine that compiled them.
struct CallPlace {
    const char* call;
    const char* file;
    int line;
};

/// BackendFailed with "call (file:line)" and the library's own words. Nothing for success.
[[nodiscard]] base::Result<void> outcomeOf(cudaError_t status, const CallPlace& place);
[[nodiscard]] base::Result<void> outcomeOf(cublasStatus_t status, const CallPlace& place);
[[nodiscard]] std::string describe(const CallPlace& place);

} // namespace maury::gpu

/// Makes a call of CUDA or cuBLASLt and returns its Result<void>.
#define MAURY_CUDA_CALL(function, ...)                                                             \
    ::maury::gpu::outcomeOf(                                                                       \
        function(__VA_ARGS__), ::maury::gpu::CallPlace { #function, __FILE__, __LINE__ })

/// The same in a function that returns any Result, which ends there when the call failed.
#define MAURY_CUDA_TRY(function, ...)                                                              \
    do {                                                                                           \
        if (const auto outcome = MAURY_CUDA_CALL(function, __VA_ARGS__); !outcome)                 \
            return ::maury::base::Unexpected(outcome.error());                                     \
    } while (false)
