import { beforeEach, describe, expect, test } from 'vitest';
import { LogLimiter } from '../../../electron/skills/log-limiter.ts';
import { NoiseCounter } from '../../../electron/skills/noise.ts';
import { Run } from '../../../electron/skills/run.ts';
import type { RunEnd } from '../../../electron/skills/run-ports.ts';
import { TurnLane } from '../../../electron/skills/turn-lane.ts';
import { FakeClock, settle } from '../../support/harness/fake-clock.ts';
import { FakeChild, FakeTree } from '../../support/harness/fake-process.ts';

let clock: FakeClock;
let child: FakeChild;
let tree: FakeTree;
let ends: RunEnd[];
let run: Run;

beforeEach(() => {
  clock = new FakeClock();
  child = new FakeChild();
  tree = new FakeTree();
  ends = [];
  const log = new LogLimiter({ clock, write: () => {}, onDropped: () => {} });
  run = new Run(
    child,
    'bench.1',
    {
      skillId: 'x',
      protocol: 'skill',
      command: 'python3',
      args: [],
      cwd: '/',
      env: {},
      interpreter: 'python3',
      expectedName: 'x',
    },
    {
      clock,
      tree,
      hostVersion: '1.2.3',
      afterPendingInput: (judge) => judge(),
      lane: new TurnLane((go) => go()),
      noise: new NoiseCounter(clock, () => {}),
      log,
      onNotification: () => {},
      onEnded: (end) => void ends.push(end),
    },
  );
});

async function shakeHands(): Promise<void> {
  const done = run.handshake(10_000);
  await settle();
  child.answer({ name: 'x', version: '1' });
  expect(await done).toBe(true);
}

describe('the handshake', () => {
  test('says who is expected and which host asks, and nothing it has not got', async () => {
    await shakeHands();
    expect(child.told).toEqual([
      '{"jsonrpc":"2.0","method":"skill.handshake","params":{"expected_name":"x","fae_version":"1.2.3"},"id":1}',
    ]);
  });

  test('a late answer changes nothing: the run has been judged', async () => {
    const done = run.handshake(10_000);
    await clock.advance(10_000);
    expect(await done).toBe(false);
    child.answer({ name: 'x', version: '1' });
    await settle();
    expect(tree.signals).toEqual(['SIGTERM', 'SIGCONT']);
    child.exit({ signal: 'SIGTERM' });
    await settle();
    expect(ends).toMatchObject([{ cause: { kind: 'handshake-timeout', signal: 'SIGTERM' } }]);
  });
});

describe('stop', () => {
  test('asks by the protocol and closes the input, then SIGTERM and SIGCONT, then SIGKILL, then says so', async () => {
    await shakeHands();
    tree.carrying.set('bench.1', [4242, 5000]);
    run.stop({ from: 'asked', graceMs: 2000 });
    await settle();
    expect(child.told.at(-1)).toBe('{"jsonrpc":"2.0","method":"skill.shutdown","id":2}');
    expect(child.stdinEnded).toBe(true);
    await clock.advance(1999);
    expect(tree.sent).toEqual([]);
    await clock.advance(1);
    expect(tree.sent).toEqual([
      { to: 'group', pid: 4242, signal: 'SIGTERM' },
      { to: 'group', pid: 4242, signal: 'SIGCONT' },
    ]);
    await clock.advance(2000);
    expect(tree.sent.slice(2)).toEqual([
      { to: 'group', pid: 4242, signal: 'SIGKILL' },
      { to: 'process', pid: 4242, signal: 'SIGKILL' },
      { to: 'process', pid: 5000, signal: 'SIGKILL' },
    ]);
    expect(ends).toEqual([]);
    await clock.advance(2000);
    expect(ends).toMatchObject([
      { unkillable: true, cause: { message: 'process 4242 survives SIGKILL: it hangs in the kernel' } },
    ]);
    expect(run.alive).toBe(true);
    await clock.advance(60_000);
    expect(ends).toHaveLength(1);
  });

  test('a process that was given up and dies after all is swept, and is no second end', async () => {
    run.stop({ from: 'killed', graceMs: 0 });
    await clock.advance(2000);
    await run.settled;
    let gone = false;
    void run.gone.then(() => {
      gone = true;
    });
    await settle();
    expect(gone).toBe(false);
    child.exit({ signal: 'SIGKILL' });
    await clock.advance(100);
    expect(gone).toBe(true);
    expect(ends).toHaveLength(1);
  });

  test('before the handshake no request is sent: nobody has said which dialect it speaks', async () => {
    void run.handshake(10_000);
    run.stop({ from: 'asked', graceMs: 2000 });
    await settle();
    expect(child.told).toHaveLength(1);
    expect(child.stdinEnded).toBe(true);
  });

  test('a group that cannot be signalled is no reason to stop: the process itself is', async () => {
    const killed: string[] = [];
    child.kill = ((signal: string) => killed.push(signal) > 0) as typeof child.kill;
    tree.groupOutcome = 'denied';
    run.stop({ from: 'terminated', graceMs: 2000 });
    await clock.advance(2000);
    expect(killed).toEqual(['SIGTERM', 'SIGCONT', 'SIGKILL']);
  });
});

describe('the end', () => {
  test('is told once both pipes are read, with what was still in them', async () => {
    await shakeHands();
    const asked = run.session.invoke('invoke', undefined, 60_000);
    await settle();
    child.answer({ last: 'word' });
    child.stderr.write('Traceback\nValueError: no');
    child.exit({ exitCode: 1 });
    await settle();
    expect(await asked).toEqual({ ok: true, result: { last: 'word' } });
    expect(ends).toMatchObject([
      {
        cause: { kind: 'exit', exitCode: 1, message: 'exited with code 1: ValueError: no' },
        stderrTail: ['Traceback', 'ValueError: no'],
      },
    ]);
    expect(clock.pending).toBe(0);
  });

  test('does not wait for a grandchild that holds the pipes: a tenth of a second is enough', async () => {
    child.exit({ exitCode: 1 }, 'open');
    await clock.advance(99);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toHaveLength(1);
    expect(child.stdout.destroyed && child.stderr.destroyed && child.stdin.destroyed).toBe(true);
  });

  test('an output that closes before the exit is no failure of its own if the exit follows', async () => {
    await shakeHands();
    child.stdout.end();
    await clock.advance(499);
    child.exit({ exitCode: 3 });
    await clock.advance(1000);
    expect(ends).toMatchObject([{ cause: { kind: 'exit', exitCode: 3 } }]);
    expect(tree.sent).toEqual([]);
  });

  test('the leftovers are swept before the run is gone, and its children get SIGKILL', async () => {
    tree.carrying.set('bench.1', [5000]);
    let gone = false;
    void run.gone.then(() => {
      gone = true;
    });
    child.exit({ exitCode: 0 });
    await clock.advance(500);
    expect(gone).toBe(false);
    expect(tree.sent[0]).toEqual({ to: 'process', pid: 5000, signal: 'SIGKILL' });
    tree.carrying.clear();
    await clock.advance(20);
    expect(gone).toBe(true);
  });

  test('leftovers that cannot be ended do not hold it up for more than two seconds', async () => {
    tree.carrying.set('bench.1', [5000]);
    child.exit({ exitCode: 0 });
    await clock.advance(2100);
    await run.gone;
  });
});
