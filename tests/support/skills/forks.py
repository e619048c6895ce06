"""On invoke, becomes a bounded fork bomb: every process forks again and again until there are `limit` of them, half of
them in sessions of their own. Each lives until it is killed."""
import os
import time

import loop


def bomb(depth):
    for _ in range(2 if depth > 0 else 0):
        if os.fork() == 0:
            loop.forget_parents_socket()
            if depth % 2 == 0:
                os.setsid()
            loop.say_alive("spawn")
            bomb(depth - 1)
            while True:
                time.sleep(60)


def invoke(request):
    loop.answer(request, {"forking": True})
    bomb(request["params"]["depth"])


loop.serve("forks", invoke=invoke)
