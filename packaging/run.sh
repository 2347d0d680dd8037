#!/usr/bin/env bash
# One command from a bare Debian 12 to the workbench: installs what is missing, builds release and opens the window with
# the built-in atlas. Without a display it does the same job headless: trains, prints the report, saves the pictures.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install_dependencies.sh
export CMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --preset release
cmake --build --preset release

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec build/release/bin/maury "$@"
fi

pictures=build/pictures
echo
echo "There is no display (DISPLAY and WAYLAND_DISPLAY are empty): the same job without a window."
echo "Training on the built-in atlas:"
build/release/bin/maury-cli train --atlas builtin --epochs 20 --out build/model.h5
echo "Saving a picture of every page:"
mkdir -p "$pictures"
QT_QPA_PLATFORM=offscreen build/release/bin/maury --tour "$pictures"
echo "The model is build/model.h5; the pictures are in $pictures:"
ls "$pictures"
