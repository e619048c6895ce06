"""Takes so many seconds for every health answer as the first argument says."""
import sys
import time

import loop


def health(request):
    time.sleep(float(sys.argv[1]))
    loop.answer(request, {"status": "ok"})


loop.serve("ponders", health=health)
