"""On invoke, two threads write long lines to the same pipe at once, so that they tear each other; then it answers."""
import os
import threading

import loop


def babble(letter):
    line = b'{"babble": "' + letter * 200_000 + b'"}\n'
    for _ in range(20):
        view = memoryview(line)
        while view:
            view = view[os.write(1, view):]


def invoke(request):
    threads = [threading.Thread(target=babble, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    loop.answer(request, {"torn": True})


loop.serve("torn", invoke=invoke)
