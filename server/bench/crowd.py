"""A caller who takes all that it can get: crowd.py URL GRPC TOKEN ID SECONDS.

Patches its tracker by 1,000 operations at a time without a pause, and holds 2,000 gRPC calls open whose messages never
come. Prints JSON: patches that were answered with 200 and with something else, and how many calls were held on average.
"""

import asyncio
import http.client
import json
import struct
import sys
import threading
import time
import urllib.parse

CONNECTIONS, STREAMS = 20, 100
HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 1, 3, 4, 6, 7
END_STREAM, ACK, END_HEADERS = 1, 1, 4


def patch(url, token, tracker, end, counts):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    phrases = [f"a phrase that comes and goes {n}" for n in range(500)]
    body = json.dumps(
        [{"op": "add", "path": "/vocabulary/-", "value": phrase} for phrase in phrases]
        + [{"op": "remove", "path": "/vocabulary", "value": phrase} for phrase in phrases]
    )
    while time.monotonic() < end:
        try:
            connection.request("PATCH", f"/v1/manage/trackers/{tracker}", body, headers)
            answer = connection.getresponse()
            answer.read()
            counts["patched" if answer.status == 200 else "refused"] += 1
        except (OSError, http.client.HTTPException):
            connection.close()
            counts["refused"] += 1


def frame(kind, flags, stream, payload=b""):
    return len(payload).to_bytes(3, "big") + struct.pack(">BBI", kind, flags, stream) + payload


def text(value):
    """A string in HPACK (RFC 7541, 5.2), not compressed."""
    length = len(value)
    if length < 127:
        return bytes([length]) + value
    length, coded = length - 127, b"\x7f"
    while length > 127:
        coded, length = coded + bytes([length % 128 + 128]), length // 128
    return coded + bytes([length]) + value


def head(authority, token):
    """The head of a Get: indexed fields, then literal ones by the numbers of RFC 7541, appendix A."""
    return (
        b"\x83\x86"
        + b"\x04" + text(b"/tracker.v1.TrackerService/Get")
        + b"\x01" + text(authority.encode())
        + b"\x0f\x10" + text(b"application/grpc")
        + b"\x00" + text(b"te") + text(b"trailers")
        + b"\x0f\x08" + text(b"Bearer " + token.encode())
    )


async def hold(grpc, token, counts):
    """Holds as many calls as one connection may have, and begins anew a second after any of them ended."""
    host, port = grpc.rsplit(":", 1)
    block = head(grpc, token)
    while True:
        held = 0
        try:
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0))
            for number in range(STREAMS):
                writer.write(frame(HEADERS, END_HEADERS, 2 * number + 1, block))
            held = STREAMS
            counts["open"] += held
            while held == STREAMS:
                length, kind, flags, _ = struct.unpack(">IBBI", b"\0" + await reader.readexactly(9))
                payload = await reader.readexactly(length)
                if kind in (SETTINGS, PING) and not flags & ACK:
                    writer.write(frame(kind, ACK, 0, payload if kind == PING else b""))
                elif kind == RST_STREAM or kind == GOAWAY or (kind == HEADERS and flags & END_STREAM):
                    break
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            pass
        counts["open"] -= held
        await asyncio.sleep(1)


async def hold_all(grpc, token, seconds, counts):
    tasks = [asyncio.create_task(hold(grpc, token, counts)) for _ in range(CONNECTIONS)]
    samples = []
    for _ in range(int(seconds * 10)):
        await asyncio.sleep(0.1)
        samples.append(counts["open"])
    counts["held"] = sum(samples) // len(samples)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main(url, grpc, token, tracker, seconds):
    counts = {"patched": 0, "refused": 0, "open": 0}
    patching = threading.Thread(target=patch, args=(url, token, tracker, time.monotonic() + seconds, counts))
    patching.start()
    asyncio.run(hold_all(grpc, token, seconds, counts))
    patching.join()
    print(json.dumps({name: counts[name] for name in ("patched", "refused", "held")}))


main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], float(sys.argv[5]))
