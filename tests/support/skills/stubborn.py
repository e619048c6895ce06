"""Ignores the shutdown request, the end of its input, SIGTERM and SIGINT: only SIGKILL ends it."""
import signal
import time

import loop

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
loop.serve("stubborn", shutdown=lambda request: loop.answer(request, {"status": "ok"}))
while True:
    time.sleep(60)
