"""On invoke, a child of it takes so many megabytes as `megabytes` says and keeps them; it stays small itself."""
import os
import time

import loop


def invoke(request):
    if os.fork() == 0:
        loop.forget_parents_socket()
        kept = bytearray(os.urandom(1)) * (request["params"]["megabytes"] * 1_000_000)
        loop.say_alive("hoarder")
        while kept:
            time.sleep(60)
    loop.answer(request, {"growing": True})


loop.serve("grows", invoke=invoke)
