"""A small MCP server over stdin and stdout: two tools that keep notes in this skill's data folder.

Any MCP client can use it, and Skillward watches it: initialize is its handshake, ping its health check.
"""
import json
import os
import sys
import tempfile
from pathlib import Path

notes_file = Path(os.environ.get("SKILLWARD_SKILL_DATA") or tempfile.mkdtemp(prefix="notes-")) / "notes.txt"
MOST_NOTES = 1000

TOOLS = [
    {
        "name": "add_note",
        "description": "Keep one short note.",
        "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
    },
    {
        "name": "list_notes",
        "description": "All notes, oldest first.",
        "inputSchema": {"type": "object", "properties": {}},
    },
]


class RequestError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def load():
    return notes_file.read_text(encoding="utf-8").splitlines() if notes_file.exists() else []


def add_note(arguments):
    text = arguments.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the note is empty: give it a text")
    notes = [*load(), " ".join(text.split())][-MOST_NOTES:]
    notes_file.write_text("\n".join(notes) + "\n", encoding="utf-8")
    return f"kept as note {len(notes)}"


def list_notes(arguments):
    return "\n".join(load()) or "no notes yet"


def initialize(params):
    return {
        "protocolVersion": params.get("protocolVersion", "2025-06-18"),
        "capabilities": {"tools": {}},
        "serverInfo": {"name": "notes", "version": "1.0.0"},
    }


def call_tool(params):
    tool = {"add_note": add_note, "list_notes": list_notes}.get(params.get("name"))
    if tool is None:
        raise RequestError(-32602, f"unknown tool: {params.get('name')}")
    try:
        return {"content": [{"type": "text", "text": tool(params.get("arguments") or {})}]}
    except ValueError as error:  # the tool failed, the server did not
        return {"content": [{"type": "text", "text": str(error)}], "isError": True}


methods = {
    "initialize": initialize,
    "ping": lambda params: {},
    "tools/list": lambda params: {"tools": TOOLS},
    "tools/call": call_tool,
}

for line in sys.stdin:
    try:
        request = json.loads(line)
        method, number = request["method"], request["id"]
    except (ValueError, TypeError, KeyError):
        continue  # notifications and junk get no answer
    try:
        if method not in methods:
            raise RequestError(-32601, f"unknown method: {method}")
        body = {"result": methods[method](request.get("params") or {})}
    except RequestError as error:
        body = {"error": {"code": error.code, "message": str(error)}}
    print(json.dumps({"jsonrpc": "2.0", "id": number, **body}), flush=True)
