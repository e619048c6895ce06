import { describe, expect, it } from 'vitest';
import { applyEvents } from '../../../renderer/state/apply.ts';
import { emptyHostData, type HostData, MAX_NOTICES } from '../../../renderer/state/host-state.ts';
import type { HostEvent, SequencedEvent } from '../../../shared/contract/index.ts';
import type { Incident, Notice } from '../../../shared/model/action.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import { makeSkill } from './make-skill.ts';

function applied(data: HostData, ...events: HostEvent[]): HostData {
  const batch = events.map((event, index): SequencedEvent => ({ v: 1, seq: data.seq + index + 1, ...event }));
  return applyEvents(data, batch, 5000);
}
const changed = (skill: ReturnType<typeof makeSkill>): HostEvent => ({
  event: 'skill.changed',
  payload: { skillId: skill.id, skill },
});
const incident = (id: number, startedAt: number, state: Incident['state']): Incident => ({
  id,
  skillId: 'a',
  signature: 's',
  error: 'e',
  state,
  startedAt,
  lastSeenAt: startedAt,
  endedAt: null,
  failures: 1,
  note: null,
  mutedUntil: null,
  quarantined: false,
});
const notice = (id: number): Notice => ({ id, at: id, level: 'info', title: 't', body: 'b', skillId: null });

describe('applyEvents', () => {
  it('adds, replaces and removes skills and keeps reading order, numbers by value', () => {
    let data = applied(emptyHostData, changed(makeSkill('skill-10')), changed(makeSkill('skill-2')));
    expect(data.order).toEqual(['skill-2', 'skill-10']);
    data = applied(data, changed(makeSkill('skill-2', { version: '2.0.0' })));
    expect(data.skills['skill-2']?.version).toBe('2.0.0');
    data = applied(data, { event: 'skill.changed', payload: { skillId: 'skill-2', skill: null } });
    expect(data.order).toEqual(['skill-10']);
    expect(data.skills).not.toHaveProperty('skill-2');
  });

  it('keeps the other skills the same objects, so that only one row renders', () => {
    const before = applied(emptyHostData, changed(makeSkill('a')), changed(makeSkill('b')));
    const next = applied(before, changed(makeSkill('a', { version: '2' })));
    expect(next.skills.b).toBe(before.skills.b);
    expect(next.order).toBe(before.order);
  });

  it('takes the ledger line and latency from a check', () => {
    const skill = makeSkill('a');
    const record = {
      ...skill.health,
      consecutiveFailures: 1,
      status: { kind: 'failing', consecutive: 1 } as const,
    };
    const data = applied(applied(emptyHostData, changed(skill)), {
      event: 'health.checked',
      payload: { skillId: 'a', at: 1, outcome: { kind: 'failed', error: 'x' }, latencyMs: null, record },
    });
    expect(data.skills.a?.health).toEqual(record);
    expect(data.skills.a?.lastLatencyMs).toBeNull();
  });

  it('ignores a check of a skill it does not know', () => {
    const { health } = makeSkill('ghost');
    const data = applied(emptyHostData, {
      event: 'health.checked',
      payload: { skillId: 'ghost', at: 1, outcome: { kind: 'healthy' }, latencyMs: 1, record: health },
    });
    expect(data.skills).toEqual({});
    expect(data.seq).toBe(1);
  });

  it('does nothing for events it has already had', () => {
    const data = applied(emptyHostData, changed(makeSkill('a')));
    const old: SequencedEvent = {
      v: 1,
      seq: data.seq,
      event: 'skill.changed',
      payload: { skillId: 'a', skill: null },
    };
    expect(applyEvents(data, [old], 9000)).toBe(data);
  });

  it('replaces an incident and lists the newest first', () => {
    const one = (value: Incident): HostEvent => ({ event: 'incident.changed', payload: { incident: value } });
    const data = applied(
      emptyHostData,
      one(incident(1, 10, 'open')),
      one(incident(2, 20, 'open')),
      one(incident(1, 10, 'resolved')),
    );
    expect(data.incidents.map(({ id, state }) => [id, state])).toEqual([
      [2, 'open'],
      [1, 'resolved'],
    ]);
  });

  it('keeps a bounded number of notices, newest first', () => {
    const events = Array.from(
      { length: MAX_NOTICES + 5 },
      (_, index): HostEvent => ({ event: 'notification', payload: { notice: notice(index + 1) } }),
    );
    const data = applied(emptyHostData, ...events);
    expect(data.notices).toHaveLength(MAX_NOTICES);
    expect(data.notices[0]?.id).toBe(MAX_NOTICES + 5);
  });

  it('takes over settings and the time of the last sign of life', () => {
    const config = appConfigSchema.parse({ health: { checkIntervalSecs: 2 } });
    const data = applied(emptyHostData, { event: 'config.changed', payload: { config } });
    expect(data.settings?.health.checkIntervalSecs).toBe(2);
    expect(data.lastEventAt).toBe(5000);
  });
});
