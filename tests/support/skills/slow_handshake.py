"""Answers the handshake after as many seconds as the first argument says."""
import sys
import time

import loop


def handshake(request):
    time.sleep(float(sys.argv[1]))
    loop.answer(request, {"name": request["params"]["expected_name"], "version": "1.0.0"})


loop.serve("slow", handshake=handshake)
