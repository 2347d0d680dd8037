#!/usr/bin/env python3
"""The training step of `maury-cli bench train` in PyTorch, for comparison in the same session.

Same network (1600-768-256-64-(30 | 3), tanh GELU), data shape, batch and optimiser (SGD); prints the same figures as
JSON, a line for each mode. Needs the Python package torch; says so and ends with status 0 when it is not there.

Modes:
  eager     operation by operation, as PyTorch runs by default
  compiled  torch.compile(mode="reduce-overhead"): fused kernels, CUDA graphs of the forward and the backward pass
  graph     compiled, and the whole step (gather, passes, update) as one CUDA graph: the fastest that PyTorch has

The last two need --device cuda.

usage: peer_pytorch.py [--batch 200] [--threads 2] [--device cpu|cuda] [--precision fp32|tf32]
                       [--mode eager|compiled|graph|all] [--hidden 768,256,64]
"""
import argparse
import json
import statistics
import sys
import time

ROUNDS, STEPS = 15, 20
SAMPLES, PIXELS, CLASSES, LUMINOSITIES = 37800, 1600, 30, 3


def make_network(torch, hidden):
    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            layers = []
            fan_in = PIXELS
            for width in hidden:
                layers += [torch.nn.Linear(fan_in, width), torch.nn.GELU(approximate="tanh")]
                fan_in = width
            self.trunk = torch.nn.Sequential(*layers)
            self.sc = torch.nn.Linear(fan_in, CLASSES)
            self.lc = torch.nn.Linear(fan_in, LUMINOSITIES)

        def forward(self, x):
            out = self.trunk(x)
            return self.sc(out), self.lc(out)

    return Network()


class Trainer:
    """A network with data on its device; step() trains on one batch of rows."""

    def __init__(self, torch, options, hidden):
        self.torch = torch
        self.batch = options.batch
        self.device = torch.device(options.device)
        self.flux = (0.6 + 0.4 * torch.rand(1, PIXELS) * (0.9 + 0.2 * torch.rand(SAMPLES, 1))).to(self.device)
        self.sc = torch.randint(CLASSES, (SAMPLES,), device=self.device)
        self.lc = torch.randint(LUMINOSITIES, (SAMPLES,), device=self.device)
        self.network = make_network(torch, hidden).to(self.device)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=1e-3)
        self.loss_function = torch.nn.CrossEntropyLoss()
        self.forward = self.network

    def rows(self):
        return self.torch.randint(SAMPLES, (self.batch,), device=self.device)

    def train(self, rows):
        out_sc, out_lc = self.forward(self.flux[rows])
        loss = (2 * self.loss_function(out_sc, self.sc[rows]) + self.loss_function(out_lc, self.lc[rows])) / 3
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss

    def step(self):
        self.train(self.rows())

    def synchronize(self):
        if self.device.type == "cuda":
            self.torch.cuda.synchronize()


class CompiledTrainer(Trainer):
    def __init__(self, torch, options, hidden):
        super().__init__(torch, options, hidden)
        self.forward = torch.compile(self.network, mode="reduce-overhead")


class GraphTrainer(Trainer):
    """The whole step as one CUDA graph; a step only draws its rows and replays it."""

    def __init__(self, torch, options, hidden):
        super().__init__(torch, options, hidden)
        self.forward = torch.compile(self.network)
        self.static_rows = self.rows()
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):  # compiles, and makes the gradients' memory
            for _ in range(3):
                self.train(self.static_rows)
        torch.cuda.current_stream().wait_stream(side)
        self.graph = torch.cuda.CUDAGraph()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(self.graph):
            self.train(self.static_rows)

    def step(self):
        self.static_rows.random_(SAMPLES)
        self.graph.replay()


TRAINERS = {"eager": Trainer, "compiled": CompiledTrainer, "graph": GraphTrainer}


def measure(torch, options, mode, hidden):
    trainer = TRAINERS[mode](torch, options, hidden)
    times = []
    for _ in range(ROUNDS + 1):  # the first round warms up
        trainer.synchronize()
        start = time.perf_counter()
        for _ in range(STEPS):
            trainer.step()
        trainer.synchronize()
        times.append((time.perf_counter() - start) / STEPS)
    step_ms = statistics.median(times[1:]) * 1e3
    widths = [PIXELS] + hidden
    inner = sum(a * b for a, b in zip(widths, widths[1:]))
    weights = inner + hidden[-1] * (CLASSES + LUMINOSITIES)
    gflop = options.batch * (6 * weights - 2 * PIXELS * hidden[0]) * 1e-9
    return {"peer": "pytorch " + torch.__version__, "mode": mode, "device": options.device,
            "precision": options.precision if options.device == "cuda" else "fp32", "batch": options.batch,
            "hidden": hidden, "threads": options.threads, "step_ms": step_ms,
            "samples_per_second": options.batch / step_ms * 1e3, "gflop_per_step": gflop,
            "gflops": gflop / step_ms * 1e3, "rounds": ROUNDS}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precision", choices=["fp32", "tf32"], default="tf32")
    parser.add_argument("--mode", choices=[*TRAINERS, "all"], default="eager")
    parser.add_argument("--hidden", default="768,256,64")
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("peer_pytorch.py: the Python package torch is not installed; nothing measured", file=sys.stderr)
        return 0
    if options.device == "cuda" and not torch.cuda.is_available():
        print("peer_pytorch.py: this PyTorch finds no GPU; nothing measured", file=sys.stderr)
        return 0
    if options.device == "cpu" and options.mode not in ("eager", "all"):
        parser.error("--mode compiled and graph are measured with --device cuda")

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = options.precision == "tf32"
    hidden = [int(width) for width in options.hidden.split(",")]
    modes = list(TRAINERS) if options.mode == "all" else [options.mode]
    failed = False
    for mode in modes if options.device == "cuda" else ["eager"]:
        try:
            print(json.dumps(measure(torch, options, mode, hidden)), flush=True)
        except Exception as error:  # one mode that this machine cannot run leaves the others
            print(f"peer_pytorch.py: {mode}: {error}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
