import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newSkill } from '../../../electron/runtime/authoring/new-skill.ts';
import { validateSkill } from '../../../electron/runtime/authoring/validate.ts';
import { python } from '../../support/harness/python.ts';
import { removeDir, tempDir } from '../../support/host-process.ts';

let folder: string;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => removeDir(folder));

const options = { version: '0.0.0', hostEnv: process.env };
const validate = (place: string) => validateSkill(place, options);
const worst = async (place: string) => {
  const { steps } = await validate(place);
  return steps.filter(({ level }) => level === 'error');
};

/** A skill of this folder, with what is not the usual. */
function skill(source: string, manifest = ''): string {
  const place = join(folder, 'x');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'manifest.toml'), `id = "x"\nname = "X"\n${manifest}\n`);
  writeFileSync(join(place, 'skill.py'), source);
  return place;
}

/** A careful skill, its answer to one method replaced. */
const loop = (change: string, before = '') => `import json, sys, time
${before}
for line in sys.stdin:
    try:
        request = json.loads(line)
        method, number = request["method"], request["id"]
    except Exception:
        continue
    answer = {"name": "x", "version": "1"} if method == "skill.handshake" else {"status": "ok"}
    ${change}
    known = method in ("skill.handshake", "skill.health", "skill.shutdown")
    body = {"result": answer} if known else {"error": {"code": -32601, "message": "?"}}
    print(json.dumps({"jsonrpc": "2.0", "id": number, **body}), flush=True)
    if method == "skill.shutdown":
        break
`;

