"""Rows on PostgreSQL, beside what pgbench makes of the same database in the same run."""

import concurrent.futures
import os
import re
import subprocess
import tempfile
import urllib.parse
from functools import partial
from pathlib import Path

import load
import postgres
import program

TABLE = "bench_tracker"
READERS, WRITERS, SERVERS = 32, program.ACCOUNTS, 3

# Rows like those of the trackers that were measured before, one an account, in a table like theirs.
FILL = f"""
DROP TABLE IF EXISTS {TABLE};
CREATE TABLE {TABLE} (LIKE tracker INCLUDING ALL);
INSERT INTO {TABLE} (account_id, id, name, version, checksum, message)
SELECT (100000000000 + n)::text, n, seen.name, 1, seen.checksum, seen.message
FROM generate_series(0, {WRITERS - 1}) n, (SELECT * FROM tracker LIMIT 1) seen;
VACUUM ANALYZE {TABLE};
"""

SELECT = f"""\
\\set n random(0, {WRITERS - 1})
SELECT id, version, name, checksum, message FROM {TABLE} WHERE account_id = (100000000000 + :n)::text AND id = :n;
"""

UPDATE = f"""\
UPDATE {TABLE}
SET name = :name, version = version + 1, checksum = :client_id, message = convert_to(:message, 'UTF8')
WHERE account_id = (100000000000 + :client_id)::text AND id = :client_id;
"""


