"""A caller who changes and reads one tracker in turn: caller.py URL TOKEN ID SECONDS.

Prints JSON: for PUT and GET, how many answers were 200, how many were not, and the 99th percentile in milliseconds.
"""

import http.client
import json
import sys
import time
import urllib.parse

from load import quantile

PAUSE_SECONDS = 0.004


def main(url, token, tracker, seconds):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    times, failed = {"PUT": [], "GET": []}, {"PUT": 0, "GET": 0}
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        body = json.dumps({"vocabulary": [f"phrase {number}", "another one"]})
        for method, path, content in (
            ("PUT", f"/v1/manage/tracker/{tracker}?vocabularyUpdate=REPLACE", body),
            ("GET", f"/v1/manage/tracker/{tracker}", None),
        ):
            begin = time.monotonic()
            try:
                connection.request(method, path, content, headers)
                answer = connection.getresponse()
                text = answer.read()
                good = answer.status == 200 and f'"phrase {number}"'.encode() in text
            except (OSError, http.client.HTTPException):
                connection.close()
                good = False
            times[method].append((time.monotonic() - begin) * 1e3)
            failed[method] += not good
            time.sleep(PAUSE_SECONDS)
    report = {
        method: {"good": len(took) - failed[method], "bad": failed[method], "p99": quantile(sorted(took), 0.99)}
        for method, took in times.items()
    }
    print(json.dumps(report))


main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
