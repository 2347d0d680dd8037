#!/usr/bin/env python3
"""The training step of `maury-cli bench train` in PyTorch, for comparison in the same session.

Same network (1600-768-256-64-(30 | 3), tanh GELU), batch, optimiser (SGD) and number of threads; prints the same figures
as JSON. Needs the Python package torch; says so and ends with status 0 when it is not there.

usage: peer_pytorch.py [--batch 200] [--threads 2] [--device cpu|cuda]
"""
import argparse
import json
import statistics
import sys
import time

ROUNDS, STEPS = 15, 20
SAMPLES, PIXELS, CLASSES, LUMINOSITIES = 37800, 1600, 30, 3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("peer_pytorch.py: the Python package torch is not installed; nothing measured", file=sys.stderr)
        return 0

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    device = torch.device(options.device)
    flux = (0.6 + 0.4 * torch.rand(1, PIXELS) * torch.ones(SAMPLES, 1)).to(device)
    sc = torch.randint(CLASSES, (SAMPLES,), device=device)
    lc = torch.randint(LUMINOSITIES, (SAMPLES,), device=device)

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            layers = []
            fan_in = PIXELS
            for width in (768, 256, 64):
                layers += [torch.nn.Linear(fan_in, width), torch.nn.GELU(approximate="tanh")]
                fan_in = width
            self.trunk = torch.nn.Sequential(*layers)
            self.sc = torch.nn.Linear(fan_in, CLASSES)
            self.lc = torch.nn.Linear(fan_in, LUMINOSITIES)

        def forward(self, x):
            hidden = self.trunk(x)
            return self.sc(hidden), self.lc(hidden)

    network = Network().to(device)
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3)
    loss_function = torch.nn.CrossEntropyLoss()

    def step():
        rows = torch.randint(SAMPLES, (options.batch,), device=device)
        out_sc, out_lc = network(flux[rows])
        loss = (2 * loss_function(out_sc, sc[rows]) + loss_function(out_lc, lc[rows])) / 3
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(STEPS):
            step()
        if device.type == "cuda":
            torch.cuda.synchronize()
        times.append((time.perf_counter() - start) / STEPS)
    step_ms = statistics.median(times[1:]) * 1e3
    weights = PIXELS * 768 + 768 * 256 + 256 * 64 + 64 * (CLASSES + LUMINOSITIES)
    gflop = options.batch * (6 * weights - 2 * PIXELS * 768) * 1e-9
    print(json.dumps({"peer": "pytorch " + torch.__version__, "device": options.device, "batch": options.batch,
                      "threads": options.threads, "step_ms": step_ms, "gflops": gflop / step_ms * 1e3}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
