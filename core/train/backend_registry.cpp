#include "core/train/backend.h"

namespace maury::train {

std::vector<BackendInfo> listBackends() { return {}; }

base::Result<std::unique_ptr<Backend>> createBackend(const std::string& name, int)
{
    return base::failure(base::ErrorCode::BackendUnavailable, name);
}

} // namespace maury::train
