"""What every supervisor of the benchmark keeps running: one datagram says when this process was up.

Alone (`child.py NAME PORT`) it announces itself and waits. As a skill it is asked first: it announces itself when it
has answered the handshake, whose settings name the port. The same imports either way.
"""

import json
import os
import signal
import socket
import sys
import time


def announce(name, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.sendto(f"{time.monotonic_ns()} {os.getpid()} {name}".encode(), ("127.0.0.1", int(port)))


def answer(request, result):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}) + "\n")
    sys.stdout.flush()


def serve():
    for line in sys.stdin:
        request = json.loads(line)
        method = request["method"]
        if method == "skill.handshake":
            params = request["params"]
            answer(request, {"name": params["expected_name"], "version": "1.0.0"})
            announce(params["expected_name"], params["settings"]["port"])
        else:
            answer(request, {"status": "ok"})
            if method == "skill.shutdown":
                return


if len(sys.argv) == 3:
    announce(sys.argv[1], sys.argv[2])
    signal.pause()
else:
    serve()
