"""Answers the handshake with the JSON given as the first argument, health with the second; `!` makes it an error."""
import json
import sys

import loop


def answering(text):
    def handler(request):
        if text.startswith("!"):
            error = json.loads(text[1:])
            loop.refuse(request, error["code"], error["message"])
        else:
            loop.answer(request, json.loads(text))

    return handler


handlers = {"handshake": answering(sys.argv[1])}
if len(sys.argv) > 2:
    handlers["health"] = answering(sys.argv[2])
loop.serve("answers", **handlers)
