#include "gpu/cuda/call.h"

#include <fmt/format.h>

#include <string_view>

namespace maury::gpu {

std::string describe(const CallPlace& place)
{
    std::string_view file = place.file;
    if (const auto folder = file.rfind("gpu/cuda/"); folder != std::string_view::npos)
        file.remove_prefix(folder);
    return fmt::format("{} ({}:{})", place.call, file, place.line);
}

base::Result<void> outcomeOf(cudaError_t status, const CallPlace& place)
{
    if (status == cudaSuccess)
        return {};
    return base::failure(base::ErrorCode::BackendFailed, describe(place),
        fmt::format("{}: {}", cudaGetErrorName(status), cudaGetErrorString(status)));
}

base::Result<void> outcomeOf(cublasStatus_t status, const CallPlace& place)
{
    if (status == CUBLAS_STATUS_SUCCESS)
        return {};
    return base::failure(base::ErrorCode::BackendFailed, describe(place),
        fmt::format("{}: {}", cublasLtGetStatusName(status), cublasLtGetStatusString(status)));
}

} // namespace maury::gpu
