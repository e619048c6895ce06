# /// script
# requires-python = ">=3.8"
# dependencies = []
#
# [tool.skillward]
# id = "system-clock"
# name = "System clock"
# version = "1.0.0"
# description = "Tells the time, and notices when the clock was set or the machine slept."
#
# [tool.skillward.settings]
# max_jump_secs = 2
#
# [tool.skillward.health]
# check_interval_secs = 10
# ///
"""A whole skill in one file, the loop included: compare wall time with a clock nobody can set.

invoke {"action": "now"} answers with the time.
"""
import json
import sys
import time
from datetime import datetime, timezone

offset = time.time() - time.monotonic()
max_jump_secs = 2.0


def handshake(params):
    global max_jump_secs
    max_jump_secs = float((params.get("settings") or {}).get("max_jump_secs", "2"))
    return {"name": "system-clock", "version": "1.0.0"}


def health(params):
    global offset
    before, offset = offset, time.time() - time.monotonic()
    jump = offset - before
    if abs(jump) > max_jump_secs:
        return {"status": "degraded", "detail": f"since the last check the clock was moved by {jump:+.1f} s"}
    return {"status": "ok"}


def invoke(params):
    now = datetime.now(timezone.utc)
    return {"utc": now.isoformat(), "local": now.astimezone().isoformat(), "unix": int(now.timestamp())}


def shutdown(params):
    return {"status": "ok"}


methods = {
    "skill.handshake": handshake,
    "skill.health": health,
    "skill.invoke": invoke,
    "skill.shutdown": shutdown,
}

for line in sys.stdin:
    try:
        request = json.loads(line)
        method, number = request["method"], request["id"]
    except (ValueError, TypeError, KeyError):
        continue  # not a request: no answer is expected
    answer = {"jsonrpc": "2.0", "id": number}
    if method in methods:
        answer["result"] = methods[method](request.get("params") or {})
    else:
        answer["error"] = {"code": -32601, "message": f"unknown method: {method}"}
    print(json.dumps(answer), flush=True)
    if method == "skill.shutdown":
        break
