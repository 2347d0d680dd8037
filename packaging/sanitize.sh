#!/usr/bin/env bash
# The core tests under the address and undefined-behaviour sanitizers. A command of its own beside test.sh: both from a
# cold start take longer than a check of a submission may (90 minutes on two cores).
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install_dependencies.sh
export CMAKE_CXX_COMPILER_LAUNCHER=ccache
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
from=()
if [ -f build/ci/share/maury/builtin_model.h5 ]; then
    from=(-DMAURY_BUILTIN_FROM="$PWD/build/ci/share/maury")
fi
cmake --preset asan "${from[@]}"
cmake --build --preset asan --target core-tests
ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 ctest --preset asan -L core
