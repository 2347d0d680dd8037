#!/usr/bin/env bash
# Installs what is missing, builds with warnings as errors and passes all tests.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset ci
cmake --build --preset ci
ctest --preset ci
