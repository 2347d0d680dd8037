#pragma once

#include "core/train/backend.h"

#include <memory>

namespace maury::train {

/// The readable backend: nn/network.h as a student would write it, in one thread. The oracle of the
/// other backends; Scalar = double for tests, float for users.
template <typename Scalar> [[nodiscard]] std::unique_ptr<Backend> createReferenceBackend();

} // namespace maury::train
