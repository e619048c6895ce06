"""An MCP server over stdio with tools to look at: one that answers, one that fails, one with markup in its words."""
import os

import loop

TOOLS = [
    {
        "name": "add",
        "description": "Adds <b>two</b> numbers.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "a": {"type": "integer", "description": "The first"},
                "b": {"type": "integer", "default": 1},
                "as_text": {"type": "boolean"},
            },
            "required": ["a"],
        },
    },
    {"name": "fail", "inputSchema": {"type": "object", "properties": {}}},
]


def call(params):
    arguments = params["arguments"]
    if params["name"] == "fail":
        return {"isError": True, "content": [{"type": "text", "text": "<img src=x onerror=alert(1)> did not work"}]}
    total = arguments["a"] + arguments["b"]
    return {"content": [{"type": "text", "text": f"{total} for {os.environ.get('SEARCH_USER', 'nobody')}"}]}


for request in loop.requests():
    method = request["method"]
    if method == "initialize":
        info = {"serverInfo": {"name": "tools", "version": "1.0"}, "capabilities": {"tools": {}}}
        loop.answer(request, {"protocolVersion": "2025-11-25", **info})
    elif method == "ping":
        loop.answer(request, {})
    elif method == "tools/list":
        loop.answer(request, {"tools": TOOLS})
    elif method == "tools/call":
        loop.answer(request, call(request["params"]))
    elif "id" in request:
        loop.refuse(request, -32601, f"no such method: {method}")
