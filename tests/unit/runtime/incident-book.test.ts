import { describe, expect, it } from 'vitest';
import { type ActionEntry, ActionLog } from '../../../electron/runtime/action-log.ts';
import { EventHub } from '../../../electron/runtime/event-hub.ts';
import { IncidentBook } from '../../../electron/runtime/incident-book.ts';
import { IncidentDesk } from '../../../electron/runtime/incident-desk.ts';
import type { Storage } from '../../../electron/storage/storage.ts';
import type { Action, Incident } from '../../../shared/model/action.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const HOUR = 3_600_000;

/** Incidents as the storage keeps them, in memory. */
function incidentTable(): Storage['incidents'] & { readonly rows: Map<number, Incident> } {
  const rows = new Map<number, Incident>();
  const put = (incident: Incident) => void rows.set(incident.id, incident);
  const newest = () => [...rows.values()].reverse();
  return {
    rows,
    open: (incident) => {
      const opened = { ...incident, id: rows.size + 1 };
      put(opened);
      return opened;
    },
    update: put,
    decide: put,
    get: (id) => rows.get(id),
    current: (skillId) => newest().find((one) => one.skillId === skillId && one.endedAt === null) ?? null,
    list: ({ skillId, signature, limit = 100 }) =>
      newest()
        .filter((one) => skillId === undefined || one.skillId === skillId)
        .filter((one) => signature === undefined || one.signature === signature)
        .slice(0, limit),
    openAll: () => newest().filter((one) => one.endedAt === null),
  };
}

function house(incidents = incidentTable(), clock = new FakeClock()) {
  const recorded: ActionEntry[] = [];
  const actions = new ActionLog({
    actions: {
      add: (action: Omit<Action, 'id'>) => ({ ...action, id: recorded.push(action) }),
    } as Storage['actions'],
    noticeLog: {} as Storage['noticeLog'],
    hub: new EventHub(clock),
    nowMs: () => clock.nowMs(),
  });
  const changed: Incident[] = [];
  const out = new Set<string>();
  const book: IncidentBook = new IncidentBook({
    incidents,
    clock,
    onChanged: (incident) => changed.push(incident),
    onAcknowledgementOver: (incident) => desk.acknowledgementOver(incident),
  });
  const desk = new IncidentDesk({
    incidents: book,
    actions,
    nowMs: () => clock.nowMs(),
    fixTitle: (fixId) => `fix number ${fixId}`,
    inService: (skillId) => !out.has(skillId),
    newest: ({ skillId, signature }) => incidents.list({ skillId, signature, limit: 1 })[0],
    resumed: () => undefined,
    closed: () => undefined,
  });
  const fail = (error = 'ValueError: boom') =>
    book.failed('shop', error.toLowerCase(), error, clock.nowMs()).incident;
  const recover = () => book.recovered('shop', clock.nowMs());
  return { book, changed, clock, desk, fail, incidents, out, recorded, recover };
}

describe('the same trouble again', () => {
  it.each([
    ['within a day', 24 * HOUR, true],
    ['after a day', 24 * HOUR + 1, false],
  ])('%s is a regression: %s', async (_when, afterMs, regression) => {
    const { clock, fail, recover } = house();
    const first = fail();
    recover();
    await clock.advance(afterMs);
    const second = fail();
    expect(second.id).not.toBe(first.id);
    expect(second.regressionOf).toBe(regression ? first.id : undefined);
  });

  it('is no regression of another error, or of another skill', () => {
    const { book, clock, fail, recover } = house();
    fail();
    recover();
    expect(fail('KeyError: x')).not.toHaveProperty('regressionOf');
    const elsewhere = book.failed('bank', 'valueerror: boom', 'ValueError: boom', clock.nowMs());
    expect(elsewhere.incident).not.toHaveProperty('regressionOf');
  });

  it('stays muted for the time a person said, but not beyond the end it was muted until', async () => {
    const { clock, desk, fail, recover } = house();
    const until = clock.nowMs() + 2 * HOUR;
    desk.mute(fail().id, until);
    recover();
    const second = fail();
    expect(second.mutedUntil).toBe(until);
    desk.mute(second.id, 'recovery');
    recover();
    expect(fail().mutedUntil).toBeNull();
    recover();
    await clock.advance(3 * HOUR);
    expect(fail().mutedUntil).toBeNull();
  });
});

