#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors, passes all tests, then the core tests again under the address
# and undefined-behaviour sanitizers (with the built-in atlas of the first build).
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install_dependencies.sh
export CMAKE_CXX_COMPILER_LAUNCHER=ccache
# A clone in another folder finds what was compiled before.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
cmake --preset ci
cmake --build --preset ci
ctest --preset ci

cmake --preset asan -DMAURY_BUILTIN_FROM="$PWD/build/ci/share/maury"
cmake --build --preset asan
ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 ctest --preset asan -L core
