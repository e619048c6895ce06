import { Svcm } from '@nats-io/services';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { SERVICE_NAME, subjectOf } from '../../electron/core/fleet/subjects.ts';
import { packJson } from '../../electron/fleet/packing.ts';
import type { EventBatch, HostReport } from '../../shared/contract/fleet-wire.ts';
import type { ErrorCode, ResponseEnvelope } from '../../shared/contract/index.ts';
import { errorResponse, okResponse, requestEnvelopeSchema } from '../../shared/contract/index.ts';
import { appConfigSchema } from '../../shared/model/config.ts';
import type { FleetRole } from '../../shared/model/fleet.ts';
import type { HealthStatus } from '../../shared/model/health.ts';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { skillOf } from './fake-host/skills.ts';

export interface SimulatedOptions {
  readonly hostId: string;
  readonly name?: string;
  readonly role?: FleetRole;
  readonly labels?: Readonly<Record<string, string>>;
  readonly version?: string;
  /** How many skills it claims to have; `<hostId>-skill-<n>` each. */
  readonly skills?: number;
  /** How far its clock is off, ms. */
  readonly clockSkewMs?: number;
  readonly connect: NodeConnectionOptions;
}

/**
 * Speaks the fleet's wire like a host, with made-up skills: nothing is supervised, no process runs. For tests that need
 * many hosts, and ones that lose events, repeat them or tell another time.
 */
export class SimulatedHost {
  readonly hostId: string;
  readonly connection: NatsConnection;
  readonly skills: Map<string, Skill>;
  /** The commands it was given, as `name` or `name skillId`. */
  readonly orders: string[] = [];
  /** Snapshots it was asked for. */
  snapshots = 0;
  /** Answers nothing any more while true, as if its machine had frozen. */
  mute = false;
  boot = 'boot-1';
  seq = 0;
  readonly #options: SimulatedOptions;
  #startedAt: number;
  #boots = 1;

  private constructor(options: SimulatedOptions, connection: NatsConnection) {
    this.#options = options;
    this.hostId = options.hostId;
    this.connection = connection;
    this.#startedAt = this.#now();
    const ids = Array.from({ length: options.skills ?? 1 }, (_, n) => `${options.hostId}-skill-${n}`);
    this.skills = new Map(ids.map((id, n) => [id, madeUp(id, n)]));
  }

  static async start(options: SimulatedOptions): Promise<SimulatedHost> {
    const connection = await connect({ ...options.connect, name: `simulated ${options.hostId}` });
    const host = new SimulatedHost(options, connection);
    await host.#register();
    return host;
  }

  /** An event of it happens, and travels. */
  emit(event: string, payload: unknown): void {
    this.publish([{ event, payload }]);
  }

