"""The dialect of generated skills: methods without a prefix, `skill_name`, and `healthy`."""
import loop

loop.say_alive("unprefixed")
for request in loop.requests():
    method = request["method"]
    if method == "handshake":
        loop.answer(request, {"protocol_version": "1.0", "skill_name": request["params"]["expected_name"]})
    elif method == "health":
        loop.answer(request, {"status": "healthy"})
    elif method == "invoke":
        loop.answer(request, {"status": "ok", "action": request["params"]["action"]})
    elif method == "shutdown":
        loop.answer(request, {"status": "ok"})
        break
    else:
        loop.refuse(request, -32601, f"unknown method: {method}")
