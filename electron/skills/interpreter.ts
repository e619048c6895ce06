import { isFileError } from './catalog-files.ts';
import type { CatalogSkill } from './catalog-skill.ts';
import { chooseInterpreter } from './interpreter-choice.ts';
import { InterpreterProbe } from './interpreter-probe.ts';
import { resolveCredentials } from './launch-credentials.ts';
import { inheritedEnvironment, launchEnvironment, makeSkillData } from './launch-env.ts';
import type { PlanResult } from './types.ts';

/** What a launch plan depends on besides the skill itself. */
export interface LaunchContext {
  /** The host's data folder; the skill gets `<dataDir>/skills/<id>` of it. */
  readonly dataDir: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** Stored credentials of this skill, by name. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Settings a person made, over the manifest's. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The absolute path of a program, null when there is none; `programFinder` makes one. */
  readonly which: (name: string) => Promise<string | null>;
  readonly platform: NodeJS.Platform;
  /** Asks interpreters for their version; by default one for the whole host, which asks each of them once. */
  readonly probe?: InterpreterProbe;
}

const hostProbe = new InterpreterProbe();

/**
 * How to start a skill (DESIGN.md section 5), or why it cannot be started as it is: broken, a credential missing,
 * no interpreter, one too old. Those are configuration errors, never retried in a loop (section 4 rule 6).
 * Makes the skill's data folder and may ask interpreters for their version; starts nothing else.
 */
export async function planLaunch(skill: CatalogSkill, context: LaunchContext): Promise<PlanResult> {
  const { manifest } = skill;
  if (skill.broken !== null || manifest === null) return { ok: false, message: brokenSentence(skill) };
  const credentials = resolveCredentials(manifest.credentials, context.credentials);
  if (!credentials.ok) return credentials;
  const base = inheritedEnvironment(context.hostEnv, context.platform);
  const { which, platform, probe = hostProbe } = context;
  const choice = await chooseInterpreter({ skill, manifest }, { which, platform, probe, env: base });
  if (!choice.ok) return choice;
  const skillData = await skillDataFolder(context.dataDir, skill.id);
  if (!skillData.ok) return skillData;
  const settings = { ...manifest.settings, ...context.settings };
  return {
    ok: true,
    plan: {
      skillId: skill.id,
      protocol: skill.protocol,
      command: choice.command,
      args: choice.args,
      cwd: skill.folder,
      env: launchEnvironment(base, skillData.folder, credentials.byVariable),
      interpreter: choice.label,
      expectedName: skill.id,
      // Sent only when there are any: skills of older hosts know neither member.
      ...(Object.keys(credentials.byName).length > 0 ? { credentials: credentials.byName } : {}),
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
    },
  };
}

function brokenSentence({ broken, id }: CatalogSkill): string {
  if (broken === null) return `${id} has no readable manifest`;
  return `${broken.file}${broken.line === null ? '' : `:${broken.line}`}: ${broken.message}`;
}

async function skillDataFolder(
  dataDir: string,
  skillId: string,
): Promise<
  { readonly ok: true; readonly folder: string } | { readonly ok: false; readonly message: string }
> {
  try {
    return { ok: true, folder: await makeSkillData(dataDir, skillId) };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return {
      ok: false,
      message: `its data folder cannot be made (${error.message}): make the folder writable`,
    };
  }
}
