import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, ConnectionState } from '../../../renderer/bridge/connection.ts';
import { createListeners } from '../../../renderer/bridge/listeners.ts';
import { applyEvents } from '../../../renderer/state/apply.ts';
import { emptyHostData, type HostData } from '../../../renderer/state/host-state.ts';
import { contiguous, startSync } from '../../../renderer/state/sync.ts';
import {
  type CommandAnswer,
  commandNames,
  errorResponse,
  okResponse,
  type SequencedEvent,
} from '../../../shared/contract/index.ts';
import { makeSkill } from './make-skill.ts';
import { snapshotWith } from './make-snapshot.ts';

function versionEvent(seq: number, version: string): SequencedEvent {
  return { v: 1, seq, event: 'skill.changed', payload: { skillId: 'a', skill: makeSkill('a', { version }) } };
}

function snapshotAt(seq: number, version: string): CommandAnswer<'state.snapshot'> {
  return snapshotWith({ seq, skills: [makeSkill('a', { version })] });
}

/** A host whose snapshots are answered by hand, and the page's copy of it. */
function stage(first: ConnectionState = { kind: 'live', resumed: false }) {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const asked: ((answer: CommandAnswer<'state.snapshot'> | null) => void)[] = [];
  let state = first;
  let data: HostData = emptyHostData;
  const seen: string[] = [];
  let problem: string | null = null;
  const commands = Object.fromEntries(
    commandNames.map((name) => [
      name,
      () =>
        new Promise((resolve) => {
          asked.push((answer) =>
            resolve(
              answer === null
                ? errorResponse('x', { code: 'unavailable', message: 'gone' })
                : okResponse('x', answer),
            ),
          );
        }),
    ]),
  ) as unknown as Bridge['commands'];
  const bridge: Bridge = {
    hostKind: 'headless',
    commands,
    onEvents: events.add,
    connection: () => state,
    onConnection: states.add,
    reconnect: () => undefined,
  };
  const end = startSync(
    bridge,
    {
      read: () => data,
      replace: (next) => {
        data = next;
      },
      apply: (batch, now) => {
        data = applyEvents(data, batch, now);
      },
      setConnection: (next) => seen.push(next.kind),
      setProblem: (next) => {
        problem = next;
      },
    },
    Date.now,
  );
  return {
    end,
    seen,
    problem: () => problem,
    version: () => data.skills.a?.version ?? null,
    seq: () => data.seq,
    asked: () => asked.length,
    send: (...batch: SequencedEvent[]) => events.tell(batch),
    async answer(answer: CommandAnswer<'state.snapshot'> | null) {
      asked.shift()?.(answer);
      await vi.advanceTimersByTimeAsync(0);
    },
    async become(next: ConnectionState) {
      state = next;
      states.tell(next);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

describe('startSync', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('applies what arrived while the snapshot was on its way, and nothing older than it', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    host.send(versionEvent(9, 'old'), versionEvent(10, 'in the snapshot'));
    host.send(versionEvent(11, 'later'));
    await host.answer(snapshotAt(10, 'in the snapshot'));
    expect(host.version()).toBe('later');
    expect(host.seq()).toBe(11);
  });

  it('follows events once it has a snapshot', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    await host.answer(snapshotAt(10, 'one'));
    host.send(versionEvent(11, 'two'));
    expect(host.version()).toBe('two');
    expect(host.asked()).toBe(0);
  });

  it('takes a new snapshot when a number is missing, and does not show what came after the hole before it', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    await host.answer(snapshotAt(10, 'one'));
    host.send(versionEvent(13, 'after the hole'));
    expect(host.version()).toBe('one');
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.asked()).toBe(1);
    await host.answer(snapshotAt(12, 'caught up'));
    expect(host.version()).toBe('after the hole');
  });

  it('asks at most once a second however broken the numbers are', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    await host.answer(snapshotAt(10, 'one'));
    for (let seq = 20; seq < 60; seq += 2) host.send(versionEvent(seq, 'x'));
    await vi.advanceTimersByTimeAsync(999);
    expect(host.asked()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(host.asked()).toBe(1);
  });

  it('needs no snapshot after a reconnect that resumed, and takes one after a reconnect that did not', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    await host.answer(snapshotAt(10, 'one'));
    await host.become({ kind: 'lost', nextAttemptAt: 0 });
    await host.become({ kind: 'live', resumed: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.asked()).toBe(0);
    host.send(versionEvent(11, 'two'));
    expect(host.version()).toBe('two');

    await host.become({ kind: 'lost', nextAttemptAt: 0 });
    expect(host.version()).toBe('two');
    await host.become({ kind: 'live', resumed: false });
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.asked()).toBe(1);
    await host.answer(snapshotAt(3, 'a new host'));
    expect(host.version()).toBe('a new host');
    expect(host.seq()).toBe(3);
    expect(host.seen).toEqual(['live', 'lost', 'live', 'lost', 'live']);
  });

  it('says why a snapshot fails while connected, and tries again', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(0);
    await host.answer(null);
    expect(host.problem()).toBe('gone');
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.asked()).toBe(1);
    await host.answer(snapshotAt(1, 'one'));
    expect(host.problem()).toBeNull();
  });

  it('is silent once ended', async () => {
    const host = stage();
    host.end();
    await vi.advanceTimersByTimeAsync(5000);
    expect(host.asked()).toBe(0);
  });
});

describe('contiguous', () => {
  it('splits at the first hole and drops what is old', () => {
    const batch = [3, 4, 5, 7, 8].map((seq) => versionEvent(seq, String(seq)));
    const { usable, gap } = contiguous(batch, 4);
    expect(usable.map((event) => event.seq)).toEqual([5]);
    expect(gap.map((event) => event.seq)).toEqual([7, 8]);
  });
});
