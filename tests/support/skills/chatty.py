"""Prints on stdout what is not JSON: a banner first, then as many lines per invoke as `count` says."""
import sys

import loop


def invoke(request):
    for number in range(request["params"]["count"]):
        print(f"debug {number}: still here")
    print('{"level": "info", "message": "a log record, not a message"}')
    print('{"jsonrpc": "2.0", "torn": ')
    sys.stdout.flush()
    loop.answer(request, {"printed": request["params"]["count"]})


print("*** chatty 1.0 ***\n\nloading [=====] 100 %", flush=True)
loop.serve("chatty", invoke=invoke)
