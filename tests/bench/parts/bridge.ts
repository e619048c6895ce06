import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { openDashboardServer } from '../../../electron/hosts/headless/http-server.ts';
import { openDashboardSocket } from '../../../electron/hosts/headless/web-socket.ts';
import { Dispatcher } from '../../../electron/runtime/dispatcher.ts';
import { EventHub } from '../../../electron/runtime/event-hub.ts';
import { realClock } from '../../../electron/runtime/real-clock.ts';
import type { Warden } from '../../../electron/runtime/warden.ts';
import type { SequencedEvent } from '../../../shared/contract/index.ts';
import { below, type Figure, info, type Part } from '../lib/figures.ts';
import { mixedSkills } from '../lib/mixed-skills.ts';
import { sleep } from '../lib/process-figures.ts';

const BURST = 5000;
const SKILLS = 200;
/** Ten batches a second, and the burst is one moment: two of them may carry it. */
const MOST_BATCHES = 2;

interface Arrived {
  readonly events: readonly SequencedEvent[];
  readonly bytes: number;
  readonly tookMs: number;
}

/** A burst of events on its way from the hub through the real WebSocket to a dashboard. */
export async function measureBridge(): Promise<Part> {
  const coalesced = await burst((hub) => publishChanges(hub, BURST));
  const single = await burst((hub) => publishChecks(hub, BURST));
  const silent = new EventHub(realClock);
  const before = process.cpuUsage();
  publishChecks(silent, BURST);
  silent.flush();
  const { user, system } = process.cpuUsage(before);
  return {
    title: 'Bridge',
    about: [
      `${BURST} events published in one moment, over the real WebSocket server of the headless host to a client on the same machine:`,
      `once as changes of ${SKILLS} skills, of which the last of each is the truth, and once as checks, of which every one counts.`,
    ].join('\n'),
    figures: [
      below(
        { name: `changes sent, of ${BURST} published`, value: coalesced.events.length, unit: '' },
        SKILLS * MOST_BATCHES + 1,
      ),
      below({ name: 'checks missing or out of order', value: faultsOf(single.events, BURST), unit: '' }, 1),
      below({ name: 'changes that are not the last word', value: staleOf(coalesced.events), unit: '' }, 1),
      below({ name: `until the last of ${BURST} checks is there`, value: single.tookMs, unit: 'ms' }, 500),
      info({ name: 'bytes per check', value: single.bytes / single.events.length, unit: 'B' }),
      info({ name: 'bytes per changed skill', value: coalesced.bytes / coalesced.events.length, unit: 'B' }),
      below({ name: 'CPU per event nobody listens to', value: (user + system) / BURST, unit: 'µs' }, 10),
    ] satisfies Figure[],
  };
}

async function burst(publish: (hub: EventHub) => void): Promise<Arrived> {
  const hub = new EventHub(realClock);
  const dispatcher = new Dispatcher({} as ConstructorParameters<typeof Dispatcher>[0], () => undefined);
  const dashboard = await openDashboardServer('.', 0);
  const token = randomBytes(32).toString('base64url');
  // A socket needs no more of a host than this.
  const host = { hub, dispatcher } as unknown as Warden;
  const doors = openDashboardSocket(dashboard.server, dashboard.port, token, host);
  const client = new WebSocket(`ws://127.0.0.1:${dashboard.port}/ws`, ['skillward.v1', `token.${token}`], {
    origin: `http://127.0.0.1:${dashboard.port}`,
  });
  const events: SequencedEvent[] = [];
  let bytes = 0;
  let lastMs = 0;
  const ready = Promise.withResolvers<void>();
  client.on('error', ready.reject);
  client.on('open', () =>
    client.send(JSON.stringify({ v: 1, requestId: 's', command: 'events.subscribe', payload: {} })),
  );
  client.on('message', (data) => {
    const text = data.toString();
    const message = JSON.parse(text) as SequencedEvent | { requestId: string };
    if ('requestId' in message) return ready.resolve();
    events.push(message);
    bytes += Buffer.byteLength(text);
    lastMs = performance.now();
  });
  try {
    await ready.promise;
    const startedMs = performance.now();
    publish(hub);
    // Nothing more for a second: that was all.
    do await sleep(250);
    while (lastMs === 0 || performance.now() - lastMs < 1000);
    return { events, bytes, tookMs: lastMs - startedMs };
  } finally {
    client.terminate();
    doors.close();
    await dashboard.close();
  }
}

function publishChanges(hub: EventHub, count: number): void {
  const skills = mixedSkills(SKILLS);
  for (let turn = 0; turn < count; turn += 1) {
    const skill = skills[turn % skills.length];
    if (skill === undefined) return;
    hub.publish('skill.changed', { skillId: skill.id, skill: { ...skill, lastLatencyMs: turn } }, skill.id);
  }
}

function publishChecks(hub: EventHub, count: number): void {
  const skills = mixedSkills(SKILLS);
  for (let turn = 0; turn < count; turn += 1) {
    const skill = skills[turn % skills.length];
    if (skill === undefined) return;
    const payload = { skillId: skill.id, at: turn, latencyMs: 12, record: skill.health };
    hub.publish('health.checked', { ...payload, outcome: { kind: 'healthy' } });
  }
}

/** Numbers that are missing, and events that are not where they belong. */
function faultsOf(events: readonly SequencedEvent[], expected: number): number {
  const displaced = events.filter(
    (event, index) =>
      event.seq !== (events[0]?.seq ?? 0) + index ||
      (event.event === 'health.checked' && event.payload.at !== index),
  ).length;
  return displaced + Math.abs(expected - events.length);
}

/** Skills whose last change that arrived is not the last that was published. */
function staleOf(events: readonly SequencedEvent[]): number {
  const last = new Map<string, number | null>();
  for (const { event, payload } of events)
    if (event === 'skill.changed') last.set(payload.skillId, payload.skill?.lastLatencyMs ?? null);
  const stale = [...last.values()].filter((turn) => turn === null || turn < BURST - SKILLS).length;
  return stale + SKILLS - last.size;
}
