#include "core/robust/variation_backend.h"

namespace maury::robust {

// Here, so that program and plug-in mean the same class.
VariationBackend::~VariationBackend() = default;

} // namespace maury::robust
