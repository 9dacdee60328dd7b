"""PostgreSQL servers of Debian's packages, each on a port and in a folder of its own: none that is there is touched.

They are as durable as PostgreSQL is by default, and end with this program, however that ends.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

USER = "postgres"
DATABASE, ROLE, PASSWORD = "trackerd", "trackerd", "bench-only"
SLOT = "standby"
PATIENCE_SECONDS = 60

RULES = """\
local all all trust
local replication all trust
host all all 127.0.0.1/32 scram-sha-256
"""

folders, running = [], []


@dataclass(frozen=True)
class Store:
    """A database as trackerd is told of it."""

    url: str
    password: str


def store(*databases):
    """The database of servers of which one takes changes."""
    hosts = ",".join(database.address for database in databases)
    return Store(f"jdbc:postgresql://{hosts}/{DATABASE}?user={ROLE}&targetServerType=primary", PASSWORD)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def programs():
    """The folder of the newest version's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=lambda path: float(path.parts[4]))
    if not found:
        raise RuntimeError("PostgreSQL is missing. Install it: apt-get install postgresql postgresql-contrib")
    return found[-1].parent


def as_owner(*command):
    """The command as the user that a server needs: it does not run as root."""
    if os.geteuid() != 0:
        return list(command)
    # The signal is that of a fast end, for servers whose starter was killed.
    drop = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--pdeathsig", "INT", "--"]
    return drop + list(command)


def folder():
    """A new folder in /tmp, that of the sockets too, whose paths have to be short."""
    made = Path(tempfile.mkdtemp(prefix="trackerd-pg-", dir="/tmp"))
    folders.append(made)
    if os.geteuid() == 0:
        shutil.chown(made, USER, pwd.getpwnam(USER).pw_gid)
    return made


def wait_for(what, condition):
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {PATIENCE_SECONDS} s for {what}")
        time.sleep(0.01)


class Postgres:
    """One server: made, but not started."""

    def __init__(self, parent, name, **settings):
        self.parent, self.name = parent, name
        self.data = parent / name
        self.log = parent / f"{name}.log"
        self.port = free_port()
        self.settings = settings
        self.process = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def initialize(self):
        """An empty cluster with the role and its database."""
        self.run("initdb", "-D", self.data, "-U", USER, "-E", "UTF8", "--no-locale", "-A", "trust", "--no-sync")
        self.start()
        self.sql(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'", "postgres")
        self.sql(f"CREATE DATABASE {DATABASE} OWNER {ROLE}", "postgres")

    def start(self):
        """Starts it; it answers when this returns."""
        told = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.parent,
            "hba_file": self.rules(),
            **self.settings,
        }
        options = [part for name, value in told.items() for part in ("-c", f"{name}={value}")]
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                as_owner(str(programs() / "postgres"), "-D", str(self.data), *options),
                stdout=log,
                stderr=log,
                cwd="/",
            )
        running.append(self)
        wait_for(f"{self.name} to start, see {self.log}", self.answers)

    def rules(self):
        path = self.parent / "hba.conf"
        path.write_text(RULES, "ascii")
        return path

    def answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text('utf-8')[-2000:]}")
        ready = [programs() / "pg_isready", "-q", "-U", USER, "-h", self.parent, "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0

    def run(self, program, *arguments):
        """Runs one of PostgreSQL's programs and returns what it printed."""
        command = as_owner(str(programs() / program), *map(str, arguments))
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def sql(self, text, database=DATABASE):
        """The result of a statement, its columns divided by |."""
        told = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.parent, "-p", self.port, "-U", USER)
        return self.run("psql", *told, "-d", database, "-c", text).strip()

    def set(self, name, value):
        """Changes a setting of the running server, and for its later starts."""
        self.sql(f"ALTER SYSTEM SET {name} = '{value}'", "postgres")
        self.sql("SELECT pg_reload_conf()", "postgres")

    def stop(self):
        """A fast end in order."""
        if self in running:
            running.remove(self)
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE_SECONDS)

    def kill(self):
        """Ends all of its processes at once with SIGKILL, as a power cut would."""
        running.remove(self)
        # Stopped first: it would start new ones in place of those that end.
        self.process.send_signal(signal.SIGSTOP)
        for child in children(self.process.pid):
            send(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)

    def freeze_senders(self):
        """Stops what sends changes to standbys, as if the network to them had failed."""
        for pid in self.sql("SELECT pid FROM pg_stat_replication").split():
            send(int(pid), signal.SIGSTOP)

    def follow(self, primary):
        """Becomes a standby of a server, from a copy of it; whatever was here is gone."""
        shutil.rmtree(self.data, ignore_errors=True)
        primary.sql(f"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{SLOT}'")
        source = f"host={self.parent} port={primary.port} user={USER} application_name={self.name}"
        copy = ("-D", self.data, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync", "-C", "-S", SLOT)
        self.run("pg_basebackup", *copy)
        self.start()
        wait_for(f"{self.name} to follow", lambda: primary.seen(self, "state") == "streaming")

    def wait_for_each_commit(self, standby):
        """From when this returns, a commit is acknowledged once the standby has it on disk."""
        self.set("synchronous_standby_names", standby.name)
        wait_for(f"{standby.name} to be synchronous", lambda: self.seen(standby, "sync_state") == "sync")

    def seen(self, standby, column):
        """What it says of one of its standbys; empty if that does not follow."""
        return self.sql(f"SELECT {column} FROM pg_stat_replication WHERE application_name = '{standby.name}'")

    def promote(self):
        """From when this returns, it takes changes, and waits for no other server with any."""
        self.run("pg_ctl", "promote", "-D", self.data, "-w")


def children(pid):
    """The processes that one has started and that run."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def clean():
    """Ends what runs, and removes all that was made."""
    for left in list(running):
        left.kill()
    for left in folders:
        shutil.rmtree(left, ignore_errors=True)
