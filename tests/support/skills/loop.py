"""What the fixtures share: the request loop, and a socket whose end proves to the test that the process is dead."""
import json
import os
import socket
import sys

_alive = []


def say_alive(role):
    """Connects back to the test and keeps the connection for as long as this process lives."""
    port = os.environ.get("LIVENESS_PORT")
    if port:
        connection = socket.create_connection(("127.0.0.1", int(port)))
        skill = os.environ.get("SKILLWARD_SKILL_ID", "")
        connection.sendall(f"{role} {os.getpid()} {skill}\n".encode())
        _alive.append(connection)


def forget_parents_socket():
    """After a fork: the inherited connection is the parent's, not ours."""
    while _alive:
        _alive.pop().close()


def send(message):
    sys.stdout.buffer.write((json.dumps(message, ensure_ascii=False) + "\n").encode())
    sys.stdout.buffer.flush()


def answer(request, result):
    send({"jsonrpc": "2.0", "id": request["id"], "result": result})


def refuse(request, code, message):
    send({"jsonrpc": "2.0", "id": request["id"], "error": {"code": code, "message": message}})


def requests():
    """Every request, until the input is closed. Notifications and answers to our own requests are passed over."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "id" in request and "method" in request:
            yield request


def serve(name, **handlers):
    """The skill protocol. A handler named after a method's last part takes the request and answers it itself."""
    say_alive(name)
    for request in requests():
        method = request["method"].removeprefix("skill.")
        if method in handlers:
            handlers[method](request)
        elif method == "handshake":
            answer(request, {"name": request["params"]["expected_name"], "version": "1.0.0"})
        elif method == "health":
            answer(request, {"status": "ok"})
        elif method == "invoke":
            answer(request, request.get("params"))
        elif method == "shutdown":
            answer(request, {"status": "ok"})
            return
        else:
            refuse(request, -32601, f"unknown method: {request['method']}")
