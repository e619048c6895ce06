"""On invoke, answers with what hurts careless readers: `proto`, `deep`, `steer` (escapes and markup) or `secret`."""
import json
import sys

import loop


def invoke(request):
    head = '{"jsonrpc":"2.0","id":' + str(request["id"]) + ',"result":'
    how = request["params"]["how"]
    if how == "proto":
        print(head + '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}', flush=True)
    elif how == "deep":
        print(head + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}", flush=True)
    elif how == "steer":
        text = "\x1b[2J\x1b]0;owned\x07<img src=x onerror=alert(1)>"
        print(text, file=sys.stderr, flush=True)
        loop.refuse(request, -32000, text)
    elif how == "secret":
        print("Authorization: Bearer sk-live-0123456789abcdefghijkl", file=sys.stderr, flush=True)
        print("postgres://bot:hunter2hunter2@db.example/x", file=sys.stderr, flush=True)
        loop.answer(request, {"told": True})


loop.serve("hostile", invoke=invoke)
