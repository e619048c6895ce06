import type { SkillOverride } from '../../shared/model/config.ts';
import type { Broken, SkillProtocol } from '../../shared/model/skill.ts';
import type { Manifest } from './manifest.ts';
import type { ScriptNeeds } from './pep723.ts';
import type { SkillMode } from './types.ts';

/** A skill as it lies on disk. One that is broken is listed too, so that a person sees what to repair. */
export interface CatalogSkill {
  readonly id: string;
  readonly name: string;
  /** Empty when the manifest could not be read. */
  readonly version: string;
  readonly description: string | null;
  /** Absolute; the skill's working directory. A single-file skill's is the skills folder it lies in. */
  readonly folder: string;
  /** Absolute; null when the manifest's `command` alone says what to run, or is broken. */
  readonly entryFile: string | null;
  /** The file that describes it: its `manifest.toml`, or the script itself. */
  readonly manifestFile: string;
  readonly manifest: Manifest | null;
  readonly broken: Broken | null;
  /** Changes when the manifest, the entry script or a Python file of the skill's folder does. */
  readonly fingerprint: string;
  readonly protocol: SkillProtocol;
  readonly mode: 'daemon' | 'one-shot';
  /** `[health]` and `[restart]` of the manifest; undefined when it has neither. */
  readonly override: SkillOverride | undefined;
  /** The entry script's PEP 723 metadata; null when it has none. */
  readonly needs: ScriptNeeds | null;
}

/** How the skill is kept, as its manifest says; what is not there any more is kept as a daemon until it has ended. */
export function modeOf(skill: CatalogSkill | undefined): SkillMode {
  if (skill === undefined || skill.mode === 'daemon') return 'daemon';
  return skill.manifest?.run?.when === 'on-demand' ? 'one-shot-on-demand' : 'one-shot';
}

/** A skill Skillward installed itself: its id, and the folder or `.py` file that is its version in force. */
export interface InstalledPlace {
  readonly skillId: string;
  readonly path: string;
}

/** A folder of skills that cannot be read, or not wholly. */
export interface FolderProblem {
  readonly folder: string;
  readonly message: string;
}
