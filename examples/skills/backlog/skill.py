"""Works off a spool folder: one small file per job, oldest first.

Jobs arrive in bursts, so the queue grows faster than it is worked off and the skill is degraded until it has caught up.
invoke {"action": "add", "count": 5} brings more jobs, {"action": "waiting"} says how many wait.
"""
import os
import tempfile
import time
from pathlib import Path

from skill_loop import SkillError, serve

spool = Path(os.environ.get("SKILLWARD_SKILL_DATA") or tempfile.mkdtemp(prefix="backlog-")) / "spool"
limits = {"burst_files": 60, "burst_every_secs": 60, "files_per_sec": 2, "max_waiting": 20}
# However long nobody looks, the folder never holds more than this.
MOST_FILES = 500
next_burst = 0.0
done = 0


def start(settings, credentials):
    limits.update({name: int(settings[name]) for name in limits if name in settings})
    spool.mkdir(parents=True, exist_ok=True)
    burst()


def waiting():
    return sorted(spool.glob("*.job"))


def add(count):
    room = MOST_FILES - len(waiting())
    added = max(0, min(count, room))
    for _ in range(added):
        (spool / f"{time.time_ns()}.job").write_text("mail to send", encoding="utf-8")
    return added


def burst():
    global next_burst
    next_burst = time.monotonic() + limits["burst_every_secs"]
    add(limits["burst_files"])


def tick():
    global done
    for job in waiting()[: limits["files_per_sec"]]:
        job.unlink(missing_ok=True)
        done += 1
    if time.monotonic() >= next_burst:
        burst()


def health():
    count = len(waiting())
    if count > limits["max_waiting"]:
        return f"{count} files wait in the spool folder, more than {limits['max_waiting']}"
    return None


def invoke(params):
    action = params.get("action")
    if action == "add" and isinstance(params.get("count"), int):
        return {"added": add(params["count"]), "waiting": len(waiting())}
    if action == "waiting":
        return {"waiting": len(waiting()), "done": done}
    raise SkillError(-32602, 'known actions: "waiting", and "add" with a number as "count"')


serve("backlog", "1.0.0", start=start, health=health, invoke=invoke, tick=tick)
