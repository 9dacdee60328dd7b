"""How a caller fares while another one takes all that it can get."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import load

HERE = Path(__file__).resolve().parent
PHRASES = 97_000
LISTERS = 200


@dataclass(frozen=True)
class Neighbours:
    """What the quiet caller saw alone and beside the crowd, and what the crowd got."""

    alone: dict
    beside: dict
    crowd: dict
    lists: load.Figures


def measure(server, warmup, seconds):
    """Accounts 0 and 1 of the server: the crowd's, and the quiet caller's."""
    crowd_token, quiet_token = server.token(0), server.token(1)
    large = large_tracker(server, crowd_token)
    quiet = ("caller.py", server.http, quiet_token, create(server, quiet_token, ["a phrase"]))
    crowd = ("crowd.py", server.http, server.grpc, crowd_token, large)
    together(server, quiet, crowd, warmup)
    alone = finish(start(*quiet, seconds))
    return Neighbours(alone, *together(server, quiet, crowd, seconds))


def together(server, quiet, crowd, seconds):
    """What the caller saw, what the crowd got, and its lists."""
    several = start(*crowd, seconds + 2)
    one = start(*quiet, seconds)
    token = crowd[3]
    lists = load.wrk(
        f"{server.http}/v1/manage/trackers",
        *("-t", "1", "-c", str(LISTERS), "-H", f"Authorization: Bearer {token}"),
        seconds=seconds,
    )
    return finish(one), finish(several), lists


def create(server, token, phrases):
    body = {"name": "bench", "vocabulary": phrases}
    return server.call("POST", "/v1/manage/tracker", token, body)["tracker"]["id"]


def large_tracker(server, token):
    """A tracker of 2.9 MB, in pieces that a body may have."""
    phrases = [f"phrase {n:6} of some length" for n in range(PHRASES)]
    quarter = PHRASES // 4
    tracker = create(server, token, phrases[:quarter])
    for begin in range(quarter, PHRASES, quarter):
        more = {"vocabulary": phrases[begin : begin + quarter]}
        server.call("PUT", f"/v1/manage/tracker/{tracker}?vocabularyUpdate=MERGE", token, more)
    return tracker


def start(script, *arguments):
    command = [sys.executable, "-B", HERE / script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process):
    text, _ = process.communicate(timeout=300)
    if process.returncode != 0:
        raise RuntimeError(f"{process.args[1]} ended with {process.returncode}")
    return json.loads(text)
