"""A skill that answers everything as it should, and does nothing else."""

import json
import sys

for line in sys.stdin:
    request = json.loads(line)
    method = request["method"]
    if method == "skill.handshake":
        result = {"name": request["params"]["expected_name"], "version": "1.0.0"}
    else:
        result = {"status": "ok"}
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}) + "\n")
    sys.stdout.flush()
    if method == "skill.shutdown":
        break
