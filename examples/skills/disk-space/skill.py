"""Watches the free space of one disk.

invoke {"action": "usage"} answers with the disk's numbers; add "folder" to ask about another disk.
"""
import shutil
from pathlib import Path

from skill_loop import SkillError, serve

MEGABYTE = 1024 * 1024
watched = Path.home()
min_free_mb = 500


def start(settings, credentials):
    global watched, min_free_mb
    watched = Path(settings.get("folder") or Path.home()).expanduser()
    min_free_mb = int(settings.get("min_free_mb", "500"))


def usage(folder):
    try:
        disk = shutil.disk_usage(folder)
    except OSError as error:
        raise SkillError(-32000, f"cannot look at {folder}: {error.strerror}") from error
    return {
        "folder": str(folder),
        "total_mb": disk.total // MEGABYTE,
        "free_mb": disk.free // MEGABYTE,
        "used_percent": round(100 * disk.used / disk.total, 1),
    }


def health():
    free_mb = usage(watched)["free_mb"]
    if free_mb < min_free_mb:
        return f"only {free_mb} MB are free where {watched} lies; the limit is {min_free_mb} MB"
    return None


def invoke(params):
    if params.get("action") != "usage":
        raise SkillError(-32602, 'known action: "usage"')
    return usage(Path(params.get("folder") or watched).expanduser())


serve("disk-space", "1.0.0", start=start, health=health, invoke=invoke)
