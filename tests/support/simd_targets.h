#pragma once

#include <functional>
#include <string>

namespace maury::test {

/// Calls `check` once for every instruction set that this machine and the build share, with the
/// vectorised loops bound to it, and binds them to the best one again.
void forEachSimdTarget(const std::function<void(const std::string& name)>& check);

} // namespace maury::test
