#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors and passes all tests. sanitize.sh beside it passes the core
# tests under sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install_dependencies.sh
export CMAKE_CXX_COMPILER_LAUNCHER=ccache
# A clone in another folder finds what was compiled before.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
cmake --preset ci
cmake --build --preset ci
ctest --preset ci
