#!/usr/bin/env bash
# Everything that only a machine with an NVIDIA GPU can tell, in one command: the backend's tests on the device, the
# same under compute-sanitizer, the benchmarks in both precisions, the paper's whole run, and PyTorch beside them.
# Runs in an unpacked tarball (packaging/tarball.sh) or in the source tree after a build. Figures go to the screen, all
# of it to the folder named last.
#
# usage: check_gpu.sh [--atlas FOLDER|builtin] [--test FOLDER] [--skip-sanitizer] [RESULTS_FOLDER]
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
atlas=builtin
test_atlas=
sanitize=yes
results=check_gpu_results
while [ $# -gt 0 ]; do
    case "$1" in
    --atlas) atlas=$2; shift ;;
    --test) test_atlas=$2; shift ;;
    --skip-sanitizer) sanitize=no ;;
    -h | --help) sed -n '2,8p' "$0"; exit 0 ;;
    *) results=$1 ;;
    esac
    shift
done

# The tarball has bin/ beside this script's folder; a source tree has builds below build/.
find_first() { for file in "$@"; do [ -e "$file" ] && { echo "$file"; return; }; done; }
cli=$(find_first "$here/../../bin/maury-cli" "$here"/../build/{release,dev,ci}/bin/maury-cli)
tests=$(find_first "$here/../../libexec/maury/tests" "$here"/../build/{release,dev,ci}/bin/tests)
peer=$(find_first "$here/peer_pytorch.py" "$here/../tests/bench/peer_pytorch.py")
gon_peer=$(find_first "$here/peer_gon.py" "$here/../tests/bench/peer_gon.py")
if [ -z "$cli" ]; then
    echo "check_gpu.sh: no maury-cli found: unpack the tarball, or build first (cmake --build --preset release)" >&2
    exit 1
fi
mkdir -p "$results"
failures=0

# run NAME COMMAND…: everything into a file of that name, its end on the screen.
run() {
    local name=$1
    shift
    echo "== $name: $*"
    if "$@" >"$results/$name.out" 2>"$results/$name.err"; then
        tail -n 40 "$results/$name.out"
    else
        echo "FAILED ($?): $name"
        tail -n 20 "$results/$name.out" "$results/$name.err"
        failures=$((failures + 1))
    fi
}

nvidia-smi >"$results/nvidia-smi.out" 2>&1 || true
run backends "$cli" backends
if ! "$cli" backends | grep -q '^cuda' || "$cli" backends | grep -q '^cuda.*not available'; then
    echo "check_gpu.sh: the backend cuda cannot be used here (see above)" >&2
    exit 1
fi

export QT_QPA_PLATFORM=offscreen
sanitizer_tools=(memcheck racecheck initcheck synccheck)
for test in tst_cuda_backend tst_gon_backend; do
    if [ ! -x "$tests/$test" ]; then
        echo "== tests: $test is not there"
        failures=$((failures + 1))
        continue
    fi
    run "tests-$test" "$tests/$test"
    sanitizer=$(command -v compute-sanitizer || find_first /usr/local/cuda/bin/compute-sanitizer)
    if [ "$sanitize" = yes ] && [ -n "$sanitizer" ]; then
        for tool in "${sanitizer_tools[@]}"; do
            run "sanitizer-$tool-$test" "$sanitizer" --tool "$tool" --error-exitcode 1 "$tests/$test"
        done
    else
        echo "== compute-sanitizer: not run ($([ "$sanitize" = yes ] && echo not found || echo skipped))"
    fi
done

for precision in tf32 fp32; do
    for batch in 200 4096; do
        run "bench-train-$precision-$batch" "$cli" bench train --backend cuda --precision "$precision" \
            --batch "$batch" --json
    done
done
run bench-augment "$cli" bench augment --backend cuda --json
run bench-gon "$cli" bench gon --backend cuda --json

paper=("$cli" train --protocol paper --atlas "$atlas" --backend cuda --epochs 250 --json)
[ -n "$test_atlas" ] && paper+=(--test "$test_atlas")
run paper-run "${paper[@]}" --precision tf32
run paper-run-fp32 "${paper[@]}" --precision fp32
run paper-run-fresh "${paper[@]}" --precision tf32 --fresh
run robust-run "$cli" train --protocol robust --atlas "$atlas" --backend cuda --json
run gon-run "$cli" gon train --data "$atlas" --backend cuda --json

if [ -n "$peer" ] && command -v python3 >/dev/null; then
    for batch in 200 4096; do
        run "peer-pytorch-$batch" python3 "$peer" --device cuda --precision tf32 --mode all --batch "$batch"
    done
    [ -n "$gon_peer" ] && run peer-gon python3 "$gon_peer" --device cuda
fi

echo
echo "Figures (step in µs; bars: batch 200 at most 40, batch 4096 at least 0.60 of the peak, 0.2 µs a variation):"
python3 - "$results" <<'PYTHON' || true
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
for path in sorted(folder.glob("*.out")):
    for line in path.read_text().split("\n{"):
        text = line if line.startswith("{") else "{" + line
        try:
            data = json.loads(text[: text.rindex("}") + 1])
        except ValueError:
            continue
        figures = {key: data[key] for key in ("mode", "precision", "batch", "step_ms", "fraction_of_peak",
                                              "device_peak_gflops", "per_spectrum_us", "per_spectrum_us_gaussian",
                                              "seconds") if data.get(key) is not None}
        if figures:
            print(f"{path.stem:28}", *(f"{key}={value:.4g}" if isinstance(value, float) else f"{key}={value}"
                                       for key, value in figures.items()))
PYTHON
echo "All output is in $results; $failures of the steps failed."
[ "$failures" -eq 0 ]
