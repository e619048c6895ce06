import { expect } from 'vitest';
import type { FleetHost } from '../../shared/model/fleet.ts';
import {
  removeDir,
  type StartOptions,
  startHost,
  type TestHost,
  tempDir,
  writeSkills,
} from './host-process.ts';
import { healthySkill } from './python-skills.ts';

/** Anything that takes longer is a defect; what it takes is printed, and held to its limit by the long suite. */
const PATIENCE = { timeout: 30_000, interval: 20 };

export interface Joining {
  readonly servers: readonly string[];
  readonly caFile?: string;
}

interface Told {
  readonly boot: string;
  readonly seq: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: events are looked into, whatever they are
  readonly payload: any;
}

/** A real host in a fleet: an operator's, that shares its fixes and has two skills that are well. */
export class FleetMember {
  readonly name: string;
  readonly host: TestHost;
  hostId = '';

  private constructor(name: string, host: TestHost) {
    this.name = name;
    this.host = host;
  }

  static async start(
    name: string,
    joining: Joining,
    options: Omit<StartOptions, 'skillsDir'> = {},
  ): Promise<FleetMember> {
    const skill = { manifest: '[health]\ncheck_interval_secs = 1\n', source: healthySkill };
    const skillsDir = writeSkills(tempDir(), { [`${name}-one`]: skill, [`${name}-two`]: skill });
    const member = new FleetMember(name, await startHost({ skillsDir, ...options }));
    const wanted = { auth: { kind: 'none' }, name, role: 'operator', shareFixes: true, ...joining };
    const { link } = await member.call('fleet.join', wanted);
    expect(link).toMatchObject({ state: 'connected', problem: null });
    member.hostId = (await member.call('fleet.status')).hostId;
    return member;
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests, whatever they are
  call(command: string, payload: unknown = {}): Promise<any> {
    return this.host.client.call(command, payload);
  }

  /** Sends a command to another host; what that host said. */
  async order(to: FleetMember, command: string, payload: unknown = {}, timeoutMs?: number) {
    const asked = { hostId: to.hostId, command, payload, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
    return (await this.call('fleet.call', asked)).answer;
  }

  /** Another host as this one's list shows it. */
  async sees(other: FleetMember): Promise<FleetHost | undefined> {
    const { hosts } = await this.call('fleet.watch');
    return hosts.find(({ hostId }: FleetHost) => hostId === other.hostId);
  }

  async untilSees(other: FleetMember, state: FleetHost['state']): Promise<FleetHost> {
    await expect.poll(async () => (await this.sees(other))?.state, PATIENCE).toBe(state);
    return (await this.sees(other)) as FleetHost;
  }

  /** Until the other host has answered after this moment, epoch ms. */
  async untilHears(other: FleetMember, after: number): Promise<void> {
    await expect.poll(async () => (await this.sees(other))?.lastHeardAt, PATIENCE).toBeGreaterThan(after);
  }

  async untilLink(state: string): Promise<void> {
    await expect.poll(async () => (await this.call('fleet.status')).link.state, PATIENCE).toBe(state);
  }

  /** The process of its first skill, which runs. */
  running(): Promise<number> {
    return this.#pidOfFirst(null);
  }

  /** Kills its first skill; resolves when supervision has started it again. */
  async killAndSeeRestarted(): Promise<number> {
    const pid = await this.running();
    process.kill(pid, 'SIGKILL');
    return this.#pidOfFirst(pid);
  }

  /** A decision about its second skill, taken here and taken back: two entries of its history, acknowledged. */
  async decide(reason: string): Promise<void> {
    await this.call('skill.quarantine', { skillId: `${this.name}-two`, reason });
    await this.call('skill.release', { skillId: `${this.name}-two`, mode: 'force' });
  }

  async record(fixDescription: string): Promise<void> {
    // Numbers would make no other error of it.
    const key = fixDescription.replace(/\d/g, (digit) => 'klmnopqrst'[Number(digit)] ?? '');
    await this.call('fix.record', { error: `KeyError: '${key}'`, fixDescription });
  }

  async fixes(): Promise<string[]> {
    const { patterns } = await this.call('fix.list');
    return patterns.map((pattern: { fixDescription: string }) => pattern.fixDescription);
  }

  /** Reasons of the quarantines in its history. */
  async decisions(): Promise<string[]> {
    const { actions } = await this.call('action.list', { skillId: `${this.name}-two`, limit: 1000 });
    return actions
      .filter(({ kind }: { kind: string }) => kind === 'quarantineSkill')
      .map(({ reason }: { reason: string }) => reason);
  }

  /** The events of another host this one's pages were told since `from`. */
  eventsOf(other: FleetMember, from: number): Told[] {
    return this.host.client.events
      .filter(({ event, payload }) => event === 'fleet.event' && payload.hostId === other.hostId)
      .map(({ payload }) => payload)
      .filter(({ boot, seq }) => boot === '' || seq > from);
  }

  async stop(): Promise<void> {
    await this.host.stop();
    removeDir(this.host.dataDir);
    removeDir(this.host.skillsDir);
  }

  /** The pid of its first skill, once it runs as another process than `before`. */
  async #pidOfFirst(before: number | null): Promise<number> {
    const { process: now } = await this.host.client.skill(
      `${this.name}-one`,
      ({ process: { pid, state } }) => state === 'running' && pid !== before,
      PATIENCE.timeout,
    );
    return now.pid as number;
  }
}
