#!/usr/bin/env bash
# Makes a tarball that runs on another x86-64 Linux machine without installing anything: maury-cli, the CUDA plug-in, the
# tests of the backends, the small libraries that they need and check_gpu.sh. A GPU needs its NVIDIA driver and the
# CUDA 13 libraries of its machine (cuBLAS alone is 0.5 GB). Without the window. Arguments go to cmake.
#
# usage: tarball.sh [cmake options]      the tarball is build/tarball/maury-…-Linux.tar.gz
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/tarball
# Run paths of the old kind (DT_RPATH) also lead the bundled libraries to each other.
flags=-Wl,--disable-new-dtags
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DMAURY_GUI=OFF -DMAURY_BUNDLE=ON \
    -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_EXE_LINKER_FLAGS="$flags" -DCMAKE_SHARED_LINKER_FLAGS="$flags" \
    -DCMAKE_MODULE_LINKER_FLAGS="$flags" "$@"
cmake --build "$build" --target bundle
(cd "$build" && cpack -G TGZ)

tarball=$(ls -t "$build"/maury-*.tar.gz | head -n 1)
bytes=$(stat -c %s "$tarball")
echo "$tarball: $((bytes / 1000000)) MB"
if [ "$bytes" -gt 60000000 ]; then
    echo "tarball.sh: more than 60 MB" >&2
    exit 1
fi

# It must run from anywhere, without the build tree and without a library path of its own.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -xzf "$tarball" -C "$folder"
root=$(echo "$folder"/maury-*)
# Whatever is found outside of it, where the C library and cuBLAS are, this machine has by chance.
missing=$(env -u LD_LIBRARY_PATH ldd "$root/bin/maury-cli" "$root"/lib/maury/*.so "$root"/libexec/maury/tests/* \
    | grep "=>" | grep -v "=> $root/" | awk '{ print $1 }' | sort -u \
    | grep -vE "lib(c|m|dl|rt|pthread|resolv|util|anl|mvec|cublasLt)\.so" || true)
if [ -n "$missing" ]; then
    echo "tarball.sh: libraries are missing in the tarball:" >&2
    echo "$missing" >&2
    exit 1
fi
(cd / && env -i PATH=/usr/bin:/bin HOME="$folder" "$root/bin/maury-cli" backends)
(cd / && env -i PATH=/usr/bin:/bin HOME="$folder" "$root/bin/maury-cli" train --atlas builtin --backend cpu \
    --per-spectrum 3 --per-spectrum-test 1 --epochs 1 --batch 50 --json >"$folder/run.json")
echo "The unpacked maury-cli runs."
