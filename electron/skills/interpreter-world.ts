import type { Remedy } from '../../shared/model/skill.ts';
import type { CatalogSkill } from './catalog-skill.ts';
import type { InterpreterProbe } from './interpreter-probe.ts';
import type { Environment } from './launch-env.ts';
import type { Manifest } from './manifest.ts';

/** How to start a skill. Not ok: a configuration error, with what to do about it. */
export type Choice =
  | {
      readonly ok: true;
      readonly command: string;
      readonly args: readonly string[];
      /** In words: `python3.11`, `uv run`, `.venv`. */
      readonly label: string;
    }
  | { readonly ok: false; readonly message: string; readonly remedy?: Remedy };

/** What a choice depends on besides the skill. `env` is the environment the skill will get. */
export interface ChoiceWorld {
  readonly which: (name: string) => Promise<string | null>;
  readonly probe: InterpreterProbe;
  readonly platform: NodeJS.Platform;
  readonly env: Environment;
}

/** A skill whose manifest could be read. */
export interface RunnableSkill {
  readonly skill: CatalogSkill;
  readonly manifest: Manifest;
  /** The Python of the environment Skillward made for it; null or absent when there is none. */
  readonly environment?: string | null;
}
