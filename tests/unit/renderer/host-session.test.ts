import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from '../../../renderer/bridge/call.ts';
import type { Bridge, ConnectionState } from '../../../renderer/bridge/connection.ts';
import { currentBridge, homeBridge, setBridge } from '../../../renderer/bridge/current.ts';
import { createListeners } from '../../../renderer/bridge/listeners.ts';
import { startBulk } from '../../../renderer/state/bulk-run.ts';
import { openDialog } from '../../../renderer/state/dialogs.ts';
import { fleetOf, useFleet } from '../../../renderer/state/fleet.ts';
import { createHostSession } from '../../../renderer/state/host-session.ts';
import { useHost } from '../../../renderer/state/host-store.ts';
import { changeSelection, selectedIds, toggled } from '../../../renderer/state/selection.ts';
import { readOnlyReason, useShown } from '../../../renderer/state/shown-host.ts';
import { skillActions } from '../../../renderer/state/skill-action-list.ts';
import {
  commandNames,
  errorResponse,
  okResponse,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../../shared/contract/index.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import { fleetHost, fleetLink } from './make-fleet-host.ts';
import { makeSkill } from './make-skill.ts';
import { snapshotWith } from './make-snapshot.ts';

const page = { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined };

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  useShown.setState({ hostId: undefined });
});

/** A page at home that has a skill, with another host that has others; answers wait until they are let go. */
function stage() {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const asked: string[] = [];
  const held: { name: string; go: () => void }[] = [];
  const answers: Record<string, (payload: { hostId?: string; command?: string }) => unknown> = {
    'state.snapshot': () => snapshotWith({ seq: 1, skills: [makeSkill('at-home')] }),
    'config.get': () => ({ config: appConfigSchema.parse({}) }),
    'fleet.follow': () => ({ boot: 'b', seq: 9, snapshot: snapshotWith({ skills: [makeSkill('away')] }) }),
    'fleet.call': ({ command }) => ({
      answer: okResponse('x', command === 'host.ping' ? { pong: true } : {}),
    }),
    'skill.restart': () => ({ skill: makeSkill('at-home', { version: 'restarted' }) }),
  };
  const slow = new Set<string>();
  const home: Bridge = {
    hostKind: 'headless',
    commands: Object.fromEntries(
      commandNames.map((name) => [
        name,
        async (payload: { hostId?: string; command?: string }): Promise<ResponseEnvelope> => {
          asked.push(payload.command ?? name);
          if (slow.has(name)) await new Promise<void>((resolve) => held.push({ name, go: resolve }));
          const answer = answers[name];
          if (answer === undefined) return errorResponse('r', { code: 'not_found', message: name });
          return okResponse('r', answer(payload));
        },
      ]),
    ) as unknown as Bridge['commands'],
    onEvents: events.add,
    connection: () => ({ kind: 'live', resumed: false }),
    onConnection: states.add,
    reconnect: () => undefined,
  };
  setBridge(home);
  useFleet.setState(
    fleetOf({
      link: fleetLink(),
      hosts: [
        fleetHost({ hostId: 'workshop', state: 'here' }),
        fleetHost({ hostId: 'attic', name: 'Attic' }),
        fleetHost({ hostId: 'pi', name: 'Pi', role: 'viewer' }),
      ],
    }),
  );
  const queries = new QueryClient();
  const session = createHostSession(queries, page);
  return { asked, events, held, queries, session, slow };
}

const shownSkills = () => Object.keys(useHost.getState().skills);

describe('showing one host after the other', () => {
  it('keeps nothing of the one before: skills, answers, selection, dialogs, what is under way', async () => {
    const { queries, session } = stage();
    session.show(null);
    await vi.advanceTimersByTimeAsync(1100);
    expect(shownSkills()).toEqual(['at-home']);
    queries.setQueryData(['checks', 'at-home', 200], ['of home']);
    changeSelection((before) => toggled(before, 'at-home'));
    openDialog({ kind: 'quarantine', skillIds: ['at-home'] });

    session.show('attic');
    // Before anything has come of the other one, there is nothing at all.
    expect(shownSkills()).toEqual([]);
    expect(useHost.getState()).toMatchObject({ loaded: false, settings: null, host: null, incidents: [] });
    expect(queries.getQueryCache().getAll()).toEqual([]);
    expect([...selectedIds()]).toEqual([]);
    expect(currentBridge()).not.toBe(homeBridge());
    await vi.advanceTimersByTimeAsync(1100);
    expect(shownSkills()).toEqual(['away']);

    session.show(null);
    await vi.advanceTimersByTimeAsync(1100);
    expect(shownSkills()).toEqual(['at-home']);
    expect(currentBridge()).toBe(homeBridge());
  });

  it('lets no late answer of one host reach another, and sends no rest of an order there', async () => {
    const { asked, held, session, slow } = stage();
    session.show(null);
    await vi.advanceTimersByTimeAsync(1100);
    slow.add('skill.restart');
    void startBulk(['s1', 's2', 's3', 's4', 's5', 's6'], () => ({ command: 'restart' }));
    let answered = false;
    void call('skill.restart', { skillId: 'at-home' }).then(() => {
      answered = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    const before = asked.filter((name) => name === 'skill.restart').length;

    session.show('attic');
    await vi.advanceTimersByTimeAsync(1100);
    for (const { go } of held) go();
    await vi.advanceTimersByTimeAsync(1000);
    expect(answered).toBe(false);
    expect(shownSkills()).toEqual(['away']);
    expect(asked.filter((name) => name === 'skill.restart')).toHaveLength(before);
  });

  it('does not take an event of home for one of the host that is shown', async () => {
    const { events, session } = stage();
    session.show(null);
    await vi.advanceTimersByTimeAsync(1100);
    session.show('attic');
    await vi.advanceTimersByTimeAsync(1100);
    const { seq } = useHost.getState();
    events.tell([
      {
        v: 1,
        seq: seq + 1,
        event: 'skill.changed',
        payload: { skillId: 'at-home', skill: makeSkill('at-home') },
      },
    ]);
    expect(shownSkills()).toEqual(['away']);
  });

  it('orders nothing of a host that lets us look only, and says why', async () => {
    const { asked, session } = stage();
    session.show('pi');
    await vi.advanceTimersByTimeAsync(1100);
    expect(readOnlyReason()).toContain('“Pi” lets its fleet look only');
    const restart = skillActions(makeSkill('away')).find(({ id }) => id === 'restart');
    restart?.run('away');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).not.toContain('skill.restart');
    session.show('attic');
    expect(readOnlyReason()).toBeNull();
    await vi.advanceTimersByTimeAsync(1100);
    restart?.run('away');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toContain('skill.restart');
  });
});
