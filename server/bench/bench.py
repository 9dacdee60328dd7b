"""The benchmark: see server/bin/bench."""

import argparse
import concurrent.futures
import datetime
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import database
import load
import neighbour
import postgres
import program

PHRASES = [
    "We have a special promotion going on if you book this before",
    "I can offer you a discount of 10 20 percent you being a new customer for us",
    "We have our month special this month",
    "We have a sale right now on",
]
LISTED = 10_000
GRPC = ("-c", "16", "-m", "4")


class Bench:
    """One run: measures in turn, and keeps what the tables are made of."""

    def __init__(self, work, quick):
        self.work = work
        self.seconds, self.warmup = (2, 2) if quick else (10, 30)
        self.starts, self.settle = (2, 2) if quick else (5, 10)
        self.beside_seconds = 5 if quick else 30
        self.rows, self.aims, self.failures = [], [], 0

    def row(self, name, figures):
        cpu = f"{figures.cpu_us:,.1f}" if figures.cpu_us else "–"
        self.rows.append(
            f"| {name} | {figures.rate:,.0f} | {figures.p50:.2f} | {figures.p99:.2f} | {cpu} | {figures.errors} |"
        )
        if figures.errors or not figures.requests:
            self.failures += 1
        print(self.rows[-1], file=sys.stderr)

    def aim(self, name, value, aim, reached, unit=""):
        verdict = "yes" if reached else "**no**"
        self.aims.append(f"| {name} | {value}{unit} | {aim}{unit} | {verdict} |")
        print(self.aims[-1], file=sys.stderr)

    def compare(self, what, server, costs, name, most):
        """Measures two loads beside each other, and how many times as much the second one costs."""
        (first, cheap), (second, dear) = costs
        one, two = load.rows(server, [cheap, dear], self.warmup, self.seconds)
        self.row(first, one)
        self.row(second, two)
        ratio = two.cpu_us / one.cpu_us
        self.aim(f"{what}: {name}, in CPU per request", f"{ratio:.2f}", f"≤ {most}", ratio <= most)

    def calls(self):
        """Get and what costs least, over both doors and through a gateway by itself."""
        server = program.server(self.work)
        token = server.token(0)
        body = {"name": "Promotion Mention", "vocabulary": PHRASES}
        tracker = server.call("POST", "/v1/manage/tracker", token, body)["tracker"]["id"]
        self.http("HTTP", server, token, tracker)
        self.grpc(server, token, tracker)
        front = program.gateway(self.work, server)
        self.http("gateway by itself", front, token, tracker)
        front.stop()
        server.stop()
        silent = program.server(self.work, "--access-log=off", fresh=False)
        get = self.wrk(silent, f"/v1/manage/tracker/{tracker}", token)
        self.row("Get by id (HTTP), `--access-log=off`", load.rows(silent, [get], self.warmup, self.seconds)[0])
        silent.stop()

    def wrk(self, server, path, token, threads=2, connections=64):
        """A load on one path, for which probes need no token."""
        arguments = ["-t", str(threads), "-c", str(connections)]
        if token:
            arguments += ["-H", f"Authorization: Bearer {token}"]
        return lambda seconds: load.wrk(server.http + path, *arguments, seconds=seconds)

    def http(self, door, server, token, tracker):
        loads = [
            (f"`GET /healthz` ({door})", self.wrk(server, "/healthz", None)),
            (f"Get by id ({door})", self.wrk(server, f"/v1/manage/tracker/{tracker}", token)),
        ]
        self.compare(door, server, loads, "Get / `/healthz`", 2.5)

    def grpc(self, server, token, tracker):
        loads = [
            ("`Health/Check` (gRPC)", self.h2load(server, token, "grpc.health.v1.Health/Check", b"", GRPC)),
            ("Get by id (gRPC)", self.grpc_get(server, token, tracker, GRPC)),
        ]
        self.compare("gRPC", server, loads, "Get / `Health/Check`", 1.3)

    def grpc_get(self, server, token, tracker, shape):
        """A load of Gets, by so many connections and streams as the shape says."""
        return self.h2load(server, token, "tracker.v1.TrackerService/Get", b"\x0a\x10" + tracker.encode(), shape)

    def h2load(self, server, token, path, message, shape):
        body = self.work / path.rsplit("/", 1)[1]
        body.write_bytes(b"\0" + len(message).to_bytes(4, "big") + message)
        headers = ("-H", "content-type: application/grpc", "-H", "te: trailers", "-H", f"authorization: Bearer {token}")
        url = f"http://{server.grpc}/{path}"
        return partial(load.h2load, url, *shape, *headers, "-d", body, log=self.work / "h2load.log")

    def put(self, server):
        """A load of durable writes, one at a time of each account."""
        tokens = self.work / "tokens"
        tokens.write_text("".join(server.token(n) + "\n" for n in range(program.ACCOUNTS)), "ascii")
        accounts, script = str(program.ACCOUNTS), str(Path(__file__).with_name("put.lua"))
        shape = ("-t", accounts, "-c", accounts, "-s", script)
        return partial(load.wrk, server.http, *shape, TOKENS=str(tokens))

    def puts(self):
        """Durable writes, and beside them what SQLite does on this disk by itself."""
        server = program.server(self.work)
        figures = load.rows(server, [self.put(server)], self.warmup, self.seconds)[0]
        server.stop()
        self.row("PUT over 64 connections and accounts (HTTP, durable)", figures)
        raw = self.group_commits()
        # Beyond 15,000 the calls cost more than the disk, however fast that is.
        least = min(15_000, raw * 15 / 29)
        self.aim(
            f"Durable PUT a second, where SQLite by itself changes {raw:,} rows a second, 64 to a commit",
            f"{figures.rate:,.0f}",
            f"≥ {least:,.0f}",
            figures.rate >= least,
        )

    def group_commits(self):
        jars = (program.ROOT / "server/target/trackerd/lib").glob("*.jar")
        paths = ":".join(str(jar) for jar in jars if re.match("sqlite-jdbc|slf4j-api", jar.name))
        java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
        source = Path(__file__).with_name("GroupCommits.java")
        command = [java, "-cp", paths, source, self.work / "raw.db", str(self.seconds)]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def lists(self):
        """Lists of 10,000: how much they cost, and that a small heap is enough for many."""
        server = program.server(self.work)
        token, size = self.fill(server)
        get = self.wrk(server, "/v1/manage/trackers", token, threads=1, connections=4)
        figures = load.rows(server, [get], self.warmup, self.seconds)[0]
        server.stop()
        self.row(f"List of 10,000 ({size / 1e6:.1f} MB), 4 connections", figures)
        rate = size / figures.cpu_us
        self.aim("List of 10,000, MB per second of CPU", f"{rate:.0f}", "≥ 200", rate >= 200)
        small = program.server(self.work, fresh=False, java_opts="-Xmx128m")
        many = load.measured(small, lambda seconds: self.at_once(small, small.token(0), 20), self.seconds)
        small.stop()
        self.row("List of 10,000, 20 at once, 128 MiB of heap", many)

    def fill(self, server):
        """Makes 10,000 trackers; returns a token of their account, and how many bytes their list has."""
        token = server.token(0)
        for begin in range(0, LISTED, 500):
            trackers = [
                {"name": f"tracker {n}", "vocabulary": [f"phrase {p} of tracker {n}, some words long" for p in range(10)]}
                for n in range(begin, begin + 500)
            ]
            server.call("POST", "/v1/manage/trackers", token, trackers)
        if self.at_once(server, token, 1).errors:
            raise RuntimeError("a list does not hold what was made")
        return token, len(server.fetch("GET", "/v1/manage/trackers", token))

    def at_once(self, server, token, count):
        """So many lists at once, each checked."""

        def one(_):
            begin = time.monotonic()
            answer = server.call("GET", "/v1/manage/trackers", token)
            return (time.monotonic() - begin) * 1e3, len(answer["trackers"]) != LISTED

        begin = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            lists = list(pool.map(one, range(count)))
        times = sorted(took for took, _ in lists)
        rate = count / (time.monotonic() - begin)
        return load.Figures(count, rate, load.quantile(times, 0.5), times[-1], sum(bad for _, bad in lists))

    def start(self):
        """From the start script to the ready line, and memory a while after that."""
        program.server(self.work).stop()  # Whatever is to be prepared once is prepared.
        times, sizes = [], []
        for _ in range(self.starts):
            server = program.server(self.work)
            times.append(server.ready_ms)
            time.sleep(self.settle)
            sizes.append(server.rss_mib())
            server.stop()
        ready, size = statistics.median(times), statistics.median(sizes)
        name = f"Ready after the start script was called (median of {self.starts})"
        self.aim(name, f"{ready:,.0f}", "≤ 1,500", ready <= 1500, " ms")
        self.aim(f"Resident memory {self.settle} s after that", f"{size:.0f}", "≤ 150", size <= 150, " MiB")

    def neighbours(self):
        server = program.server(self.work)
        seen = neighbour.measure(server, self.warmup, self.beside_seconds)
        server.stop()
        for method in ("PUT", "GET"):
            alone, beside = seen.alone[method], seen.beside[method]
            most = max(50, 1.5 * alone["p99"])
            good = beside["p99"] <= most and beside["bad"] == 0
            name = (
                f"p99 of a {method} beside an account that takes all it can get ({beside['good']:,} of "
                f"{beside['good'] + beside['bad']:,} answered with 200; alone {alone['p99']:.1f} ms)"
            )
            self.aim(name, f"{beside['p99']:.1f}", f"≤ {most:.0f}", good, " ms")
            self.failures += not alone["good"] or not beside["good"]
        lists, crowd = seen.lists, seen.crowd
        listed = lists.requests - lists.errors
        served = listed > 0 and crowd["patched"] > 0
        got = f"{crowd['patched']:,} patches ({crowd['refused']:,} refused), {listed:,} lists ({lists.errors:,} refused)"
        self.aim(f"That account is served too, {crowd['held']:,} of its calls held open on average", got, "some", served)

    def print(self):
        java = subprocess.run(["java", "-version"], check=True, capture_output=True, text=True).stderr.splitlines()[0]
        print(
            f"{datetime.date.today()}, {os.cpu_count()} cores ({cpu_name()}), Linux {platform.release()}, {java}, "
            f"{self.seconds} s a row after {self.warmup} s of warm-up\n"
        )
        print("| | req/s | p50 ms | p99 ms | CPU µs per request | errors |\n|---|---|---|---|---|---|")
        print("\n".join(self.rows))
        print("\n| To reach | measured | aim | reached |\n|---|---|---|---|")
        print("\n".join(self.aims))


def cpu_name():
    name = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    return name.group(1).strip() if name else platform.machine()


def main():
    parser = argparse.ArgumentParser(prog="bench", description="Measures trackerd on loopback.")
    parser.add_argument("--quick", action="store_true", help="a minute: whether each row works, not how fast")
    parser.add_argument("--only", metavar="PART", help="one of calls, puts, lists, start, neighbours, store")
    parser.add_argument("--store", metavar="URL", help="measure PostgreSQL too; postgres: one that is started for this")
    arguments = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="trackerd-bench-"))
    try:
        bench = Bench(work, arguments.quick)
        for part in (bench.calls, bench.puts, bench.lists, bench.start, bench.neighbours):
            if arguments.only in (None, part.__name__):
                part()
        if arguments.store and arguments.only in (None, "store"):
            database.measure(bench, database.opened(arguments.store))
        bench.print()
    finally:
        program.kill_all()
        postgres.clean()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if bench.failures else 0)


main()
