"""On invoke, writes without end from a second thread and goes on answering: `stderr`, `stdout` (lines), `json` (messages)
or `endless` (no newline at all)."""
import os
import threading

import loop

blocks = {
    "stderr": (2, b"x" * 99 + b"\n"),
    "stdout": (1, b"x" * 99 + b"\n"),
    "json": (1, b'{"jsonrpc":"2.0","method":"heartbeat","params":{"beat":"' + b"x" * 43 + b'"}}\n'),
    "endless": (1, b"x" * 100),
}


def pour(descriptor, block):
    while True:
        os.write(descriptor, block)


def invoke(request):
    descriptor, line = blocks[request["params"]["where"]]
    loop.answer(request, {"pouring": True})
    threading.Thread(target=pour, args=(descriptor, line * 600), daemon=True).start()


loop.serve("flood", invoke=invoke)
