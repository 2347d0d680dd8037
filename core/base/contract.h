#pragma once

namespace maury::base {

/// Reports a broken precondition on stderr and aborts: the programmer failed, not the world.
[[noreturn]] void contractViolated(const char* condition, const char* file, int line);

} // namespace maury::base

/// States a precondition. Kept in release builds: a wrong answer is worse than a stop.
#define EXPECTS(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ::maury::base::contractViolated(#condition, __FILE__, __LINE__);                       \
    } while (false)
