#include "core/base/contract.h"

#include <cstdio>
#include <cstdlib>

namespace maury::base {

void contractViolated(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "maury: contract violated: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

} // namespace maury::base
