import { describe, expect, it } from 'vitest';
import { readError } from '../../../../electron/core/fixes/facts.ts';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';

const frame = (file: string, line: number, name: string): string =>
  `  File "${file}", line ${line}, in ${name}\n    go()\n`;
const trace = (...parts: string[]): string => `Traceback (most recent call last):\n${parts.join('')}`;

describe('chains', () => {
  const cause = `${trace(frame('/a/net.py', 5, 'call'))}ConnectionRefusedError: [Errno 111] Connection refused`;
  const end = `${trace(frame('/a/main.py', 9, '<module>'))}app.errors.StartupError: cannot reach database`;

  it.each([
    'During handling of the above exception, another exception occurred:',
    'The above exception was the direct cause of the following exception:',
  ])('are known by what ended them: %s', (link) => {
    const facts = readError(`${cause}\n\n${link}\n\n${end}`);
    expect(facts.signature).toBe('startuperror: cannot reach database');
    expect(facts.rootSignature).toBe('connectionrefusederror: <errno:111> connection refused');
    expect(facts.exceptionType).toBe('StartupError');
  });

  it('begin anew with every crash that is logged', () => {
    const facts = readError(`${cause}\n\n${end}`);
    expect(facts.signature).toBe('startuperror: cannot reach database');
    expect(facts.rootSignature).toBeNull();
  });
});

describe('exception groups', () => {
  const leaf = (number: number, name: string, error: string): string =>
    `  +-+---------------- ${number} ----------------\n    | Traceback (most recent call last):\n    |   File "/app/svc.py", line 3, in ${name}\n    |     await x()\n    | ${error}\n`;
  const group = (...leaves: string[]): string =>
    `  + Exception Group Traceback (most recent call last):\n  |   File "/app/svc.py", line 1, in <module>\n  |     asyncio.run(main())\n  | ExceptionGroup: unhandled errors in a TaskGroup (${leaves.length} sub-exceptions)\n${leaves.join('')}    +------------------------------------`;

  it('of one are that one', () => {
    expect(normalizeError(group(leaf(1, 'f', "KeyError: 'x'")))).toBe("keyerror: 'x'");
  });

  it('are their kinds of leaves, in whatever order they came', () => {
    const one = group(leaf(1, 'f', 'ValueError: bad port 9'), leaf(2, 'g', "KeyError: 'x'"));
    const other = group(
      leaf(1, 'g', "KeyError: 'x'"),
      leaf(2, 'f', 'ValueError: bad port 8'),
      leaf(3, 'f', 'ValueError: bad port 7'),
    );
    expect(normalizeError(one)).toBe("keyerror: 'x' + valueerror: bad port <port>");
    expect(normalizeError(other)).toBe(normalizeError(one));
  });
});

describe('forms of their own', () => {
  it('a SyntaxError without a header', () => {
    expect(
      normalizeError('  File "/x/main.py", line 14\n    foo(\n       ^\nSyntaxError: \'(\' was never closed'),
    ).toBe("syntaxerror: '(' was never closed");
  });

  it('a message of several lines', () => {
    const text = `${trace(frame('/x/a.py', 1, 'f'))}ValidationError: 1 validation error for Settings\napi_key\n  Field required [type=missing, input_value={'a': 1}, input_type=dict]`;
    expect(normalizeError(text)).toBe(
      'validationerror: <num> validation error for settings api_key field required [type=missing, input_value=<val>, input_type=dict]',
    );
  });

  it('the last words of the interpreter', () => {
    const facts = readError(
      'Fatal Python error: Segmentation fault\n\nThread 0x00007ff62dd533e5 (most recent call first):\n  File "/usr/lib/python3.10/threading.py", line 323 in wait\n\nCurrent thread 0x00007f0b9211c096 (most recent call first):\n  File "/srv/reward.py", line 756 in compute\n  File "/srv/main.py", line 526 in <module>',
    );
    expect(facts.signature).toBe('fatal python error: segmentation fault');
    expect(facts.frames).toEqual(['reward.py:compute', 'main.py:<module>']);
  });

  it('a native stack behind the message', () => {
    expect(
      normalizeError(
        'WebDriverException: Message: crashed\nStacktrace:\n#0 0x55b5 <unknown>\n#1 0x55b6 <unknown>',
      ),
    ).toBe('webdriverexception: message: crashed');
  });

  it('a traceback that was cut off still says something', () => {
    expect(normalizeError(trace(frame('/x/a.py', 1, 'f')))).not.toBe('');
  });

  it('a class that is only called error keeps its module', () => {
    expect(normalizeError('zlib.error: Error -3 while decompressing')).not.toBe(
      normalizeError('struct.error: Error -3 while decompressing'),
    );
  });
});

describe('frames', () => {
  const silent = (...frames: string[]): string => `${trace(...frames)}AssertionError`;

  it('tell errors apart that say nothing', () => {
    const one = normalizeError(silent(frame('/app/checks.py', 219, 'validate')));
    expect(one).toBe('assertionerror: in validate (checks)');
    expect(normalizeError(silent(frame('/srv/checks.py', 3, 'validate')))).toBe(one);
    expect(normalizeError(silent(frame('/app/checks.py', 219, 'parse')))).not.toBe(one);
  });

  it('do not matter when there is a message', () => {
    const at = (name: string): string =>
      normalizeError(`${trace(frame('/app/checks.py', 2, name))}KeyError: 'x'`);
    expect(at('validate')).toBe(at('parse'));
  });

  it('are the own ones, innermost first, three at most', () => {
    const facts = readError(
      silent(
        frame('/app/main.py', 1, '<module>'),
        frame('/app/a.py', 1, 'a'),
        frame('/app/b.py', 1, 'b'),
        frame('/app/.venv/lib/python3.12/site-packages/httpx/_client.py', 1, 'send'),
        frame('/app/c.py', 1, 'c'),
        frame('C:\\Python311\\Lib\\json\\decoder.py', 1, 'decode'),
        frame('<frozen importlib._bootstrap>', 1, '_find'),
      ),
    );
    expect(facts.frames).toEqual(['c.py:c', 'b.py:b', 'a.py:a']);
  });
});
