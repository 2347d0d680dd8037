#!/usr/bin/env python3
"""What each step of the robust recipe is worth: the numbers of the window's table "What helps".

Trains the recipe with one thing changed at a time, types the normal stars of STELIB with each network and
prints the means over the seeds. Needs the folder of real spectra (see README, Building by hand).

    tests/bench/what_helps.py build/release/bin/maury-cli ../shared/data [--seeds 1 2 3] [--only TEXT]
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

RECIPES = [  # what is changed, options of `train --protocol robust`
    ("the recipe", ""),
    ("no blur", "--widest-fwhm 1.8"),
    ("no velocities", "--velocity-sigma 0"),
    ("no rotation", "--rotation-share 0"),
    ("no changes of line depth", "--depth-sigma 0 --depth-shape-sigma 0"),
    ("no changes of the continuum", "--continuum-shape-sigma 0"),
    ("no noise", "--lowest-snr 500"),
    ("no dropout", "--dropout 0"),
    ("half mixed with a neighbouring type", "--mix-share 0.5"),
    ("1500 steps", "--steps 1500"),
    ("five members", "--members 5"),
    ("libnor36 added", "--atlas libnor36"),
]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(" ".join(command) + "\n" + done.stderr[-2000:])
    return json.loads(done.stdout)


def measure(cli, data, options, seed, threads):
    """σ68 and rms in temperature codes, share of right luminosity groups, seconds of training."""
    libraries = data / "mkclass"
    stelib = data / "stelib"
    words = [str(libraries / w) if w.startswith("lib") else w for w in options.split()]
    with tempfile.TemporaryDirectory() as folder:
        model = str(pathlib.Path(folder) / "model.h5")
        trained = run([cli, "train", "--protocol", "robust", "--atlas", str(libraries / "libr18"), *words,
                       "--calibrate", "0", "--held-out", "0", "--seed", str(seed), "--threads", str(threads),
                       "--out", model, "--json"])
        scores = run([cli, "evaluate", "--model", model, "--data", str(stelib), "--labels",
                      str(stelib / "normal_complete.csv"), "--json"])
    return scores["code"]["sigma68"], scores["code"]["rms3"], scores["lc_accuracy"], trained["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="", help="only the lines that contain this text")
    arguments = parser.parse_args()
    print(f"{'':36} sigma68   rms    LC    seconds; means of seeds {arguments.seeds}")
    for name, options in RECIPES:
        if arguments.only not in name:
            continue
        seeds = [measure(arguments.cli, arguments.data, options, seed, arguments.threads)
                 for seed in arguments.seeds]
        sigma68, rms, luminosity, seconds = (statistics.mean(column) for column in zip(*seeds))
        spread = statistics.stdev(s[0] for s in seeds) if len(seeds) > 1 else 0.0
        print(f"{name:36} {sigma68:.3f}  {rms:.3f}  {luminosity:.3f}  {seconds:6.1f}   "
              f"sigma68 of seeds differs by {spread:.3f}", flush=True)


if __name__ == "__main__":
    main()
