"""Is well, and exits so many seconds after its handshake as the first argument says, with code 1."""
import os
import sys
import threading

import loop


def handshake(request):
    loop.answer(request, {"name": request["params"]["expected_name"], "version": "1.0.0"})
    threading.Timer(float(sys.argv[1]), lambda: os._exit(1)).start()


loop.serve("lapses", handshake=handshake)
