import type { Clock } from '../core/supervision/clock.ts';
import type { Catalog } from '../skills/catalog.ts';
import { foundLately } from '../skills/found-lately.ts';
import { planLaunch } from '../skills/interpreter.ts';
import { programFinder } from '../skills/interpreter-probe.ts';
import type { PlanResult } from '../skills/types.ts';
import type { CredentialDesk } from './credential-desk.ts';

export interface LaunchPlannerPorts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly catalog: Catalog;
  readonly dataDir: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  readonly credentials: Pick<CredentialDesk, 'forLaunch'>;
  /** Puts changed files in force: from this start on they count as they are now. */
  adopt(skillId: string): void;
}

/** Makes launch plans: what the catalog knows of a skill, put together with this machine and what people entered. */
export class LaunchPlanner {
  readonly #ports: LaunchPlannerPorts;
  readonly #which: (name: string) => Promise<string | null>;

  constructor(ports: LaunchPlannerPorts) {
    this.#ports = ports;
    this.#which = foundLately(programFinder(ports.hostEnv, process.platform), ports.clock);
  }

  async plan(skillId: string): Promise<PlanResult> {
    const { adopt, catalog, credentials, dataDir, hostEnv } = this.#ports;
    adopt(skillId);
    const skill = catalog.get(skillId);
    if (skill === undefined) return { ok: false, message: `${skillId} is not in any skills folder any more` };
    if (skill.broken !== null) return { ok: false, message: skill.broken.message, remedy: 'mend-files' };
    return planLaunch(skill, {
      dataDir,
      hostEnv,
      credentials: credentials.forLaunch(skill),
      platform: process.platform,
      which: this.#which,
    });
  }
}
