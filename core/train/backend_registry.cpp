#include "core/base/thread_team.h"
#include "core/train/backend.h"
#include "core/train/cpu_backend.h"
#include "core/train/reference_backend.h"

namespace maury::train {
namespace {

int threadsOrDefault(int threads)
{
    return threads > 0 ? threads : base::defaultThreadCount();
}

std::string cudaReason()
{
    return "this build of Maury has no CUDA plug-in";
}

} // namespace

std::vector<BackendInfo> listBackends()
{
    return { { "reference", true, {}, "1 thread, readable code in single precision" },
        { "cpu", true, {}, describeCpuBackend(base::defaultThreadCount()) },
        { "cuda", false, cudaReason(), {} } };
}

base::Result<std::unique_ptr<Backend>> createBackend(const std::string& name, int threads)
{
    if (name == "reference")
        return createReferenceBackend<float>();
    if (name == "cpu" || name == "auto")
        return createCpuBackend(threadsOrDefault(threads));
    if (name == "cuda")
        return base::failure(base::ErrorCode::BackendUnavailable, "backend cuda", cudaReason(),
            "auto, cpu or reference");
    return base::failure(
        base::ErrorCode::OptionInvalid, "--backend", name, "auto, reference, cpu or cuda");
}

} // namespace maury::train
