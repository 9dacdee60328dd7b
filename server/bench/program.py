"""The programs that are measured, each a process of its own."""

import base64
import http.client
import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")

ACCOUNTS = 64
CREDENTIALS = ",".join(f"{100000000000 + n}:bench{n}:secret{n}" for n in range(ACCOUNTS))

# Of no worth: it guards keys that are published above.
MASTER_KEY = base64.b64encode(bytes(range(32))).decode("ascii")

running = []


class Program:
    """A program from its start script on; ready when this is made."""

    def __init__(self, script, log, *flags, java_opts="", **environment):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("TRACKERD_")}
        begin = time.monotonic()
        self.log = log
        with open(log, "w", encoding="utf-8") as error:
            self.process = subprocess.Popen(
                [ROOT / script, *flags],
                stdout=subprocess.PIPE,
                stderr=error,
                text=True,
                env={**inherited, "JAVA_OPTS": java_opts, **environment},
            )
        ready = next((line for line in self.process.stdout if line.startswith("ready")), None)
        self.ready_ms = (time.monotonic() - begin) * 1e3
        running.append(self)
        if ready is None:
            raise RuntimeError(f"{script} did not start:\n{Path(log).read_text('utf-8')}")
        self.http = re.search(r"http=(\S+)", ready).group(1)
        self.grpc = (re.search(r"grpc=(\S+)", ready) or [None, None])[1]

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def rss_mib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024

    def stop(self):
        running.remove(self)
        self.process.terminate()
        if self.process.wait(timeout=30) != 0:
            raise RuntimeError(f"ended with {self.process.returncode}:\n{Path(self.log).read_text('utf-8')}")

    def call(self, method, path, token=None, body=None):
        """One call; returns the JSON of its answer, which has to be 200."""
        return json.loads(self.fetch(method, path, token, body))

    def fetch(self, method, path, token=None, body=None):
        """One call; returns the bytes of its answer, which has to be 200."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.http).netloc, timeout=60)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:200]}")
        return text

    def token(self, number):
        key = {"appId": f"bench{number}", "appSecret": f"secret{number}"}
        return self.call("POST", "/oauth2/token:generate", body=key)["accessToken"]


def kill_all():
    """Ends what a failure left running."""
    for left in running:
        left.process.kill()
        left.process.wait()


def server(work, *flags, fresh=True, java_opts=""):
    """A server on free ports, on an empty data directory unless told otherwise."""
    if fresh:
        shutil.rmtree(work / "data", ignore_errors=True)
    return Program(
        "server/bin/trackerd",
        work / "server.log",
        *("--data-dir", work / "data", "--grpc-port", "0", "--http-port", "0", *flags),
        java_opts=java_opts,
        TRACKERD_CREDENTIALS=CREDENTIALS,
    )


def server_on(store, log, *flags):
    """A server on free ports, on a PostgreSQL that others may use too."""
    return Program(
        "server/bin/trackerd",
        log,
        *("--grpc-port", "0", "--http-port", "0", *flags),
        TRACKERD_STORE=store.url,
        TRACKERD_STORE_PASSWORD=store.password,
        TRACKERD_MASTER_KEY=MASTER_KEY,
        TRACKERD_CREDENTIALS=CREDENTIALS,
    )


def gateway(work, backend):
    """A gateway by itself, in front of a server."""
    return Program(
        "gateway/bin/trackerd-gateway", work / "gateway.log", "--backend", backend.grpc, "--http-port", "0"
    )