describe('a new skill', () => {
  test.each([
    ['daemon', ['manifest.toml', 'skill.py', 'skillward_skill.py', 'test_skill.py']],
    ['one-shot', ['manifest.toml', 'skill.py', 'skillward_skill.py', 'test_skill.py']],
    ['mcp', ['manifest.toml', 'server.py', 'skillward_skill.py', 'test_server.py']],
  ] as const)('of kind %s passes its own tests and has nothing to mend', async (kind, files) => {
    const made = await newSkill('my-first_skill', kind, folder);
    if (!made.ok) throw new Error(made.message);
    expect(readdirSync(made.folder).sort()).toEqual(files);
    expect(readFileSync(join(made.folder, 'manifest.toml'), 'utf8')).toContain('name = "My first skill"');
    execFileSync(python, ['-B', '-W', 'error', '-m', 'unittest', '-q'], { cwd: made.folder, stdio: 'pipe' });
    const { id, steps } = await validate(made.folder);
    expect(id).toBe('my-first_skill');
    expect(steps.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(steps.map(({ what }) => what)).toEqual(
      kind === 'one-shot'
        ? ['manifest', 'run']
        : [
            ...['manifest', 'handshake', 'health'],
            ...(kind === 'mcp' ? ['tools'] : []),
            ...['shutdown', 'hostile messages', 'unknown method', 'end of input'],
          ],
    );
    expect(await newSkill('my-first_skill', kind, folder)).toMatchObject({
      ok: false,
      message: expect.stringContaining('is there already'),
    });
  });

  test.each(['../up', 'Big', 'a b', '', 'x'.repeat(65), 'a"b'])('is not made with the id %j', async (id) => {
    expect(await newSkill(id, 'daemon', folder)).toMatchObject({
      ok: false,
      message: expect.stringContaining('An id has'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('each kind of broken skill gets one clear message with a way out', () => {
  test.each([
    [
      'bad TOML',
      'version = 1.0.0',
      loop(''),
      'manifest',
      /^manifest\.toml, line 3: not valid TOML at column/,
    ],
    [
      'a wrong id',
      'entry_file = "../up.py"',
      loop(''),
      'manifest',
      /line 3: `entry_file` must name a file inside/,
    ],
    [
      'a syntax error',
      '',
      'import json\ndef x(:\n',
      'handshake',
      /^skill\.py, line 2, is not valid Python \(SyntaxError: .*\): correct it$/,
    ],
    [
      'a missing module',
      '',
      'import no_such_module_x\n',
      'handshake',
      /^the module "no_such_module_x" is missing \(python[\d.]+\): declare its package/,
    ],
    [
      'the wrong name',
      '',
      loop('').replace('"name": "x"', '"name": "y"'),
      'handshake',
      /calls itself "y", expected "x": make the name in its handshake the `id`/,
    ],
    [
      'no answer',
      '[restart]\nhandshake_timeout_secs = 1',
      'import time\ntime.sleep(60)\n',
      'handshake',
      /did not answer the handshake in time\. Read standard input line by line/,
    ],
    [
      'a crash',
      '',
      'raise KeyError("token")\n',
      'handshake',
      /^exited with code 1 before the handshake: KeyError: 'token'$/,
    ],
    [
      'no health',
      '',
      loop('answer = {} if method == "skill.health" else answer'),
      'health',
      /the health answer has no `status` text/,
    ],
  ])('%s', async (_what, manifest, source, step, words) => {
    const errors = await worst(skill(source, manifest));
    expect(errors).toEqual([expect.objectContaining({ what: step, message: expect.stringMatching(words) })]);
  });

  test('an id with capital letters, no manifest, and an entry file that leads out by a link', async () => {
    const place = skill(loop(''));
    writeFileSync(join(place, 'manifest.toml'), 'id = "My Skill"\nname = "X"\n');
    expect(await worst(place)).toMatchObject([
      { message: expect.stringMatching(/line 1: `id` may hold only lowercase/) },
    ]);
    writeFileSync(join(place, 'manifest.toml'), 'id = "x"\nname = "X"\nentry_file = "link.py"\n');
    writeFileSync(join(folder, 'outside.py'), loop(''));
    symlinkSync(join(folder, 'outside.py'), join(place, 'link.py'));
    expect(await worst(place)).toMatchObject([
      { message: expect.stringContaining("leads out of the skill's folder") },
    ]);
    mkdirSync(join(folder, 'empty'));
    expect(await worst(join(folder, 'empty'))).toMatchObject([
      { message: expect.stringMatching(/manifest\.toml.*skillward new <id>/) },
    ]);
  });
});

describe('what works and has something to mend', () => {
  test('prints on stdout, is ended by junk, goes on after its input, answers what it does not know', async () => {
    const careless = `import json, sys, time
print("starting up", flush=True)
while True:
    line = sys.stdin.readline()
    if not line:
        time.sleep(60)
    request = json.loads(line)
    print("got", request["method"], flush=True)
    answer = {"name": "x", "version": "1"} if request["method"] == "skill.handshake" else {"status": "ok"}
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": answer}), flush=True)
`;
    const { steps } = await validate(skill(careless, '[restart]\nstop_grace_ms = 200'));
    const found = steps
      .filter(({ level }) => level === 'warning')
      .map(({ what, message }) => `${what}: ${message}`);
    expect(steps.filter(({ level }) => level === 'error')).toEqual([]);
    expect(found).toEqual([
      expect.stringMatching(/^output: it printed 3 lines that are not JSON .* print them to standard error$/),
      expect.stringMatching(/^shutdown: it did not end by itself: answer skill\.shutdown/),
      expect.stringMatching(
        /^hostile messages: text that is not JSON ends it \(exit code 1: json.*\): pass over lines/,
      ),
      expect.stringMatching(/^hostile messages: an empty line ends it/),
      expect.stringMatching(/^hostile messages: a batch ends it/),
      expect.stringMatching(
        /^hostile messages: an answer to nothing it asked ends it .*: pass over what has no `method`$/,
      ),
      expect.stringMatching(/^hostile messages: a request without an id ends it/),
      expect.stringMatching(/^unknown method: a method it does not have was answered, but not with an error/),
      expect.stringMatching(/^end of input: it goes on when its standard input ends/),
    ]);
  });

  test('lacks a credential: it is tried with a placeholder, and told apart from what is broken', async () => {
    const manifest = '[[credentials]]\nname = "token"\nenv_var = "X_TEST_TOKEN"\ndescription = "Token"';
    const check = 'token = (request.get("params") or {}).get("credentials", {}).get("token")';
    const { steps } = await validate(skill(loop(check), manifest));
    expect(steps.filter(({ level }) => level !== 'ok')).toMatchObject([
      { what: 'credentials', level: 'warning', message: expect.stringContaining('set X_TEST_TOKEN') },
    ]);
  });

  test('a one-shot script that only runs on demand is not run', async () => {
    const place = skill('raise SystemExit(9)', 'mode = "one-shot"\n[run]\nwhen = "on-demand"');
    expect((await validate(place)).steps).toMatchObject([{ level: 'ok' }, { what: 'run', level: 'skipped' }]);
    writeFileSync(join(place, 'manifest.toml'), 'id = "x"\nname = "X"\nmode = "one-shot"\n');
    expect(await worst(place)).toMatchObject([{ what: 'run', message: 'exited with code 9' }]);
  });
});
