"""The talking half of a Skillward skill: JSON-RPC 2.0, one JSON object a line, on stdin and stdout.

Copy this file next to your skill.py and call serve(). It needs Python 3.8 and nothing else.
"""
import json
import os
import queue
import sys
import threading
import time


class SkillError(Exception):
    """An error for the caller, who gets it as the answer. Any other exception ends the skill with a traceback."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def serve(name, version, *, health, invoke, start=None, tick=None, tick_secs=1.0):
    """Answers requests until stdin ends or a shutdown is asked for.

    start(settings, credentials)  called once, at the handshake; both are dicts of str
    health()                      None when all is well, else one sentence saying what is not
    invoke(params)                the work; returns anything JSON can hold
    tick()                        called about every tick_secs seconds after the handshake
    """
    answers, sys.stdout = sys.stdout, sys.stderr  # a stray print() becomes a log line, not a broken answer
    lines = queue.Queue()
    threading.Thread(target=_read_lines, args=(lines,), daemon=True).start()
    next_tick = None
    while True:
        try:
            line = lines.get(timeout=None if next_tick is None else max(0.0, next_tick - time.monotonic()))
        except queue.Empty:
            tick()
            next_tick = time.monotonic() + tick_secs
            continue
        if line is None:
            return
        request = _parse(line)
        if request is None:
            continue
        method, params = request["method"], request.get("params") or {}
        try:
            if method == "skill.handshake":
                if start:
                    start(params.get("settings") or {}, params.get("credentials") or {})
                if tick:
                    next_tick = time.monotonic() + tick_secs
                body = {"result": {"name": name, "version": version}}
            elif method == "skill.health":
                detail = health()
                body = {"result": {"status": "ok"} if detail is None else {"status": "degraded", "detail": detail}}
            elif method == "skill.invoke":
                body = {"result": invoke(params)}
            elif method == "skill.shutdown":
                body = {"result": {"status": "ok"}}
            else:
                raise SkillError(-32601, f"unknown method: {method}")
        except SkillError as error:
            body = {"error": {"code": error.code, "message": str(error)}}
        answers.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], **body}) + "\n")
        answers.flush()
        if method == "skill.shutdown":
            return


def _parse(line):
    """The request in a line; None for what is none: other text, notifications, half-formed objects."""
    try:
        request = json.loads(line)
    except ValueError:
        return None
    usable = isinstance(request, dict) and isinstance(request.get("method"), str) and "id" in request
    return request if usable and isinstance(request.get("params") or {}, dict) else None


def _read_lines(lines):
    # os.read instead of sys.stdin: a buffered reader still waiting in a thread makes Python's exit fail.
    rest = b""
    while True:
        chunk = os.read(0, 65536)
        if not chunk:
            lines.put(None)
            return
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            lines.put(line)