  /** Several at once, as one batch. */
  publish(events: EventBatch['events']): void {
    const from = this.seq + 1;
    this.seq += events.length;
    const batch: EventBatch = { v: 1, hostId: this.hostId, boot: this.boot, from, at: this.#now(), events };
    this.connection.publish(subjectOf(this.hostId, 'events'), JSON.stringify(batch));
  }

  /** Events happen that never travel: the next ones show a hole. */
  lose(count: number): void {
    this.seq += count;
  }

  /** Begins anew: another boot, numbers from one. */
  reboot(): void {
    this.#boots += 1;
    this.boot = `boot-${this.#boots}`;
    this.#startedAt = this.#now();
    this.seq = 0;
  }

  /** A skill's health becomes this, with the event that tells it; `quiet`: without one. */
  setHealth(skillId: string, status: HealthStatus, quiet?: 'quiet'): void {
    const skill = this.skills.get(skillId);
    if (skill === undefined) throw new Error(`no skill ${skillId}`);
    const lifecycle = status.kind === 'quarantined' ? 'quarantined' : 'active';
    const changed: Skill = { ...skill, lifecycle, health: { ...skill.health, status } };
    this.skills.set(skillId, changed);
    if (quiet === undefined) this.emit('skill.changed', { skillId, skill: changed });
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }

  report(): HostReport {
    const all = [...this.skills.values()];
    const count = (kind: HealthStatus['kind']) =>
      all.filter((skill) => skill.health.status.kind === kind).length;
    const { hostId, labels, name, role, version } = this.#options;
    return {
      v: 1,
      hostId,
      boot: this.boot,
      name: name ?? hostId,
      version: version ?? '1.0.0',
      platform: 'linux-x64',
      labels: { ...labels },
      role: role ?? 'operator',
      startedAt: this.#startedAt,
      at: this.#now(),
      seq: this.seq,
      counts: {
        ...{ skills: all.length, healthy: count('healthy'), degraded: count('degraded') },
        ...{ failing: count('failing'), quarantined: count('quarantined'), other: count('unknown') },
        openIncidents: 0,
      },
      loopLagP99Ms: 2.1,
      rssBytes: 80_000_000,
    };
  }

  #now(): number {
    return Date.now() + (this.#options.clockSkewMs ?? 0);
  }

  async #register(): Promise<void> {
    const view = subjectOf(this.hostId, 'view');
    // The package of the service API brings types of its own for the same connection.
    const services = new Svcm(this.connection as unknown as ConstructorParameters<typeof Svcm>[0]);
    const service = await services.add({
      name: SERVICE_NAME,
      version: '1.0.0',
      metadata: { hostId: this.hostId, simulated: 'true' },
      statsHandler: async ({ subject }) => (subject === view && !this.mute ? this.report() : null),
    });
    for (const subject of ['view', 'operate'] as const) {
      service.addEndpoint(subject, {
        subject: subjectOf(this.hostId, subject),
        handler: (_error, message) => {
          if (this.mute) return;
          const answer = this.#carryOut(message.json(), subject);
          void packJson(answer).then((packed) => message.respond(packed));
        },
      });
    }
    service.addEndpoint('snapshot', {
      subject: subjectOf(this.hostId, 'snapshot'),
      handler: (_error, message) => {
        if (this.mute) return;
        this.snapshots += 1;
        void packJson(this.#snapshot()).then((packed) => message.respond(packed));
      },
    });
    await this.connection.flush();
  }

  #snapshot() {
    const skills = [...this.skills.values()];
    const { boot, hostId, seq } = this;
    return {
      ...{ v: 1, hostId, boot, seq, at: this.#now() },
      snapshot: {
        ...{ seq: 0, skills, tasks: [], incidents: [], notices: [] },
        settings: appConfigSchema.parse({}),
        host: madeUpStatus(skills.length, this.#startedAt),
      },
    };
  }

  #carryOut(message: unknown, subject: 'view' | 'operate'): ResponseEnvelope {
    const { command, payload, requestId } = requestEnvelopeSchema.parse(message);
    const refuse = (code: ErrorCode, why: string) => errorResponse(requestId, { code, message: why });
    const { skillId, reason } = (payload ?? {}) as { skillId?: string; reason?: string };
    this.orders.push(skillId === undefined ? command : `${command} ${skillId}`);
    if (command === 'host.ping') return okResponse(requestId, { pong: true });
    if (command === 'skill.list') return okResponse(requestId, { skills: [...this.skills.values()] });
    if (command === 'incident.list') return okResponse(requestId, { incidents: [] });
    if (command === 'state.snapshot') return okResponse(requestId, this.#snapshot().snapshot);
    if (subject === 'view') return refuse('unavailable', `A simulated host does not know ${command}.`);
    if (this.#options.role === 'viewer') return refuse('not_allowed', 'This host lets others look only.');
    if (skillId === undefined || !this.skills.has(skillId))
      return refuse('not_found', `There is no skill "${skillId}".`);
    if (command === 'skill.quarantine')
      this.setHealth(skillId, { kind: 'quarantined', reason: reason ?? '' });
    else this.setHealth(skillId, { kind: 'healthy' });
    return okResponse(requestId, { skill: this.skills.get(skillId) });
  }
}

function madeUp(id: string, index: number): Skill {
  const member = {
    id,
    name: id,
    description: 'Made up',
    role: 'ok',
    latencyMs: 20,
    intervalSecs: 30,
  } as const;
  return skillOf(member, Date.now(), index);
}

function madeUpStatus(total: number, startedAt: number): RuntimeStatus {
  return {
    ...{ hostKind: 'headless', pid: 1, startedAt, uptimeMs: 1000, dataDir: '', folders: [] },
    skills: { total, running: total, healthy: total, degraded: 0, failing: 0, quarantined: 0, broken: 0 },
    eventLoopLagMs: { p50: 0.4, p99: 2.1, max: 9 },
    ...{ memoryBytes: 80_000_000, cpuShare: 0.01, storage: { mode: 'disk', bytes: 1_000_000 }, notices: [] },
  };
}