describe('an acknowledgement', () => {
  it('ends by the clock on the wall, whatever happens in between, and that is on record', async () => {
    const { changed, clock, desk, fail, recorded } = house();
    const { id } = fail();
    desk.acknowledge(id, { until: clock.nowMs() + HOUR, note: 'Ann' });
    await clock.advance(HOUR - 1);
    expect(desk.get(id).state).toBe('acknowledged');
    expect(fail()).toMatchObject({ state: 'acknowledged', failures: 2 });
    await clock.advance(1);
    expect(desk.get(id)).toMatchObject({ state: 'open', note: 'Ann' });
    expect(desk.get(id)).not.toHaveProperty('acknowledged');
    expect(changed.at(-1)?.state).toBe('open');
    expect(recorded.at(-1)).toMatchObject({ kind: 'reopenIncident', origin: 'monitor' });
    expect(clock.pending).toBe(0);
  });

  it('ends also when the wall clock is set forward, within a minute', async () => {
    const { clock, desk, fail } = house();
    const { id } = fail();
    desk.acknowledge(id, { until: clock.nowMs() + 10 * HOUR });
    clock.setWall(11 * HOUR);
    await clock.advance(60_000);
    expect(desk.get(id).state).toBe('open');
  });

  it('that ended while no host ran ends with the next start', async () => {
    const { clock, desk, fail, incidents } = house();
    const { id } = fail();
    desk.acknowledge(id, { until: clock.nowMs() + HOUR });
    const later = house(incidents, new FakeClock(clock.nowMs() + 2 * HOUR));
    expect(later.book.get(id)?.state).toBe('acknowledged');
    later.book.start();
    expect(later.book.get(id)?.state).toBe('open');
    expect(later.recorded).toHaveLength(1);
  });

  it('without an end wakes nobody', async () => {
    const { clock, desk, fail } = house();
    desk.acknowledge(fail().id, {});
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });
});

describe('what people say', () => {
  it('is refused about what is over, and for a time that has passed', () => {
    const { clock, desk, fail, recover } = house();
    const { id } = fail();
    expect(() => desk.mute(id, clock.nowMs())).toThrow('future');
    expect(() => desk.acknowledge(id, { until: 5 })).toThrow('future');
    recover();
    expect(() => desk.acknowledge(id, {})).toThrow('is over');
    expect(() => desk.resolve(id, {})).toThrow('is over');
    expect(() => desk.get(99)).toThrow('no incident 99');
  });

  it('reads as a sentence in the record', () => {
    const { clock, desk, fail, recorded } = house();
    const { id } = fail();
    desk.acknowledge(id, { until: clock.nowMs() + 4 * HOUR, note: 'Ann is on it' });
    desk.mute(id, 'recovery');
    desk.resolve(id, { fixId: 3 });
    expect(recorded.map(({ reason }) => reason)).toEqual([
      'incident 1 (ValueError: boom): acknowledged for 4 h: Ann is on it',
      'incident 1 (ValueError: boom): muted until it ends',
      'incident 1 (ValueError: boom): resolved with fix 3 (fix number 3)',
    ]);
    expect(recorded.every(({ origin, skillId }) => origin === 'user' && skillId === 'shop')).toBe(true);
  });

  it('can be taken back only where nothing came after it', () => {
    const { desk, fail, out, recover } = house();
    const { id } = fail();
    expect(() => desk.reopen(id)).toThrow('nothing to take back');
    desk.resolve(id, {});
    out.add('shop');
    expect(() => desk.reopen(id)).toThrow('out of service');
    out.clear();
    expect(desk.reopen(id)).toMatchObject({ state: 'open', endedAt: null });
    desk.resolve(id, {});
    const second = fail();
    expect(() => desk.reopen(id)).toThrow(`incident ${second.id}`);
    recover();
    expect(() => desk.reopen(second.id)).toThrow('ended by itself');
  });
});
