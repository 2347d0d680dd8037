#!/usr/bin/env python3
"""The five augmentations of maury's `bench augment` in plain NumPy, one spectrum at a time, as a
Python user would write them: prints the time of one variation in microseconds, and of the noise
alone. Needs numpy only.

usage: peer_numpy_augment.py [--json] [--noise poisson|gaussian|both]
"""

import argparse
import json
import sys
import time

try:
    import numpy as np
except ImportError:
    sys.exit("peer_numpy_augment.py: numpy is not installed; nothing to compare with")

PIXELS = 1600
REPEATS = 31
SPECTRA_PER_RUN = 100
SPEED_OF_LIGHT_KMS = 299792.458

wavelength = 3800.0 + 0.5 * np.arange(PIXELS)
middle = 0.5 * (wavelength[0] + wavelength[-1])
position = np.linspace(-1.0, 1.0, PIXELS)


def rectified_spectrum():
    """The spectrum of `bench augment`: continuum 1 with lines of various depths."""
    pixel = np.arange(PIXELS)
    x = (pixel - 47.0 * np.round(pixel / 47.0)) / 1.5
    depth = 0.4 + 0.4 * np.sin(pixel // 47)
    return 1.0 - depth * np.exp(-0.5 * x * x)


def add_noise(flux, random, law, gain=5000.0):
    if law == "poisson":
        return random.poisson(gain * np.maximum(flux, 0.0)) / gain
    mean = np.maximum(flux, 0.0)
    return mean + np.sqrt(mean / gain) * random.standard_normal(PIXELS)


def augment(flux, random, law):
    shift = random.normal(0.0, 0.030)
    linear = random.normal(0.0, 2.0e-5)
    velocity = random.normal(0.0, 1.0)
    scale = middle + (wavelength - middle - shift) / (1.0 + linear)
    source = scale / (1.0 + velocity / SPEED_OF_LIGHT_KMS)
    out = np.interp(source, wavelength, flux)
    c = random.normal(0.0, (2e-3, 5e-3, 3e-3))
    out *= 1.0 + c[0] + position * (c[1] + position * c[2])
    width = abs(random.normal(0.0, 0.3))
    if width > 0.0:
        k = np.arange(-4, 5)
        kernel = np.exp(-0.5 * (k / width) ** 2)
        out = np.convolve(np.pad(out, 4, mode="edge"), kernel / kernel.sum(), mode="valid")
    return add_noise(out, random, law).astype(np.float32)


def median_microseconds(function):
    runs = []
    for _ in range(REPEATS):
        start = time.thread_time()
        for _ in range(SPECTRA_PER_RUN):
            function()
        runs.append((time.thread_time() - start) / SPECTRA_PER_RUN * 1e6)
    return float(np.median(runs))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--noise", choices=("poisson", "gaussian", "both"), default="both")
    chosen = parser.parse_args()
    flux = rectified_spectrum()
    random = np.random.default_rng(1)
    figures = {}
    for law, suffix in (("poisson", ""), ("gaussian", "_gaussian")):
        if chosen.noise in (law, "both"):
            figures["per_spectrum_us" + suffix] = median_microseconds(
                lambda: augment(flux, random, law))
            figures["noise_only_us" + suffix] = median_microseconds(
                lambda: add_noise(flux, random, law))
    figures["pixels"] = PIXELS
    figures["numpy"] = np.__version__
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:<26} {value:.2f}" if isinstance(value, float) else f"{name:<26} {value}")


if __name__ == "__main__":
    main()
