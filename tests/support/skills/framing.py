"""Writes its answers the hard way: `split`, `packed`, `crlf`, or `size` with a number of bytes."""
import json
import sys
import time

import loop

out = sys.stdout.buffer


def line(request, result, ending=b"\n"):
    message = {"jsonrpc": "2.0", "id": request["id"], "result": result}
    return json.dumps(message, ensure_ascii=False).encode() + ending


def invoke(request):
    how = request["params"]["how"]
    if how == "split":
        data = line(request, {"text": "zwölf Bäume"})
        middle = data.index("ö".encode()) + 1
        out.write(data[:middle])
        out.flush()
        time.sleep(0.3)
        out.write(data[middle:])
    elif how == "packed":
        progress = b'{"jsonrpc":"2.0","method":"skill.progress","params":{"pct":50}}\n'
        out.write(progress + progress + line(request, {"packed": True}))
    elif how == "crlf":
        out.write(line(request, {"crlf": True}, b"\r\n"))
    elif how == "size":
        bare = len(line(request, {"fill": ""})) - 1
        out.write(line(request, {"fill": "x" * (request["params"]["bytes"] - bare)}))
    out.flush()


loop.serve("framing", invoke=invoke)
