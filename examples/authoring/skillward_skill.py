"""The talking half of a Skillward skill, in one file: copy it next to your script. Python 3.8, standard library only.

    serve(...)       a skill that keeps running and answers
    run_once(...)    a one-shot skill: one request, one answer, done
    serve_mcp(...)   an MCP server, for assistants and for Skillward

Standard output belongs to the answers. While one of these runs, print() writes to standard error, which is the log.
"""
from __future__ import annotations

import json
import os
import queue
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import IO, Any, Callable, Dict, Mapping, NamedTuple, NoReturn, Optional

__all__ = ["SkillError", "Tool", "data_folder", "log", "run_once", "serve", "serve_mcp", "settings"]

Params = Dict[str, Any]
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602


class SkillError(Exception):
    """An error for whoever asked: it is their answer, and the skill goes on. Any other exception ends the skill."""

    def __init__(self, message: str, code: int = -32000) -> None:
        super().__init__(message)
        self.code = code


class Tool(NamedTuple):
    """A tool of an MCP server. `schema` is the JSON Schema of its arguments."""

    run: Callable[[Params], Any]
    description: str
    schema: Mapping[str, Any]


def log(text: str) -> None:
    """Writes a line to the skill's log."""
    print(text, file=sys.stderr, flush=True)


def data_folder() -> Path:
    """The folder this skill may keep things in; a new temporary one when Skillward does not run it."""
    return Path(os.environ.get("SKILLWARD_SKILL_DATA") or tempfile.mkdtemp(prefix="skill-"))


def settings() -> Dict[str, str]:
    """The settings of a one-shot skill. Other skills get theirs in start()."""
    return dict(json.loads(os.environ.get("SKILLWARD_SETTINGS") or "{}"))


def serve(
    name: str,
    version: str,
    *,
    health: Callable[[], Optional[str]],
    invoke: Callable[[Params], Any],
    start: Optional[Callable[[Dict[str, str], Dict[str, str]], None]] = None,
    stop: Optional[Callable[[], None]] = None,
) -> None:
    """Answers requests until a shutdown is asked for or standard input ends.

    health()                      None when all is well, else one sentence that says what is not; must answer at once
    invoke(params)                the work, one call after the other; returns anything JSON can hold
    start(settings, credentials)  called once, at the handshake; both are texts by name
    stop()                        called once, at the end

    Work runs beside the answering, so that a skill that is busy still says how it is.
    """
    wire = _Wire()
    work: "queue.Queue[Optional[Params]]" = queue.Queue()

    def worker() -> None:
        for request in iter(work.get, None):
            wire.reply(request, lambda: invoke(_params(request)))

    thread = threading.Thread(target=worker, daemon=True)
    thread.start()

    def handshake(params: Params) -> Params:
        if start is not None:
            start(params.get("settings") or {}, params.get("credentials") or {})
        return {"name": name, "version": version}

    def state(params: Params) -> Params:
        trouble = health()
        return {"status": "ok"} if trouble is None else {"status": "degraded", "detail": trouble}

    methods = {
        "skill.handshake": handshake,
        "skill.health": state,
        "skill.shutdown": lambda params: {"status": "ok"},
    }
    for request in wire.requests():
        method = request["method"]
        if method == "skill.invoke":
            work.put(request)
            continue
        wire.reply(request, lambda: _known(methods, method)(_params(request)))
        if method == "skill.shutdown":
            break
    work.put(None)
    thread.join(timeout=1)
    if stop is not None:
        stop()


def run_once(execute: Callable[[Params], Any]) -> NoReturn:
    """Reads one request, prints what execute(params) returns, and exits: 0 when it worked, 1 when it raised SkillError."""
    wire = _Wire()
    try:
        request = json.loads(sys.stdin.buffer.read() or b"{}")
        answer, code = execute(_params(request)), 0
    except SkillError as error:
        answer, code = {"ok": False, "error": str(error)}, 1
    wire.write(answer if isinstance(answer, dict) else {"ok": True, "result": answer})
    sys.exit(code)


def serve_mcp(name: str, version: str, tools: Mapping[str, Tool]) -> None:
    """Serves tools over the Model Context Protocol until standard input ends. A tool that raises SkillError has failed."""
    wire = _Wire()

    def initialize(params: Params) -> Params:
        return {
            "protocolVersion": params.get("protocolVersion", "2025-11-25"),
            "capabilities": {"tools": {}},
            "serverInfo": {"name": name, "version": version},
        }

    def listed(params: Params) -> Params:
        return {
            "tools": [
                {"name": key, "description": tool.description, "inputSchema": tool.schema}
                for key, tool in tools.items()
            ]
        }

    def call(params: Params) -> Params:
        tool = tools.get(params.get("name", ""))
        if tool is None:
            raise SkillError(f"unknown tool: {params.get('name')}", INVALID_PARAMS)
        try:
            result, failed = tool.run(params.get("arguments") or {}), False
        except SkillError as error:
            result, failed = str(error), True
        text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
        return {"content": [{"type": "text", "text": text}], "isError": failed}

    methods = {"initialize": initialize, "ping": lambda params: {}, "tools/list": listed, "tools/call": call}
    for request in wire.requests():
        wire.reply(request, lambda: _known(methods, request["method"])(_params(request)))


class _Wire:
    """Standard input and output as JSON-RPC: one object a line, one writer at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._out: IO[str] = sys.stdout
        sys.stdout = sys.stderr  # a stray print() becomes a log line, not a broken answer

    def requests(self):
        """Every request until the input ends; what is none (other text, notifications, half an object) is passed over."""
        for line in sys.stdin.buffer:
            try:
                request = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if not isinstance(request, dict) or not isinstance(request.get("method"), str) or "id" not in request:
                continue
            if isinstance(request.get("params") or {}, dict):
                yield request

    def reply(self, request: Params, work: Callable[[], Any]) -> None:
        try:
            body = {"result": work()}
        except SkillError as error:
            body = {"error": {"code": error.code, "message": str(error)}}
        except Exception:
            # Also from a thread: an error nobody expected ends the whole skill, and its traceback says why.
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        self.write({"jsonrpc": "2.0", "id": request["id"], **body})

    def write(self, message: Params) -> None:
        text = json.dumps(message, ensure_ascii=False) + "\n"
        with self._lock:
            self._out.write(text)
            self._out.flush()


def _params(request: Params) -> Params:
    return request.get("params") or {}


def _known(methods: Mapping[str, Callable[[Params], Any]], method: str) -> Callable[[Params], Any]:
    if method not in methods:
        raise SkillError(f"unknown method: {method}", METHOD_NOT_FOUND)
    return methods[method]
