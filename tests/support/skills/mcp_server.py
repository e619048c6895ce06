"""An MCP server over stdio. The first argument is its era: `handshake` (initialize, ping) or `envelope` (server/discover)."""
import sys

import loop

era = sys.argv[1]
info = {"serverInfo": {"name": "any name", "version": "2.0"}, "capabilities": {"tools": {}}}


def call(request):
    params = request["params"]
    if params["name"] == "fail":
        loop.answer(request, {"isError": True, "content": [{"type": "text", "text": "it did not work"}]})
    else:
        loop.answer(request, {"content": [{"type": "text", "text": str(params["arguments"])}]})


loop.say_alive("mcp")
for request in loop.requests():
    method = request["method"]
    enveloped = "io.modelcontextprotocol/protocolVersion" in (request.get("params") or {}).get("_meta", {})
    if method == "tools/call" and enveloped == (era == "envelope"):
        call(request)
    elif era == "handshake" and method == "initialize":
        loop.send({"jsonrpc": "2.0", "id": "from-server", "method": "ping"})
        loop.answer(request, {"protocolVersion": "2025-11-25", **info})
        loop.send({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "ready"}})
    elif era == "handshake" and method == "ping":
        loop.answer(request, {})
    elif era == "envelope" and method == "server/discover" and enveloped:
        loop.answer(request, {"supportedVersions": ["2026-07-28"], **info})
    else:
        loop.refuse(request, -32022 if method == "initialize" else -32601, f"no such method: {method}")
