import type { Catalog } from '../skills/catalog.ts';
import { planLaunch } from '../skills/interpreter.ts';
import { programFinder } from '../skills/interpreter-probe.ts';
import type { PlanResult } from '../skills/types.ts';

export interface LaunchPlannerPorts {
  readonly catalog: Catalog;
  readonly dataDir: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
}

/** Makes launch plans and remembers which secrets went into them, so that they can be masked in what comes out. */
export class LaunchPlanner {
  readonly #ports: LaunchPlannerPorts;
  readonly #which: (name: string) => Promise<string | null>;
  readonly #secrets = new Map<string, readonly string[]>();

  constructor(ports: LaunchPlannerPorts) {
    this.#ports = ports;
    this.#which = programFinder(ports.hostEnv, process.platform);
  }

  async plan(skillId: string): Promise<PlanResult> {
    const { catalog, dataDir, hostEnv } = this.#ports;
    const skill = catalog.get(skillId);
    if (skill === undefined) return { ok: false, message: `${skillId} is not in any skills folder any more` };
    if (skill.broken !== null) return { ok: false, message: skill.broken.message };
    const credentials = this.#credentials(skill.manifest?.credentials ?? []);
    this.#secrets.set(skillId, Object.values(credentials));
    return planLaunch(skill, {
      dataDir,
      hostEnv,
      credentials,
      platform: process.platform,
      which: this.#which,
    });
  }

  secrets(skillId: string): readonly string[] {
    return this.#secrets.get(skillId) ?? [];
  }

  /** A declared credential is taken from the host's own environment, by the variable its manifest names. */
  #credentials(
    declared: readonly { readonly name: string; readonly envVar: string }[],
  ): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { name, envVar } of declared) {
      const value = this.#ports.hostEnv[envVar];
      if (value !== undefined && value !== '') found[name] = value;
    }
    return found;
  }
}
