#!/usr/bin/env bash
# Installs the Debian packages that building, running and testing Maury needs and that are missing. Installs nothing
# when all are there; needs root or sudo only when something is missing.
set -euo pipefail

packages=(
    # build
    g++ cmake ninja-build pkg-config ccache
    # core
    libeigen3-dev libcfitsio-dev libhdf5-dev libfmt-dev nlohmann-json3-dev libhwy-dev libcli11-dev libpugixml-dev
    zlib1g-dev libsqlite3-dev
    # window
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev libqcustomplot-dev
    libgl-dev qt6-translations-l10n
    # letters in the pictures, also on machines without a desktop
    fonts-dejavu-core
)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" \
        || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "These packages are missing and installing them needs root or sudo: ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
