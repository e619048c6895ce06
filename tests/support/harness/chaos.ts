import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../../../shared/model/health.ts';
import type { RuntimeStatus } from '../../../shared/model/runtime.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { isLive, removeDir, skillProcessesOf, startHost, type TestHost } from '../host-process.ts';
import type { Envelope } from '../socket-client.ts';
import { type ChaosSkill, writeChaosSkill } from './chaos-skill.ts';
import { Liveness } from './liveness.ts';
import { PingProbe } from './ping-probe.ts';
import { lastLook } from './until.ts';
import { extraDescriptors, type MachineNoise, residentBytesOf, type Vitals, vitalsOf } from './vitals.ts';

/** What the end of a scenario is held against. */
export interface ChaosEnd {
  readonly leakedProcesses: number;
  /** What they are of. */
  readonly leakedDescriptors: readonly string[];
  readonly residentGrowthBytes: number;
  readonly lagP99Ms: number;
  readonly worstPingMs: number;
}

/** A host that scenarios share, with what it was like when it had nothing to do. */
export interface ChaosHouse {
  host: TestHost;
  readonly noise: MachineNoise;
  /** Environment of every host of this house. */
  readonly env: Readonly<Record<string, string>>;
}

const mebibyte = 1_048_576;

let serial = 0;

/**
 * One run of one scenario. Names of skills are the scenario's own; their ids are new in every run, because a host
 * remembers what was decided about an id long after its folder is gone.
 */
export class Chaos {
  readonly liveness: Liveness;
  readonly #house: ChaosHouse;
  readonly #run: string;
  readonly #before: Vitals;
  readonly #probe: PingProbe;
  readonly #skills = new Map<string, Skill | null>();
  #cursor: number;
  #recoveryMs: number | null = null;
  #lostWrites = 0;

  private constructor(house: ChaosHouse, liveness: Liveness, probe: PingProbe) {
    serial += 1;
    this.#run = serial.toString(36);
    this.#house = house;
    this.liveness = liveness;
    this.#probe = probe;
    this.#cursor = house.host.client.events.length;
    this.#before = vitalsOf(house.host.pid);
  }

  static async begin(house: ChaosHouse): Promise<Chaos> {
    return new Chaos(house, await Liveness.open(), await PingProbe.start(house.host));
  }

  get host(): TestHost {
    return this.#house.host;
  }

  /** What the hosts of this scenario have in their environment beyond the test's own. */
  get env(): Readonly<Record<string, string>> {
    return this.#house.env;
  }

  get recoveryMs(): number | null {
    return this.#recoveryMs;
  }

  get lostWrites(): number {
    return this.#lostWrites;
  }

  /** The id a skill of this name has in this run. */
  id(name: string): string {
    return `${name}-${this.#run}`;
  }

  folder(name: string): string {
    return join(this.host.skillsDir, this.id(name));
  }

  /** A limit on this machine, as busy as it is. */
  patience(limitMs: number): number {
    return limitMs + 2 * this.#house.noise.maxMs;
  }

  /** The scenario's measure: from the fault to everything well again. The worst one counts. */
  recovered(recoveryMs: number): void {
    this.#recoveryMs = Math.max(this.#recoveryMs ?? 0, recoveryMs);
  }

  lost(writes: number): void {
    this.#lostWrites += writes;
  }

  /** Writes skills, or writes them anew, without telling the host. */
  write(skills: Readonly<Record<string, ChaosSkill>>): void {
    for (const [name, skill] of Object.entries(skills)) {
      writeChaosSkill(this.host.skillsDir, this.id(name), skill, this.liveness.port);
    }
  }

  /** Takes every skill's folder away without telling the host. */
  clear(): void {
    const { skillsDir } = this.host;
    for (const name of readdirSync(skillsDir)) removeDir(join(skillsDir, name));
  }

  async add(skills: Readonly<Record<string, ChaosSkill>>): Promise<void> {
    this.write(skills);
    await this.host.client.call('skills.reload');
  }

  /** Adds one skill and waits until it runs and has answered its first check. */
  async running(name: string, skill?: ChaosSkill): Promise<Skill> {
    if (skill !== undefined) await this.add({ [name]: skill });
    return this.until(name, ({ process, health }) => process.state === 'running' && health.totalChecks > 0);
  }

  /** The skill as the host tells it now. */
  async skill(name: string): Promise<Skill> {
    const { skills } = (await this.host.client.call('skill.list')) as { skills: Skill[] };
    const found = skills.find(({ id }) => id === this.id(name));
    if (found === undefined) throw new Error(`the host does not know ${this.id(name)}`);
    return found;
  }

  /** Waits until the published state of the skill is as wanted; it may be so already. */
  async until(name: string, test: (skill: Skill) => boolean, timeoutMs = 30_000): Promise<Skill> {
    const id = this.id(name);
    const { client } = this.host;
    const look = () => {
      this.#read();
      const skill = this.#skills.get(id);
      return skill !== undefined && skill !== null && test(skill) ? skill : undefined;
    };
    try {
      return await client.until(look, timeoutMs);
    } catch {
      throw new Error(
        `waited in vain for ${id}, it is ${JSON.stringify(this.#skills.get(id))}\n${this.host.log()}`,
      );
    }
  }

