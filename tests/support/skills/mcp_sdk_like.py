"""A stand-in, in the standard library, for a server made with the official Python SDK 2.x: what matters to a supervisor.

Both eras on one server, the first request decides; sync tools on threads, so that a hanging one does not stop `ping`; an
async tool runs on the loop and blocks everything, answers then come late and in order; junk gets no answer; requests before
`initialize` are invalid; a tool that raises is a result; closing stdin waits for running tools. Arguments: `newest` speaks the
2026 era only, `strict` refuses unknown methods before `initialize` as invalid params.
"""
import json
import os
import sys
import threading
import time

import loop

NEWEST, STRICT = "newest" in sys.argv, "strict" in sys.argv
ENVELOPE = "io.modelcontextprotocol/protocolVersion"
INFO = {"serverInfo": {"name": "stand-in", "version": ""}, "capabilities": {"tools": {}}}
era = "2026" if NEWEST else None
initialized = False
lock = threading.Lock()
running = []


def send(message):
    with lock:
        loop.send(message)


def tool_result(number, text, failed=False):
    send({"jsonrpc": "2.0", "id": number, "result": {"content": [{"type": "text", "text": text}], "isError": failed}})


def in_thread(work, *arguments):
    thread = threading.Thread(target=work, args=arguments)
    running.append(thread)
    thread.start()


def tool(number, params):
    name, arguments = params["name"], params.get("arguments") or {}
    token = (params.get("_meta") or {}).get("progressToken")
    if name == "add":
        if token is not None:
            progress = {"progressToken": token, "progress": 1, "total": 2, "message": "half way"}
            send({"jsonrpc": "2.0", "method": "notifications/progress", "params": progress})
        in_thread(tool_result, number, str(arguments["a"] + arguments["b"]))
    elif name == "raises":
        print("Traceback (most recent call last):\nValueError: boom", file=sys.stderr, flush=True)
        tool_result(number, "Error executing tool raises", failed=True)
    elif name == "hang":
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    elif name == "block_loop":
        time.sleep(arguments["seconds"])
        tool_result(number, "awake again")
    elif name == "die":
        print("dying now", file=sys.stderr, flush=True)
        os._exit(3)
    else:
        tool_result(number, f"Unknown tool: {name}", failed=True)


def page(params):
    tools = [{"name": name, "description": f"The tool {name}.", "inputSchema": {"type": "object"}}
             for name in ("add", "raises", "hang", "block_loop", "die")]
    at = int(params.get("cursor", 0))
    more = {"nextCursor": str(at + 2)} if at + 2 < len(tools) else {}
    return {"tools": tools[at:at + 2], **more}


def handle(request):
    global era, initialized
    number, method, params = request["id"], request["method"], request.get("params") or {}
    enveloped = ENVELOPE in (params.get("_meta") or {})
    if era is None:
        era = "2026" if enveloped else "handshake"

    def refuse(code, message):
        send({"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}})

    def answer(result):
        send({"jsonrpc": "2.0", "id": number, "result": result})

    if era == "2026":
        if method == "initialize":
            refuse(-32022, "unsupported protocol version")
        elif not enveloped:
            refuse(-32601, "Method not found")
        elif method == "server/discover":
            answer({"supportedVersions": ["2026-07-28"], **INFO})
        elif method == "tools/list":
            answer(page(params))
        elif method == "tools/call":
            tool(number, params)
        else:
            refuse(-32601, "Method not found")
    elif enveloped:
        refuse(-32600, "this connection has a handshake")
    elif method == "initialize":
        if "clientInfo" not in params:
            refuse(-32602, "clientInfo is missing")
            return
        initialized = True
        answer({"protocolVersion": "2025-11-25", **INFO})
    elif method == "ping":
        answer({})
    elif not initialized:
        refuse(-32602 if STRICT or method.startswith("tools/") else -32601, "Method not found")
    elif method == "tools/list":
        answer(page(params))
    elif method == "tools/call":
        tool(number, params)
    else:
        refuse(-32601, "Method not found")


loop.say_alive("mcp-sdk-like")
time.sleep(0.3)
for line in sys.stdin.buffer:
    try:
        message = json.loads(line)
        usable = message["jsonrpc"] == "2.0" and message["method"] and isinstance(message["id"], (int, str))
    except (ValueError, TypeError, KeyError):
        continue
    if usable:
        handle(message)
