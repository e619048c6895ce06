"""Answers health with every kind of wrong id. The first argument says whether the right one follows: `yes` or `never`."""
import sys

import loop


def health(request):
    right = request["id"]
    for wrong in (right + 1000, str(right), None, -1, 0.5):
        loop.send({"jsonrpc": "2.0", "id": wrong, "result": {"status": "ok"}})
    if sys.argv[1] == "yes":
        loop.answer(request, {"status": "ok"})
        loop.answer(request, {"status": "again"})


loop.serve("stray", health=health)