class Database:
    """A PostgreSQL as this benchmark and its programs reach it."""

    def __init__(self, store):
        self.store = store
        url = urllib.parse.urlsplit(store.url.removeprefix("jdbc:"))
        query = dict(urllib.parse.parse_qsl(url.query))
        host, _, port = url.netloc.split(",")[0].partition(":")
        self.environment = {
            **os.environ,
            "PGHOST": host,
            "PGPORT": port or "5432",
            "PGDATABASE": url.path[1:],
            "PGUSER": query.get("user", "postgres"),
            "PGPASSWORD": store.password,
        }

    def run(self, command, text=None):
        done = subprocess.run(command, input=text, check=False, capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def sql(self, text):
        """Runs statements, each by itself."""
        return self.run([postgres.programs() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], text)

    def pgbench(self, script, clients, *, seconds, **variables):
        """What pgbench sees by a script: prepared statements, two threads, each latency of ten logged."""
        with tempfile.TemporaryDirectory() as folder:
            told = [part for name, value in variables.items() for part in ("-D", f"{name}={value}")]
            command = [postgres.programs() / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2"]
            command += ["-T", str(max(3, round(seconds))), "-l", "--sampling-rate=0.1", f"--log-prefix={folder}/log", *told, "-f", "-"]
            text = self.run(command, script)
            logged = [line.split() for log in Path(folder).glob("log*") for line in log.read_text("ascii").splitlines()]
        times = sorted(int(line[2]) / 1e3 for line in logged)
        requests = int(re.search(r"transactions actually processed: (\d+)", text).group(1))
        rate = float(re.search(r"tps = ([\d.]+)", text).group(1))
        failed = re.search(r"number of failed transactions: (\d+)", text)
        errors = int(failed.group(1)) if failed else 0
        return load.Figures(requests, rate, load.quantile(times, 0.5), load.quantile(times, 0.99), errors)


class Several:
    """Programs that are measured as if they were one."""

    def __init__(self, programs):
        self.programs = programs

    def cpu_seconds(self):
        return sum(each.cpu_seconds() for each in self.programs)

    def load(self, loads):
        """Loads at once, one for each program, as one: what they took in all, and the slower percentiles."""

        def run(seconds):
            with concurrent.futures.ThreadPoolExecutor(len(loads)) as pool:
                seen = list(pool.map(lambda one: one(seconds=seconds), loads))
            totals = [sum(getattr(one, what) for one in seen) for what in ("requests", "rate", "errors")]
            slowest = [max(getattr(one, what) for one in seen) for what in ("p50", "p99")]
            return load.Figures(totals[0], totals[1], *slowest, totals[2])

        return run


def opened(told):
    """The database of a URL, or with `postgres` that of a server which is started for it."""
    if told != "postgres":
        return Database(postgres.Store(told, os.environ.get("TRACKERD_STORE_PASSWORD", "")))
    own = postgres.Postgres(postgres.folder(), "bench")
    own.initialize()
    return Database(postgres.store(own))


def measure(bench, database):
    servers = [program.server_on(database.store, bench.work / f"server{n}.log") for n in range(SERVERS)]
    first = servers[0]
    token = first.token(0)
    body = {"name": "Promotion Mention", "vocabulary": ["We have a sale right now on", "another one"]}
    tracker = first.call("POST", "/v1/manage/tracker", token, body)["tracker"]["id"]
    database.sql(FILL)
    reads(bench, database, first, (token, tracker))
    writes(bench, database, first)
    together(bench, servers, (token, tracker))
    first.call("DELETE", f"/v1/manage/tracker/{tracker}", token)
    for server in servers:
        server.stop()
    database.sql(f"DROP TABLE {TABLE}")


def get(bench, server, seen, connections):
    token, tracker = seen
    return bench.wrk(server, f"/v1/manage/tracker/{tracker}", token, threads=2, connections=connections)


def beside(bench, server, one, pgbench):
    """What pgbench sees before and after, and between that a load on a server which is warmed up."""
    one(seconds=bench.warmup)
    before = pgbench(seconds=bench.seconds / 2)
    figures = load.measured(server, one, bench.seconds)
    after = pgbench(seconds=bench.seconds / 2)
    mean = [(getattr(before, what) + getattr(after, what)) / 2 for what in ("rate", "p50", "p99")]
    return load.Figures(before.requests + after.requests, *mean, before.errors + after.errors), figures


def reads(bench, database, server, seen):
    pgbench = partial(database.pgbench, SELECT, READERS)
    grpc = bench.grpc_get(server, *seen, ("-c", str(READERS), "-m", "1"))
    for door, one in (("HTTP", get(bench, server, seen, READERS)), ("gRPC", grpc)):
        select, figures = beside(bench, server, one, pgbench)
        bench.row(f"pgbench beside that: one row by its key, {READERS} connections", select)
        bench.row(f"PostgreSQL: Get by id ({door}), {READERS} connections", figures)
        # So many are always under way: that, and how many end a second, tells how long each takes.
        ratio = select.rate / figures.rate
        name = f"PostgreSQL: mean latency of a Get ({door}) / of pgbench's select, at {READERS} connections"
        bench.aim(name, f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5)


def writes(bench, database, server):
    pgbench = partial(database.pgbench, UPDATE, WRITERS, name="bench", message="m" * 60)
    update, figures = beside(bench, server, bench.put(server), pgbench)
    bench.row(f"pgbench beside that: change of a row of its own, {WRITERS} connections", update)
    bench.row(f"PostgreSQL: PUT over {WRITERS} connections and accounts (HTTP, durable)", figures)
    share = figures.rate / update.rate
    bench.aim("PostgreSQL: PUT a second / pgbench's changes a second", f"{share:.2f}", "≥ 0.5", share >= 0.5)


def together(bench, servers, seen):
    several = Several(servers)
    share = READERS // SERVERS
    three = several.load([get(bench, server, seen, share) for server in servers])
    one = get(bench, servers[0], seen, share * SERVERS)
    # Each of them as warm as the one.
    for _ in servers:
        three(seconds=bench.warmup)
    alone = load.measured(servers[0], one, bench.seconds)
    figures = load.measured(several, three, bench.seconds)
    bench.row("PostgreSQL: Get by id (HTTP), one server", alone)
    bench.row(f"PostgreSQL: Get by id (HTTP), {SERVERS} servers, the same load over all", figures)
    ratio = figures.cpu_us / alone.cpu_us
    bench.aim(f"PostgreSQL: CPU per request of {SERVERS} servers / of one", f"{ratio:.2f}", "≤ 1.1", ratio <= 1.1)
