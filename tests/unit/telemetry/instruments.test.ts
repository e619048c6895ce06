import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstruments } from '../../../electron/telemetry/instruments.ts';
import { ScrapeReader, seriesLimit } from '../../../electron/telemetry/scrape-reader.ts';
import { MAX_OWN_SKILLS, OTHER_SKILLS, SkillFold } from '../../../electron/telemetry/skill-fold.ts';
import { checked, fakeHost, incident, skill, took } from './ports.ts';

/** The instruments of a host, and what a reader sees: `name{label="value"}` → number. */
function measured(host: ReturnType<typeof fakeHost>) {
  const reader = new ScrapeReader();
  const provider = new MeterProvider({ readers: [reader], views: [...seriesLimit] });
  host.ports.onEvents(createInstruments(provider.getMeter('test'), host.ports));
  const serializer = new PrometheusSerializer('', false, undefined, true, true);
  const text = async () => serializer.serialize((await reader.collect()).resourceMetrics);
  return {
    text,
    async series(): Promise<ReadonlyMap<string, number>> {
      const lines = (await text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(
        lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
      );
    },
  };
}

describe('metrics', () => {
  it('say how each skill and the host are at the moment they are read', async () => {
    const host = fakeHost();
    host.state.skills = [skill('mail', 'healthy', 2048), skill('feed', 'quarantined')];
    host.state.incidents = [incident(1, 0), incident(2, 0, 'acknowledged'), incident(3, 0)];
    const { series } = measured(host);
    const before = await series();
    expect(before.get('skillward_skill_status{skill_id="mail",skill_status="healthy"}')).toBe(1);
    expect(before.get('skillward_skill_status{skill_id="mail",skill_status="failing"}')).toBe(0);
    expect(before.get('skillward_skill_status{skill_id="feed",skill_status="quarantined"}')).toBe(1);
    expect(before.get('skillward_skill_running{skill_id="mail"}')).toBe(1);
    expect(before.get('skillward_skill_running{skill_id="feed"}')).toBe(0);
    expect(before.get('skillward_skill_memory_usage{skill_id="mail"}')).toBe(2048);
    expect(before.has('skillward_skill_memory_usage{skill_id="feed"}')).toBe(false);
    expect(before.get('skillward_skills{skill_lifecycle="active"}')).toBe(1);
    expect(before.get('skillward_skills{skill_lifecycle="disabled"}')).toBe(0);
    expect(before.get('skillward_incident_active{incident_state="open"}')).toBe(2);
    expect(before.get('skillward_incident_active{incident_state="acknowledged"}')).toBe(1);
    expect(before.get('process_memory_usage')).toBe(5000);
    expect(before.get('process_uptime')).toBe(90);
    expect(before.get('nodejs_eventloop_delay_p99')).toBe(0.02);

    host.state.skills = [skill('mail', 'failing')];
    const after = await series();
    expect(after.get('skillward_skill_status{skill_id="mail",skill_status="failing"}')).toBe(1);
    expect(after.get('skillward_skill_status{skill_id="mail",skill_status="healthy"}')).toBe(0);
    // A skill that is gone has no state; a number from yesterday would be a lie.
    expect([...after.keys()].filter((name) => name.includes('_status{') && name.includes('feed'))).toEqual(
      [],
    );
  });

  it('count what the host tells: checks, restarts, quarantines, each beginning at zero', async () => {
    const host = fakeHost();
    host.state.skills = [skill('mail')];
    const { series } = measured(host);
    expect(
      (await series()).get('skillward_skill_restarts_total{skill_id="mail",action_origin="monitor"}'),
    ).toBe(0);
    host.send(
      checked('mail', { kind: 'healthy' }, 40),
      checked('mail', { kind: 'healthy' }, 4000),
      checked('mail', { kind: 'unreachable', reason: 'exit code 1' }, null),
      took({ kind: 'restartSkill', skillId: 'mail', origin: 'monitor' }),
      took({ kind: 'restartSkill', skillId: 'mail', origin: 'user' }),
      took({ kind: 'restartSkill', skillId: 'mail', origin: 'monitor', result: 'failed: no Python' }),
      took({ kind: 'quarantineSkill', skillId: 'mail', origin: 'monitor' }),
      took({ kind: 'changeConfig', skillId: null, origin: 'user' }),
      { event: 'skill.changed', payload: { skillId: 'late', skill: skill('late') } },
      { event: 'skill.changed', payload: { skillId: 'never', skill: null } },
    );
    const now = await series();
    expect(now.get('skillward_checks_total{skill_id="mail",check_outcome="healthy"}')).toBe(2);
    expect(now.get('skillward_checks_total{skill_id="mail",check_outcome="unreachable"}')).toBe(1);
    expect(now.get('skillward_check_duration_count{skill_id="mail"}')).toBe(2);
    expect(now.get('skillward_check_duration_sum{skill_id="mail"}')).toBeCloseTo(4.04);
    expect(now.get('skillward_check_duration_bucket{skill_id="mail",le="0.05"}')).toBe(1);
    expect(now.get('skillward_check_duration_bucket{skill_id="mail",le="5"}')).toBe(2);
    expect(now.get('skillward_skill_restarts_total{skill_id="mail",action_origin="monitor"}')).toBe(1);
    expect(now.get('skillward_skill_restarts_total{skill_id="mail",action_origin="user"}')).toBe(1);
    expect(now.get('skillward_skill_quarantines_total{skill_id="mail",action_origin="monitor"}')).toBe(1);
    expect(now.get('skillward_skill_restarts_total{skill_id="late",action_origin="monitor"}')).toBe(0);
    expect([...now.keys()].filter((name) => name.includes('never'))).toEqual([]);
  });

  it('count an incident when it begins, and never again', async () => {
    const host = fakeHost();
    host.state.skills = [skill('mail')];
    const startedAt = host.clock.nowMs();
    host.state.incidents = [incident(7, startedAt)];
    const { series } = measured(host);
    const changed = (id: number, at = startedAt) =>
      ({ event: 'incident.changed', payload: { incident: incident(id, at) } }) as const;
    host.send(changed(7), changed(3));
    // Joined in a batch the newer one may come first.
    host.send(changed(9), changed(8));
    host.send(changed(8), changed(9), changed(12, startedAt - 1));
    expect((await series()).get('skillward_incidents_total{skill_id="mail"}')).toBe(2);
  });

  it('carry no text of a skill, no process id and no folder', async () => {
    const host = fakeHost();
    host.state.skills = [skill('mail', 'quarantined', 1), skill('feed', 'degraded', 1)];
    host.state.incidents = [incident(1, 0)];
    const { text } = measured(host);
    host.send(
      checked('mail', { kind: 'failed', error: 'secret error' }, 1),
      took({ kind: 'quarantineSkill', skillId: 'mail', origin: 'monitor' }),
      { event: 'incident.changed', payload: { incident: incident(2, host.clock.nowMs()) } },
    );
    const said = await text();
    expect(said).toContain('skillward_incidents_total{skill_id="mail"} 1');
    expect(said).not.toMatch(/secret|4711/);
  });

  it('give a thousand skills series of their own and count all others together', async () => {
    const host = fakeHost();
    host.state.skills = Array.from({ length: MAX_OWN_SKILLS + 3 }, (_, at) =>
      skill(`skill-${at}`, at < MAX_OWN_SKILLS + 1 ? 'healthy' : 'failing', 10),
    );
    const { series } = measured(host);
    host.send(...host.state.skills.map(({ id }) => checked(id, { kind: 'healthy' }, 1)));
    const now = await series();
    const other = `skill_id="${OTHER_SKILLS}"`;
    expect(now.get(`skillward_skill_status{${other},skill_status="healthy"}`)).toBe(1);
    expect(now.get(`skillward_skill_status{${other},skill_status="failing"}`)).toBe(2);
    expect(now.get(`skillward_skill_memory_usage{${other}}`)).toBe(30);
    expect(now.get(`skillward_checks_total{${other},check_outcome="healthy"}`)).toBe(3);
    expect([...now.keys()].filter((name) => name.startsWith('skillward_skill_running'))).toHaveLength(
      MAX_OWN_SKILLS + 1,
    );
  });
});

describe('the fold', () => {
  it('never has more than a thousand and one labels, and keeps to what it said', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 5000 }), (asked) => {
        const fold = new SkillFold();
        const labels = new Map<number, string>();
        for (const id of asked) {
          const label = fold.labelOf(`s${id}`);
          expect(labels.get(id) ?? label).toBe(label);
          labels.set(id, label);
        }
        expect(new Set(labels.values()).size).toBeLessThanOrEqual(MAX_OWN_SKILLS + 1);
      }),
      { numRuns: 20 },
    );
  });
});