  /** How many skills are so at the moment. */
  count(test: (skill: Skill) => boolean): number {
    this.#read();
    return [...this.#skills.values()].filter((skill) => skill !== null && test(skill)).length;
  }

  /** Waits for so many more checks of the skill: time as the host itself counts it. */
  async moreChecks(name: string, count: number): Promise<Skill> {
    const { health } = await this.skill(name);
    return this.until(name, (skill) => skill.health.totalChecks >= health.totalChecks + count);
  }

  order(command: string, name: string, payload: Readonly<Record<string, unknown>> = {}): Promise<Envelope> {
    return this.host.client.request(command, { skillId: this.id(name), ...payload });
  }

  /** Orders and insists on being obeyed. Answers the skill. */
  async obey(command: string, name: string, payload: Readonly<Record<string, unknown>> = {}): Promise<Skill> {
    const { skill } = await this.host.client.call(command, { skillId: this.id(name), ...payload });
    return skill as Skill;
  }

  invoke(
    name: string,
    params: Readonly<Record<string, unknown>> = {},
    timeoutMs = 20_000,
  ): Promise<Envelope> {
    return this.order('skill.invoke', name, { method: 'invoke', params, timeoutMs });
  }

  /** Newest first. */
  async checks(name: string): Promise<readonly Check[]> {
    const { checks } = await this.host.client.call('history.checks', { skillId: this.id(name), limit: 1000 });
    return checks as Check[];
  }

  async actions(name: string, kind: string): Promise<readonly { readonly reason: string }[]> {
    const { actions } = await this.host.client.call('action.list', { skillId: this.id(name), limit: 1000 });
    return (actions as { kind: string; reason: string }[]).filter((action) => action.kind === kind);
  }

  async logText(name: string, stream: string): Promise<string> {
    const { lines } = await this.host.client.call('logs.read', {
      skillId: this.id(name),
      stream,
      limit: 5000,
    });
    return (lines as { text: string }[]).map(({ text }) => text).join('\n');
  }

  async status(): Promise<RuntimeStatus> {
    return (await this.host.client.call('runtime.status')) as RuntimeStatus;
  }

  /** The host's event-loop lag, p99, and what the machine makes even an idle process late, ms. */
  async lag(): Promise<{ readonly lagP99Ms: number; readonly noiseMs: number }> {
    return { lagP99Ms: (await this.status()).eventLoopLagMs.p99, noiseMs: this.#house.noise.p99Ms };
  }

  /** Ends the host with SIGKILL and starts another on the same folders. */
  async killHost(): Promise<void> {
    this.#probe.stop();
    await this.host.kill9();
    await this.nextHost();
  }

  /** Starts another host on the same folders; the one before must be gone. */
  async nextHost(): Promise<void> {
    const { dataDir, skillsDir } = this.host;
    this.#probe.stop();
    this.#house.host = await startHost({ dataDir, skillsDir, env: this.#house.env });
    this.#skills.clear();
    this.#cursor = 0;
    await this.#probe.move(this.#house.host);
    const { skills } = (await this.host.client.call('skill.list')) as { skills: Skill[] };
    for (const skill of skills) this.#skills.set(skill.id, skill);
  }

  /**
   * Takes every skill away and holds the host against what it was before. Call once, whatever happened.
   * @param growthMiB garbage is given some seconds to be collected when there is more than this of it
   * @param moreDescriptors what the host has a reason to have open beyond what it had
   */
  async end(growthMiB: number, moreDescriptors = 0): Promise<ChaosEnd> {
    const { liveness } = this;
    try {
      // A scenario that failed half way may have left no host to look at.
      if (!isLive(this.host.pid)) await this.nextHost();
      const { host } = this;
      this.clear();
      await host.client.call('skills.reload');
      const left = await this.#untilQuiet();
      const lagP99Ms = (await this.status()).eventLoopLagMs.p99;
      this.#probe.stop();
      const leakedDescriptors = await this.#extraDescriptors(moreDescriptors);
      return {
        leakedProcesses: left,
        leakedDescriptors,
        residentGrowthBytes: await this.#growth(growthMiB * mebibyte),
        lagP99Ms,
        worstPingMs: this.#probe.worstMs,
      };
    } finally {
      this.#probe.stop();
      await liveness.close();
    }
  }

  async #untilQuiet(): Promise<number> {
    const { dataDir, pid } = this.host;
    const left = () =>
      new Set([
        ...this.liveness.living().filter(isLive),
        ...skillProcessesOf(dataDir),
        ...vitalsOf(pid).children.filter((child) => !this.#before.children.includes(child)),
      ]).size;
    return lastLook(left, (count) => count === 0, 10_000);
  }

  /** Descriptors close a moment after their stream says so. */
  async #extraDescriptors(more: number): Promise<readonly string[]> {
    // The probe's own connection is gone by now.
    const extra = () => extraDescriptors(this.#before, vitalsOf(this.host.pid), more - 1);
    return lastLook(extra, (names) => names.length === 0, 5000);
  }

  /** What is held, not what is lying about: an idle host collects its garbage within seconds. */
  async #growth(limitBytes: number): Promise<number> {
    const growth = () => residentBytesOf(this.host.pid) - this.#before.residentBytes;
    return lastLook(growth, (bytes) => bytes < limitBytes, 15_000);
  }

  #read(): void {
    const { events } = this.host.client;
    for (; this.#cursor < events.length; this.#cursor += 1) {
      const line = events[this.#cursor];
      if (line?.event === 'skill.changed') this.#skills.set(line.payload.skillId, line.payload.skill);
    }
  }
}
