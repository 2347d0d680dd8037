#!/usr/bin/env python3
"""The resampling of maury's `bench resample` in Python, as a user of the surveys would do it: an APOGEE
spectrum (8575 pixels) to the R = 10000 grid with variance. Prints times in milliseconds of CPU. Needs
numpy; scipy (a sparse matrix made once: the plain product) and specutils (FluxConservingResampler) are
timed where they are installed.

usage: peer_resample.py [--json] [--maury PATH]   --maury: also runs `PATH bench resample --json` and
                                                   prints both, in the same run
"""

import argparse
import json
import subprocess
import sys
import time

try:
    import numpy as np
except ImportError:
    sys.exit("peer_resample.py: numpy is not installed; nothing to compare with")

REPEATS = 15
FWHM_PER_SIGMA = 2.3548200450309493
SOURCE_R, TARGET_R, STEP = 22500.0, 10000.0, 5e-5

pixel = np.arange(8575)
wavelength = 10.0 ** (4.179 + 6e-6 * pixel)
flux = 1.0 - 0.3 * np.sin(0.05 * pixel) ** 8
ivar = 1e4 * (1.5 + np.sin(0.001 * pixel))


def target_grid():
    first = int(np.ceil(np.log(wavelength[0] / 3500.0) / STEP)) + 1
    last = int(np.floor(np.log(wavelength[-1] / 3500.0) / STEP)) - 1
    return 3500.0 * np.exp(STEP * np.arange(first, last + 1))


def edges(centres):
    middle = 0.5 * (centres[1:] + centres[:-1])
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])


def dense_operator(target):
    """M = W K as a dense array: exact overlaps times a Gaussian in ln lambda."""
    source = edges(wavelength)
    wanted = edges(target)
    overlap = np.minimum(wanted[1:, None], source[None, 1:]) \
        - np.maximum(wanted[:-1, None], source[None, :-1])
    weights = np.maximum(overlap, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    sigma = np.sqrt(TARGET_R**-2 - SOURCE_R**-2) / FWHM_PER_SIGMA
    x = np.log(wavelength)
    kernel = np.exp(-0.5 * ((x[:, None] - x[None, :]) / sigma) ** 2)
    kernel[np.abs(x[:, None] - x[None, :]) > 4.0 * sigma] = 0.0
    kernel /= kernel.sum(axis=1, keepdims=True)
    return weights @ kernel


def milliseconds(work):
    runs = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        runs.append((time.process_time() - start) * 1e3)
    return float(np.median(runs))


def running_percentile(values, window, percentile):
    view = np.lib.stride_tricks.sliding_window_view(np.pad(values, window // 2, mode="edge"), window)
    return np.percentile(view, percentile, axis=1)


def measure():
    target = target_grid()
    figures = {"numpy": np.__version__, "grid_pixels": int(target.size)}
    try:
        import scipy
        from scipy import ndimage, sparse
        matrix = sparse.csr_matrix(dense_operator(target))
        squared = matrix.multiply(matrix).tocsr()
        variance = 1.0 / ivar
        figures["scipy"] = scipy.__version__
        figures["sparse_flux_and_variance_ms"] = milliseconds(
            lambda: (matrix @ flux, squared @ variance))
        figures["weights"] = int(matrix.nnz)
        i = np.arange(10000)
        values = np.sin(0.37 * i) * np.pi + np.cos(0.011 * (i * i % 7919))  # as in bench resample
        figures["running_percentile_ms"] = milliseconds(
            lambda: ndimage.percentile_filter(values, 90.0, size=1001))
    except ImportError:
        figures["scipy"] = None
    try:
        import astropy.units as u
        import specutils
        from astropy.nddata import InverseVariance
        try:
            from specutils import Spectrum as Spectrum1D  # its name from specutils 2 on
        except ImportError:
            from specutils import Spectrum1D
        from specutils.manipulation import FluxConservingResampler
        spectrum = Spectrum1D(spectral_axis=wavelength * u.AA, flux=flux * u.Jy,
                              uncertainty=InverseVariance(ivar / u.Jy**2))
        resampler = FluxConservingResampler()
        figures["specutils"] = specutils.__version__
        figures["specutils_overlap_ms"] = milliseconds(lambda: resampler(spectrum, target * u.AA))
    except ImportError:
        figures["specutils"] = None
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--maury", metavar="PATH", help="maury-cli to run beside")
    chosen = parser.parse_args()
    document = {"peer": measure()}
    if chosen.maury:
        ran = subprocess.run([chosen.maury, "bench", "resample", "--json"], check=True,
                             capture_output=True, text=True)
        document["maury"] = json.loads(ran.stdout)
    if chosen.json:
        print(json.dumps(document, indent=2))
        return
    for side, figures in document.items():
        for name, value in figures.items():
            if isinstance(value, float):
                print(f"{side:<6} {name:<32} {value:.3f}")
            elif not isinstance(value, dict):
                print(f"{side:<6} {name:<32} {value}")


if __name__ == "__main__":
    main()
