"""A leader with two children that ignore SIGTERM and hold its stdout: one in its group that threw its environment away,
so that only the group finds it, and one that left the group by setsid, so that only the run id finds it. The first
argument says how the leader ends: `loyal` on request, `deserts` by a crash after the handshake."""
import os
import signal
import sys
import time

import loop

WITHOUT_ENVIRONMENT = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
os.environ["LIVENESS_PORT"] = sys.argv[2]
import loop
loop.say_alive("group-child")
time.sleep(600)
"""


def fork_child():
    if os.fork() != 0:
        return False
    loop.forget_parents_socket()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return True


if fork_child():
    here = os.path.dirname(os.path.abspath(__file__))
    command = [sys.executable, "-B", "-c", WITHOUT_ENVIRONMENT, here, os.environ["LIVENESS_PORT"]]
    os.execve(sys.executable, command, {})
if fork_child():
    os.setsid()
    loop.say_alive("escaped-child")
    time.sleep(600)
crash = {"invoke": lambda request: os._exit(7)} if sys.argv[1] == "deserts" else {}
loop.serve("leader", **crash)
