"""__NAME__: a one-shot Skillward skill. Each run is a process of its own: one request in, one answer out, done.

Try it without Skillward:  python3 -m unittest        With it:  skillward validate .
"""
from pathlib import Path

from skillward_skill import SkillError, run_once


def execute(params):
    """The work. Raise SkillError to say that it did not work; any other exception is a failed run with its traceback."""
    folder = Path(params.get("folder") or ".").expanduser()
    if not folder.is_dir():
        raise SkillError(f"{folder} is not a folder")
    return {"ok": True, "files": sum(1 for entry in folder.iterdir() if entry.is_file())}


if __name__ == "__main__":
    run_once(execute)
