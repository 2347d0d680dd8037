#!/usr/bin/env python3
"""The training steps of `maury-cli bench gon` in PyTorch, for comparison in the same session.

The one-step Gradient Origin Network with its second-order term by double backward: z = -grad of the loss at 0 with
create_graph, then the loss at z and Adam. Same sizes, batch and number of threads; prints the same figures as JSON.
Needs the Python package torch; says so and ends with status 0 when it is not there.

usage: peer_gon.py [--device cpu|cuda] [--batch 64] [--threads 2] [--pixels 4096] [--siren-spectra 8] [--rounds 30]
                   [--siren-rounds 3]
"""
import argparse
import json
import math
import statistics
import sys
import time


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--latent", type=int, default=32)
    parser.add_argument("--pixels", type=int, default=4096)
    parser.add_argument("--siren-spectra", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--siren-rounds", type=int, default=3)
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("peer_gon.py: the Python package torch is not installed; nothing measured", file=sys.stderr)
        return 0
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)

    dense = torch.nn.Sequential(
        torch.nn.Linear(options.latent, 256), torch.nn.SiLU(), torch.nn.Linear(256, 256), torch.nn.SiLU(),
        torch.nn.Linear(256, options.pixels))

    class Siren(torch.nn.Module):
        def __init__(self):
            super().__init__()
            widths = [1 + options.latent, 256, 256, 256, 256, 1]
            self.layers = torch.nn.ModuleList(
                torch.nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:]))
            for layer in self.layers[1:]:
                bound = math.sqrt(6.0 / layer.in_features) / 30.0
                torch.nn.init.uniform_(layer.weight, -bound, bound)
            self.register_buffer("u", torch.linspace(-1, 1, options.pixels)[None, :, None] * 30)

        def forward(self, z):
            code = z[:, None, :].expand(-1, options.pixels, -1)
            h = torch.cat([self.u.expand(len(z), -1, -1), code], 2)
            for layer in self.layers[:-1]:
                h = torch.sin(30.0 * layer(h))
            return self.layers[-1](h)[..., 0]

    def step_ms(network, spectra, rounds):
        network = network.to(options.device)
        data = 0.8 + 0.1 * torch.randn(spectra, options.pixels, device=options.device)
        weight = torch.full_like(data, 5000.0)
        norm = weight.mean(1, keepdim=True)
        optimiser = torch.optim.Adam(network.parameters(), lr=1e-5, betas=(0.9, 0.99))
        times, processor = [], []
        for i in range(rounds + 2):
            start, began = time.perf_counter(), time.process_time()
            origin = torch.zeros(spectra, options.latent, device=options.device, requires_grad=True)
            inner = 0.5 * (weight / norm * (network(origin) - data) ** 2).sum()
            z = -torch.autograd.grad(inner, origin, create_graph=True)[0]
            loss = 0.5 * (weight * (network(z) - data) ** 2).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 50.0)
            optimiser.step()
            if options.device == "cuda":
                torch.cuda.synchronize()
            if i >= 2:
                times.append(1e3 * (time.perf_counter() - start))
                processor.append(1e3 * (time.process_time() - began))
        return {"step_ms": statistics.median(times), "step_shortest_ms": min(times),
                "step_processor_ms": statistics.mean(processor)}

    print(json.dumps({
        "device": options.device, "batch": options.batch, "threads": options.threads, "pixels": options.pixels,
        "torch": torch.__version__, **step_ms(dense, options.batch, options.rounds),
        "siren": {"spectra": options.siren_spectra,
                  **step_ms(Siren(), options.siren_spectra, options.siren_rounds)}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
