"""Counts words and lines of a text, and hangs when asked to.

A skill that hangs is alive for the operating system: only asking it shows that it no longer answers. Skillward waits
health_timeout_secs, calls the check failed and starts the skill anew.
invoke {"action": "count", "text": …} counts, {"action": "hang"} stops answering for good, {"action": "hang",
"secs": 20} for a while.
"""
import sys
import time

from skill_loop import SkillError, serve


def hang(secs):
    until = None if secs is None else time.monotonic() + secs
    print("hanging as asked" + (" for good" if until is None else f" for {secs} seconds"), file=sys.stderr)
    while until is None or time.monotonic() < until:
        time.sleep(0.5)


def health():
    return None


def invoke(params):
    action, text, secs = params.get("action"), params.get("text"), params.get("secs")
    if action == "hang" and (secs is None or isinstance(secs, (int, float))):
        hang(secs)
        return {"hung_secs": secs}
    if action == "count" and isinstance(text, str):
        return {"words": len(text.split()), "lines": len(text.splitlines()), "characters": len(text)}
    raise SkillError(-32602, 'known actions: "count" with a "text", "hang" with an optional number of "secs"')


serve("hang-on-demand", "1.0.0", health=health, invoke=invoke)
