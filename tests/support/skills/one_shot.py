"""A one-shot script: reads one request to the end of its input and does what `params.how` says, or what its first argument says."""
import json
import os
import sys
import time

import loop

loop.say_alive("one-shot")
text = sys.stdin.read()
request = json.loads(text)
params = request["params"]
how = params.get("how", sys.argv[1] if len(sys.argv) > 1 else "ok")

if how == "ok":
    wire = text if params.get("wire") else None
    print(json.dumps({"ok": True, "pid": os.getpid(), "wire": wire, "skill": os.environ.get("FAE_SKILL_NAME")}, indent=1))
elif how == "refuses":
    print(json.dumps({"ok": False, "error": "the quota is used up"}))
elif how == "prints":
    print("all done")
elif how == "dies":
    print("KeyError: 'token'", file=sys.stderr)
    sys.exit(3)
elif how == "sleeps":
    time.sleep(600)
elif how == "floods":
    for _ in range(30):
        sys.stdout.write("x" * 100_000)
elif how == "children":
    if os.fork() == 0:
        os.setsid()
        loop.forget_parents_socket()
        loop.say_alive("left-behind")
        time.sleep(600)
    print('{"ok": true}')
