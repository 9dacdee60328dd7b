"""Prints one row of the benchmark's table from the output of wrk or the log of h2load."""

import re
import sys

tool, name, cpu_us, path = sys.argv[1:]


def from_wrk(text):
    unit = {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}

    def latency(percent):
        value, of = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)$", text, re.M).groups()
        return float(value) * unit[of]

    requests = int(re.search(r"(\d+) requests in", text).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return requests, rate, latency(50), latency(99), int(failed.group(1)) if failed else 0


def from_h2load(text):
    """Lines of: start in microseconds, HTTP status, duration in microseconds."""
    calls = [tuple(map(int, line.split())) for line in text.splitlines()]
    times = sorted(call[2] for call in calls)
    span = max(c[0] + c[2] for c in calls) - min(c[0] for c in calls)
    at = lambda share: times[int(len(times) * share)] / 1e3
    return len(calls), len(calls) * 1e6 / span, at(0.5), at(0.99), sum(c[1] != 200 for c in calls)


with open(path, encoding="utf-8") as file:
    requests, rate, p50, p99, errors = (from_wrk if tool == "wrk" else from_h2load)(file.read())
cpu = int(cpu_us) / requests
print(f"| {name:34} | {rate:9,.0f} | {p50:8.2f} | {p99:8.2f} | {cpu:7.1f} | {errors} |")
