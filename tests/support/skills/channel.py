"""A chat channel the way older hosts had them written: everything comes in the handshake, nothing from the environment; unknown
parameters are ignored; a blank line, junk or `params: null` ends it; a network failure ends it; unknown actions are answered."""
import json
import sys

token = ""
allowed = set()


def handshake(params):
    global token, allowed
    token = params.get("credentials", {}).get("bot_token", "")
    ids = params.get("settings", {}).get("allowed_channel_ids", "")
    allowed = {part.strip() for part in ids.split(",") if part.strip()}
    return {"name": "channel-chat", "version": "1.0.0", "protocol": "fae-skill-v1"}


def health(params):
    if not token:
        return {"status": "degraded", "detail": "no bot token configured"}
    return {"status": "ok"}


def invoke(params):
    if params.get("action") != "send":
        return {"status": "unknown_action"}
    if params.get("text") == "break":
        raise ConnectionError("the service hung up")
    return {"sent": params["reply_target"] in allowed}


while True:
    line = sys.stdin.readline()
    if not line:
        break
    request = json.loads(line)
    method = request["method"]
    reply = {"jsonrpc": "2.0", "id": request["id"]}
    if method == "skill.shutdown":
        print(json.dumps({**reply, "result": {"status": "ok"}}), flush=True)
        break
    handler = {"skill.handshake": handshake, "skill.health": health, "skill.invoke": invoke}.get(method)
    if handler is None:
        reply["error"] = {"code": -32601, "message": "unknown method: " + method}
    else:
        reply["result"] = handler(request.get("params", {}))
    print(json.dumps(reply), flush=True)
