/** Python skills for black-box tests, in the prefixed dialect; each is one page. */

const loop = `import json, os, sys, time

def answer(request, result=None, error=None):
    message = {"jsonrpc": "2.0", "id": request["id"]}
    message.update({"error": error} if error else {"result": result})
    print(json.dumps(message), flush=True)

def health(request):
    answer(request, {"status": "ok"})

def invoke(request):
    answer(request, {"echo": request.get("params")})
`;

const serve = `
for line in sys.stdin:
    request = json.loads(line)
    method = request["method"]
    if method == "skill.handshake":
        answer(request, {"name": request["params"]["expected_name"], "version": "1.0.0"})
    elif method == "skill.health":
        health(request)
    elif method == "skill.invoke":
        invoke(request)
    elif method == "skill.shutdown":
        answer(request, {"status": "ok"})
        break
    else:
        answer(request, error={"code": -32601, "message": "unknown method: " + method})
`;

/** Answers everything as it should. */
export const healthySkill = loop + serve;

/** Its health answer is an error while the file \`sick\` stands beside it. */
export const sickOnDemandSkill = `${loop}
def health(request):
    if os.path.exists("sick"):
        text = open("sick").read()
        answer(request, error={"code": -32000, "message": text})
    else:
        answer(request, {"status": "ok"})
${serve}`;

/** Reports a degraded health with a detail. */
export const degradedSkill = `${loop}
def health(request):
    answer(request, {"status": "degraded", "detail": "no bot token configured"})
${serve}`;

/** Prints a traceback and exits at once, each time. */
export const crashingSkill = `import sys
sys.stderr.write('Traceback (most recent call last):\\n  File "skill.py", line 3, in <module>\\n')
sys.stderr.write("ValueError: token expired (401)\\n")
sys.exit(1)
`;

/** Ignores SIGTERM, the closing of its input and the shutdown request. */
export const stubbornSkill = `import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
${loop}
def run():
    for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "skill.handshake":
            answer(request, {"name": request["params"]["expected_name"], "version": "1.0.0"})
        elif request["method"] == "skill.health":
            answer(request, {"status": "ok"})
run()
while True:
    time.sleep(1)
`;

/** Leaves a grandchild in a session of its own behind. */
export const escapingSkill = `${loop}
import subprocess
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
${serve}`;

/** Writes as many lines to its standard error as \`skill.invoke\` asks for: \`{"lines": 3, "text": "line %d"}\`. */
export const talkingSkill = `${loop}
def invoke(request):
    asked = request["params"]
    for number in range(asked.get("lines", 0)):
        sys.stderr.write(asked.get("text", "line %d").replace("%d", str(number)) + "\\n")
    sys.stderr.flush()
    answer(request, {"said": asked.get("lines", 0)})
${serve}`;
