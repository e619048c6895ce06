"""Reads a feed and keeps the newest copy, with the bug many such scripts have: a cut-off answer is not expected.

The feed is a file this skill writes itself, so that the example needs no network. Every now and then it is written
only in part, as a broken download would be, and reading it raises an error nobody catches: the process ends with a
traceback, Skillward starts it again.
invoke {"action": "latest"} answers with the newest feed, {"action": "break"} cuts the next one off.
"""
import json
import os
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from skill_loop import SkillError, serve

folder = Path(os.environ.get("SKILLWARD_SKILL_DATA") or tempfile.mkdtemp(prefix="flaky-fetch-"))
options = {"fetch_every_secs": 5, "cut_off_every": 18}
fetches = 0
seconds = 0
latest = None


def now():
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def start(settings, credentials):
    options.update({name: int(settings[name]) for name in options if name in settings})
    fetch()


def download(path):
    """Writes the feed to path; every `cut_off_every`-th time only the first part of it."""
    global fetches
    fetches += 1
    body = json.dumps({"fetched": now(), "items": [f"headline {number}" for number in range(20)]})
    cut_off = fetches % options["cut_off_every"] == 0
    path.write_text(body[: 90 + fetches % 7] if cut_off else body, encoding="utf-8")
    return len(body)


def fetch():
    global latest
    path = folder / "feed.json"
    expected = download(path)
    text = path.read_text(encoding="utf-8")
    try:
        latest = json.loads(text)
    except json.JSONDecodeError as error:
        raise RuntimeError(f"feed {path} was cut off at {now()}: got {len(text)} of {expected} bytes") from error


def tick():
    global seconds
    seconds += 1
    if seconds % options["fetch_every_secs"] == 0:
        fetch()


def health():
    return None if latest else "nothing has been fetched yet"


def invoke(params):
    action = params.get("action")
    if action == "latest":
        return latest
    if action == "break":
        options["cut_off_every"] = 1
        return {"breaks_within_secs": options["fetch_every_secs"]}
    raise SkillError(-32602, 'known actions: "latest", "break"')


serve("flaky-fetch", "1.0.0", start=start, health=health, invoke=invoke, tick=tick)
