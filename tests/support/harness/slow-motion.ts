import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Warden } from '../../../electron/runtime/warden.ts';
import { settingsFrom } from '../../../electron/storage/settings.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { removeDir, tempDir } from '../host-process.ts';
import { type ChaosSkill, writeChaosSkill } from './chaos-skill.ts';
import { FakeClock } from './fake-clock.ts';
import { Liveness } from './liveness.ts';

const tickMs = 20;
const limitMs = 30_000;

/**
 * A whole host inside the test, over real Python processes, whose time the test makes: hours pass in an instant, and the
 * clock can be set. Real time is only waited for where a process has to do something.
 */
export class SlowMotion {
  readonly clock = new FakeClock();
  readonly liveness: Liveness;
  readonly warden: Warden;
  /** What the host said about itself: gaps in time, trouble. */
  readonly reports: string[] = [];
  readonly #folder: string;

  private constructor(folder: string, liveness: Liveness) {
    this.#folder = folder;
    this.liveness = liveness;
    this.warden = new Warden({
      dataDir: join(folder, 'data'),
      hostKind: 'headless',
      version: '0.0.0-test',
      settings: settingsFrom(
        { read: () => undefined, write: () => undefined },
        { nowMs: () => this.clock.nowMs() },
      ),
      folders: [join(folder, 'skills')],
      report: (message) => void this.reports.push(message),
      clock: this.clock,
      random: () => 0,
    });
  }

  static async open(skills: Readonly<Record<string, ChaosSkill>>): Promise<SlowMotion> {
    const folder = tempDir();
    const liveness = await Liveness.open();
    for (const [id, skill] of Object.entries(skills)) {
      writeChaosSkill(join(folder, 'skills'), id, skill, liveness.port);
    }
    const motion = new SlowMotion(folder, liveness);
    await motion.#whileTimePasses(motion.warden.start());
    return motion;
  }

  async call(command: string, payload: unknown): Promise<unknown> {
    const envelope = { v: 1, requestId: 't', command, payload };
    return (await this.warden.dispatcher.dispatch(envelope, { trust: 'operator' })).payload;
  }

  async skills(): Promise<Map<string, Skill>> {
    const { skills } = (await this.call('skill.list', {})) as { skills: Skill[] };
    return new Map(skills.map((skill) => [skill.id, skill]));
  }

  /** Lets time pass, slowly enough for real processes, until all skills are as wanted. */
  async until(test: (skill: Skill) => boolean, what: string): Promise<void> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const skills = await this.skills();
      if ([...skills.values()].every(test)) return;
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}: ${brief(skills)}`);
      await this.clock.advance(tickMs);
      await pause(5);
    }
  }

  async close(): Promise<void> {
    await this.#whileTimePasses(this.warden.stop(6000));
    await this.liveness.died();
    await this.liveness.close();
    removeDir(this.#folder);
  }

  async #whileTimePasses<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    while (!done) {
      await Promise.race([ended, pause(5)]);
      await this.clock.advance(tickMs);
    }
    return ended;
  }
}

function brief(skills: ReadonlyMap<string, Skill>): string {
  return JSON.stringify([...skills.values()].map(({ id, process, health }) => ({ id, process, health })));
}
