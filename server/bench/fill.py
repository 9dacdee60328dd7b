"""Makes COUNT trackers in one account: fill.py URL TOKEN COUNT."""

import json
import sys
import urllib.request

url, token, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for start in range(0, count, 500):
    trackers = [
        {"name": f"tracker {n}", "vocabulary": [f"phrase {p} of tracker {n}, some words long" for p in range(10)]}
        for n in range(start, min(start + 500, count))
    ]
    request = urllib.request.Request(
        f"{url}/v1/manage/trackers",
        json.dumps(trackers).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request).read()
