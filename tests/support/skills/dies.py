"""Exits with the code of the second argument; the first says when: `start`, `handshake`, `health` or `soon`."""
import os
import sys
import threading

import loop

when, code = sys.argv[1], int(sys.argv[2])


def die(request=None):
    print("Traceback (most recent call last):\nKeyError: 'token'", file=sys.stderr, flush=True)
    os._exit(code)


if when == "start":
    die()
if when == "soon":
    threading.Timer(0.05, die).start()
loop.serve("dies", **({when: die} if when in ("handshake", "health") else {}))
