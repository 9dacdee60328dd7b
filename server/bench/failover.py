"""Kills the primary under load, promotes its synchronous standby, and counts what is lost: see .ci/failover."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import farm
import postgres
import program

WRITERS = 8
LOAD_SECONDS = 1.5
CUT_OFF_SECONDS = 0.5
MOST_SECONDS = 5

# How soon a standby notices that it is to take over while it looks for its primary: 5 s by default.
SETTINGS = {"wal_retrieve_retry_interval": "200ms"}


class Failover:
    """Two databases that change places, and two servers on both."""

    def __init__(self, work, folder, synchronous):
        self.work, self.synchronous = work, synchronous
        self.primary, self.standby = (postgres.Postgres(folder, name, **SETTINGS) for name in ("one", "two"))
        self.failures = 0

    def run(self, rounds):
        self.primary.initialize()
        self.join()
        servers = [self.server(n) for n in range(2)]
        writers = farm.Farm(servers, WRITERS)
        for number in range(1, rounds + 1):
            self.round(number, servers, writers)
            self.join()
        writers.verify()
        self.judge("at the end", writers, [])
        writers.end()
        for server in servers:
            server.stop()

    def join(self):
        """The standby follows, and from then on each commit waits for it, unless told otherwise."""
        self.standby.follow(self.primary)
        if self.synchronous:
            self.primary.wait_for_each_commit(self.standby)

    def server(self, number):
        store = postgres.store(self.primary, self.standby)
        return program.server_on(store, self.work / f"server{number}.log")

    def round(self, number, servers, writers):
        """Each second time the standby is cut off before the primary is killed."""
        begin, away = time.monotonic(), writers.sum("away")
        time.sleep(LOAD_SECONDS)
        if number % 2 == 0:
            self.primary.freeze_senders()
            time.sleep(CUT_OFF_SECONDS)
        self.primary.kill()
        killed = time.monotonic()
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary
        firsts = [self.first_write(writers, server, killed) for server in servers]
        time.sleep(LOAD_SECONDS)
        writers.verify()
        before, after = len(writers.acknowledged(begin, killed)), len(writers.acknowledged(killed))
        missed = writers.sum("away") - away
        told = ", ".join(f"{first:.2f}" for first in firsts)
        self.judge(
            f"round {number}: {before} writes before and {after} after the kill, {missed} not taken; "
            f"first write of each server {told} s after the promotion was asked for",
            writers,
            [first for first in firsts if first > MOST_SECONDS],
        )

    def first_write(self, writers, server, killed):
        try:
            postgres.wait_for("a write after the promotion", lambda: writers.acknowledged(killed, server=server))
        except RuntimeError:
            return float("inf")
        return writers.acknowledged(killed, server=server)[0] - killed

    def judge(self, what, writers, late):
        wrong = {name: writers.of(name) for name in ("lost", "repeated", "faults")}
        counts = ", ".join(f"{len(entries)} {name}" for name, entries in wrong.items())
        print(f"{what}; in all {writers.sum('replayed')} answers given again, {counts}", flush=True)
        for entries in wrong.values():
            for entry in entries[:5]:
                print(f"  {entry}")
        self.failures += bool(late) or any(wrong.values())


def main():
    parser = argparse.ArgumentParser(prog="failover", description="Kills primaries under load.")
    parser.add_argument("rounds", nargs="?", type=int, default=20, help="how often; %(default)s by default")
    parser.add_argument("--asynchronous", action="store_true", help="commit without the standby, and see it lose")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    work = Path(tempfile.mkdtemp(prefix="trackerd-failover-"))
    folder = postgres.folder()
    try:
        failover = Failover(work, folder, not arguments.asynchronous)
        failover.run(arguments.rounds)
    except Exception:
        for log in sorted([*work.glob("*.log"), *folder.glob("*.log")]):
            print(f"== {log.name}\n{log.read_text('utf-8', 'replace')[-3000:]}", file=sys.stderr)
        raise
    finally:
        program.kill_all()
        postgres.clean()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if failover.failures else 0)


main()
