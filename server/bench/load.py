"""Load from wrk and h2load, and what they and the measured program say about it."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60}


@dataclass(frozen=True)
class Figures:
    """One row: times in milliseconds, CPU time of the measured program in microseconds a request."""

    requests: int
    rate: float
    p50: float
    p99: float
    errors: int
    cpu_us: float = 0


def wrk(url, *arguments, seconds, **environment):
    """Runs wrk and returns what it saw."""
    command = ["wrk", "-d", f"{seconds}s", "--latency", "--timeout", "30s", *arguments, url]
    text = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **environment}
    ).stdout

    def latency(percent):
        found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.M)
        if not found:
            raise RuntimeError(f"no latencies from {' '.join(command)}:\n{text}")
        value, unit = found.groups()
        return float(value) * SECONDS[unit] * 1e3

    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = sum(map(int, (failed.groups() if failed else ()) + (broken.groups() if broken else ())))
    requests = int(re.search(r"(\d+) requests in", text).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    return Figures(requests, rate, latency(50), latency(99), errors)


def h2load(url, *arguments, seconds, log):
    """Runs h2load and returns what its log says: start, status and duration of each call."""
    Path(log).unlink(missing_ok=True)
    command = ["h2load", "-D", str(seconds), "--log-file", log, *arguments, url]
    subprocess.run(command, check=True, capture_output=True)
    calls = [tuple(map(int, line.split())) for line in Path(log).read_text("ascii").splitlines()]
    times = sorted(call[2] for call in calls)
    span = max(c[0] + c[2] for c in calls) - min(c[0] for c in calls)
    errors = sum(call[1] != 200 for call in calls)
    return Figures(len(calls), len(calls) * 1e6 / span, quantile(times, 0.5) / 1e3, quantile(times, 0.99) / 1e3, errors)


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measured(program, load, seconds):
    """Runs a load of that many seconds, and adds the CPU time that it cost the program."""
    before = program.cpu_seconds()
    figures = load(seconds=seconds)
    cpu_us = (program.cpu_seconds() - before) * 1e6 / max(1, figures.requests)
    return Figures(figures.requests, figures.rate, figures.p50, figures.p99, figures.errors, cpu_us)


def rows(program, loads, warmup, seconds):
    """Warms up by all loads before it measures the first: each then runs on the same compiled code."""
    for load in loads:
        load(seconds=warmup)
    time.sleep(0.5)
    return [measured(program, load, seconds) for load in loads]
