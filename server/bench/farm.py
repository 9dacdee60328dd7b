"""Callers who write without a pause and know what has to be there: all that was acknowledged, and nothing else."""

import http.client
import json
import random
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

FEW, MANY = 5, 30
PAUSE_SECONDS = 0.02
AWAY = {502, 503, 504}
WRITE_IN_FLIGHT = 429


@dataclass
class Account:
    """What one caller knows and has seen; written by its own thread, and read while that rests."""

    there: dict = field(default_factory=dict)
    acknowledged: list = field(default_factory=list)
    away: int = 0
    replayed: int = 0
    lost: list = field(default_factory=list)
    repeated: list = field(default_factory=list)
    faults: list = field(default_factory=list)


class Writer(threading.Thread):
    """Makes, changes and deletes the trackers of one account, one after the other, at one server."""

    def __init__(self, server, token, seed):
        super().__init__(daemon=True)
        self.address = urllib.parse.urlsplit(server.http).netloc
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.random = random.Random(seed)
        self.account = Account()
        self.step = 0
        self.begun = 0.0
        self.replayed = False
        self.connection = None
        self.doubt = None
        self.resting, self.rests, self.ended = threading.Event(), threading.Event(), False

    def run(self):
        while not self.ended:
            if self.resting.is_set() and self.doubt is None:
                self.rests.set()
                time.sleep(PAUSE_SECONDS)
            elif self.doubt is None:
                self.change()
            else:
                self.settle()

    def change(self):
        """One change. Until its answer is there, it may have been made or not."""
        self.step += 1
        self.begun = time.monotonic()
        known = self.account.there
        dice = self.random.random()
        name = self.random.choice(list(known)) if known else None
        if len(known) < FEW or (dice < 0.3 and len(known) < MANY):
            name = f"tracker {self.step}"
            self.doubt = ("POST", name, f"step {self.step}")
            status, answer = self.create()
        elif dice < 0.8:
            self.doubt = ("PUT", name, f"step {self.step}")
            path = f"/v1/manage/tracker/{known[name][0]}?vocabularyUpdate=REPLACE"
            status, answer = self.call("PUT", path, self.content())
        else:
            self.doubt = ("DELETE", name, None)
            status, answer = self.call("DELETE", f"/v1/manage/tracker/{known[name][0]}")
        self.answered(status, answer)

    def create(self):
        """Asks for the tracker in doubt, by a key under which it is made once however often this is called."""
        return self.call("POST", "/v1/manage/tracker", self.content(), {"Idempotency-Key": f"step-{self.step}"})

    def content(self):
        _, name, phrase = self.doubt
        return {"name": name, "vocabulary": [phrase]}

    def answered(self, status, answer):
        method, name, phrase = self.doubt
        account = self.account
        if status == 200:
            account.acknowledged.append((self.begun, time.monotonic()))
            if method == "DELETE":
                del account.there[name]
            else:
                account.there[name] = (answer["tracker"]["id"], phrase)
            self.doubt = None
        elif status == WRITE_IN_FLIGHT:
            self.doubt = None
            time.sleep(PAUSE_SECONDS)
        elif status is None or status in AWAY:
            account.away += 1
            time.sleep(PAUSE_SECONDS)
        elif (method, status) in {("POST", 409), ("DELETE", 404)}:
            # It was made behind the caller's back: this one has never been answered before.
            account.repeated.append(f"{self.doubt}: {status} {answer}")
            self.look()
        elif (method, status) == ("PUT", 404):
            account.lost.append(f"{name} {account.there.pop(name)}: not there")
            self.doubt = None
        else:
            account.faults.append(f"{self.doubt}: {status} {answer}")
            time.sleep(PAUSE_SECONDS)

    def settle(self):
        """Finds out what became of the change in doubt."""
        if self.doubt[0] != "POST":
            self.look()
            return
        status, answer = self.create()
        if status == WRITE_IN_FLIGHT or (status == 409 and "IDEMPOTENCY_KEY_IN_USE" in str(answer)):
            time.sleep(PAUSE_SECONDS)
            return
        self.account.replayed += self.replayed
        self.answered(status, answer)

    def look(self):
        """Settles it by what is there."""
        _, name, phrase = self.doubt
        found = self.named(name)
        if found is None:
            self.account.away += 1
            time.sleep(PAUSE_SECONDS)
            return
        known = self.account.there.pop(name, None)
        if found and (known is None or found[0][1] in (known[1], phrase)):
            self.account.there[name] = found[0]
        elif found:
            self.account.lost.append(f"{name} {known}: is {found[0]}")
            self.account.there[name] = found[0]
        elif known and phrase is not None:
            self.account.lost.append(f"{name} {known}: not there")
        self.doubt = None

    def named(self, name):
        """Trackers of that name, each an id and its phrase; None if that can't be told."""
        status, answer = self.call("GET", f"/v1/manage/trackers?name={urllib.parse.quote(name)}")
        return [stored(tracker) for tracker in answer["trackers"]] if status == 200 else None

    def verify(self):
        """Compares with all that is there; for a writer that rests."""
        status, answer = self.call("GET", "/v1/manage/trackers")
        if status != 200:
            raise RuntimeError(f"no list: {status} {answer}")
        found = {tracker["name"]: stored(tracker) for tracker in answer["trackers"]}
        account = self.account
        for name in sorted(found.keys() | account.there.keys()):
            if found.get(name) != account.there.get(name):
                account.lost.append(f"{name} {account.there.get(name)}: is {found.get(name)}")
        account.there = found

    def call(self, method, path, body=None, more=None):
        """Status and JSON of an answer; no status if none came, or not wholly."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address, timeout=30)
            headers = {**self.headers, **(more or {})}
            self.connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            self.replayed = answer.getheader("idempotent-replayed") == "true"
            return answer.status, json.loads(answer.read())
        except (OSError, ValueError, http.client.HTTPException) as e:
            self.connection.close()
            self.connection = None
            return None, str(e)


def stored(tracker):
    return tracker["id"], tracker["vocabulary"][0]


class Farm:
    """Writers, each with an account of its own, spread over servers."""

    def __init__(self, servers, count):
        self.servers = servers
        places = [(n, servers[n % len(servers)]) for n in range(count)]
        self.writers = [Writer(server, server.token(n), n) for n, server in places]
        for writer in self.writers:
            writer.start()

    def acknowledged(self, begin=0.0, end=float("inf"), server=None):
        """When writes that were begun in that time were acknowledged, in order."""
        chosen = self.writers if server is None else self.writers[self.servers.index(server) :: len(self.servers)]
        return sorted(at for w in chosen for begun, at in list(w.account.acknowledged) if begin <= begun < end)

    def rest(self):
        """Lets what is under way end, and what is in doubt be settled."""
        for writer in self.writers:
            writer.rests.clear()
            writer.resting.set()
        for writer in self.writers:
            if not writer.rests.wait(60):
                raise RuntimeError(f"not settled within a minute: {writer.doubt}")

    def go_on(self):
        for writer in self.writers:
            writer.resting.clear()

    def verify(self):
        """Compares what is there with what was acknowledged, and goes on."""
        self.rest()
        for writer in self.writers:
            writer.verify()
        self.go_on()

    def of(self, what):
        """That list of all accounts together."""
        return [entry for writer in self.writers for entry in getattr(writer.account, what)]

    def sum(self, what):
        """That number of all accounts together."""
        return sum(getattr(writer.account, what) for writer in self.writers)

    def end(self):
        for writer in self.writers:
            writer.ended = True
        for writer in self.writers:
            writer.join(60)
