import type { BatchObservableResult, Meter } from '@opentelemetry/api';
import type { SequencedEvent } from '../../shared/contract/index.ts';
import { type SkillFigures, skillFigures } from './skill-figures.ts';
import { SkillFold } from './skill-fold.ts';
import type { TelemetryPorts } from './types.ts';

/** Of a check's duration, s: those the semantic conventions give for requests, and one for slow skills. */
const DURATION_BUCKETS_SECS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Every metric of a host, by the rules of OpenTelemetry's semantic conventions: dotted names, UCUM units without
 * prefixes, no unit or type in a name. Attributes take few values: skill ids (folded) and our own words, never a text,
 * a path or a process id. Returns who is to be told of the host's events. docs/telemetry.md lists them for people.
 */
export function createInstruments(
  meter: Meter,
  ports: TelemetryPorts,
): (batch: readonly SequencedEvent[]) => void {
  const fold = new SkillFold();
  observeState(meter, ports, fold);
  return countEvents(meter, ports, fold);
}

/** What is true now: asked when somebody reads, and costs nothing in between. */
function observeState(meter: Meter, ports: TelemetryPorts, fold: SkillFold): void {
  const status = meter.createObservableGauge('skillward.skill.status', {
    description: '1 for the health status a skill has now, 0 for the others',
    unit: '1',
  });
  const running = meter.createObservableGauge('skillward.skill.running', {
    description: '1 while the process of a skill runs, 0 otherwise',
    unit: '1',
  });
  const skillMemory = meter.createObservableGauge('skillward.skill.memory.usage', {
    description: 'Memory of a skill with everything it started, at the last look',
    unit: 'By',
  });
  const skills = meter.createObservableUpDownCounter('skillward.skills', {
    description: 'Skills by what people decided about them',
    unit: '{skill}',
  });
  const incidents = meter.createObservableUpDownCounter('skillward.incident.active', {
    description: 'Incidents that have not ended',
    unit: '{incident}',
  });
  const memory = meter.createObservableUpDownCounter('process.memory.usage', {
    description: 'The amount of physical memory in use by the host',
    unit: 'By',
  });
  const uptime = meter.createObservableGauge('process.uptime', {
    description: 'The time the host has been running',
    unit: 's',
  });
  const delays = (['p50', 'p99', 'max'] as const).map((which) => ({
    which,
    gauge: meter.createObservableGauge(`nodejs.eventloop.delay.${which}`, {
      description: `Event loop delay of the host over the last minute or two, ${which}`,
      unit: 's',
    }),
  }));

  const observe = (result: BatchObservableResult) => {
    const figures = skillFigures(ports.skills(), fold);
    for (const [id, figure] of figures.bySkill) observeSkill(result, id, figure);
    for (const [lifecycle, count] of figures.lifecycles)
      result.observe(skills, count, { 'skill.lifecycle': lifecycle });
    const active = { open: 0, acknowledged: 0 };
    for (const { state } of ports.incidents()) if (state !== 'resolved') active[state] += 1;
    for (const [state, count] of Object.entries(active))
      result.observe(incidents, count, { 'incident.state': state });
    const host = ports.status();
    result.observe(memory, host.memoryBytes);
    result.observe(uptime, host.uptimeMs / 1000);
    for (const { gauge, which } of delays) result.observe(gauge, host.eventLoopLagMs[which] / 1000);
  };
  const observeSkill = (result: BatchObservableResult, id: string, figure: SkillFigures) => {
    const skill = { 'skill.id': id };
    for (const [kind, count] of figure.statuses)
      result.observe(status, count, { ...skill, 'skill.status': kind });
    result.observe(running, figure.running, skill);
    if (figure.memoryBytes !== null) result.observe(skillMemory, figure.memoryBytes, skill);
  };
  const gauges = delays.map(({ gauge }) => gauge);
  meter.addBatchObservableCallback(observe, [
    ...[status, running, skillMemory, skills, incidents, memory, uptime],
    ...gauges,
  ]);
}

/** What happens: counted from the events the host publishes for its dashboards. */
function countEvents(meter: Meter, ports: TelemetryPorts, fold: SkillFold) {
  const checks = meter.createCounter('skillward.checks', {
    description: 'Checks by what came of them',
    unit: '{check}',
  });
  const duration = meter.createHistogram('skillward.check.duration', {
    description: 'How long a skill took to answer a check',
    unit: 's',
    advice: { explicitBucketBoundaries: DURATION_BUCKETS_SECS },
  });
  const restarts = meter.createCounter('skillward.skill.restarts', {
    description: 'Restarts of skills by who ordered them',
    unit: '{restart}',
  });
  const quarantines = meter.createCounter('skillward.skill.quarantines', {
    description: 'Quarantines of skills by who ordered them',
    unit: '{quarantine}',
  });
  const incidents = meter.createCounter('skillward.incidents', {
    description: 'Incidents that began',
    unit: '{incident}',
  });
  const begun = new Set<string>();
  // What has not happened yet is told as zero: a series that begins with one would show no increase.
  const begin = (skillId: string) => {
    const id = fold.labelOf(skillId);
    if (begun.has(id)) return;
    begun.add(id);
    const skill = { 'skill.id': id };
    restarts.add(0, { ...skill, 'action.origin': 'monitor' });
    quarantines.add(0, { ...skill, 'action.origin': 'monitor' });
    incidents.add(0, skill);
  };
  for (const { id } of ports.skills()) begin(id);
  const sinceMs = ports.clock.nowMs();
  let newestIncident = Math.max(0, ...ports.incidents().map(({ id }) => id));

  return (batch: readonly SequencedEvent[]) => {
    let newest = newestIncident;
    for (const { event, payload } of batch) {
      if (event === 'skill.changed' && payload.skill !== null) begin(payload.skillId);
      else if (event === 'health.checked') {
        const skill = { 'skill.id': fold.labelOf(payload.skillId) };
        checks.add(1, { ...skill, 'check.outcome': payload.outcome.kind });
        if (payload.latencyMs !== null) duration.record(payload.latencyMs / 1000, skill);
      } else if (event === 'action.taken' && payload.action.skillId !== null) {
        const { kind, origin, result, skillId } = payload.action;
        const by = { 'skill.id': fold.labelOf(skillId), 'action.origin': origin };
        if (kind === 'restartSkill' && result === 'done') restarts.add(1, by);
        if (kind === 'quarantineSkill' && result === 'done') quarantines.add(1, by);
      } else if (event === 'incident.changed') {
        // An incident changes often and begins once. Its events are joined within a batch, so each is seen once here.
        const { id, skillId, startedAt } = payload.incident;
        if (id <= newestIncident || startedAt < sinceMs) continue;
        incidents.add(1, { 'skill.id': fold.labelOf(skillId) });
        newest = Math.max(newest, id);
      }
    }
    newestIncident = newest;
  };
}
