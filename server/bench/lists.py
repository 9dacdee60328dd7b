"""Lists an account's trackers in CALLS calls at once and checks each: lists.py URL TOKEN CALLS COUNT.

Prints lists per second, and the median and the slowest in milliseconds.
"""

import concurrent.futures
import json
import sys
import time
import urllib.request

url, token, calls, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def one(_):
    begin = time.monotonic()
    request = urllib.request.Request(f"{url}/v1/manage/trackers", headers={"Authorization": f"Bearer {token}"})
    body = urllib.request.urlopen(request, timeout=60).read()
    took = time.monotonic() - begin
    found = len(json.loads(body)["trackers"])
    if found != count:
        sys.exit(f"a list holds {found} trackers (expected: {count})")
    return took * 1e3


start = time.monotonic()
with concurrent.futures.ThreadPoolExecutor(calls) as pool:
    times = sorted(pool.map(one, range(calls)))
rate = calls / (time.monotonic() - start)
print(f"{rate:.1f} {times[len(times) // 2]:.0f} {times[-1]:.0f}")
