"""Answers its health and never an invoke, with a child in its group that does nothing."""
import os
import time

import loop

if os.fork() == 0:
    loop.say_alive("busy-child")
    while True:
        time.sleep(60)
loop.serve("busy", invoke=lambda request: None)
