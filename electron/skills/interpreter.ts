import type { CatalogSkill } from './catalog-skill.ts';
import { readyEnvironment } from './environments/environment-folder.ts';
import { chooseInterpreter } from './interpreter-choice.ts';
import { InterpreterProbe } from './interpreter-probe.ts';
import { resolveCredentials } from './launch-credentials.ts';
import { inheritedEnvironment, launchEnvironment, makeSkillData, oneShotEnvironment } from './launch-env.ts';
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
  if (skill.broken !== null || manifest === null)
    return { ok: false, message: brokenSentence(skill), remedy: 'mend-files' };
  const credentials = resolveCredentials(manifest.credentials, context.credentials);
  if (!credentials.ok) return credentials;
  const base = inheritedEnvironment(context.hostEnv, context.platform);
  const { which, platform, probe = hostProbe } = context;
  const environment = await readyEnvironment(context.dataDir, skill, platform);
  const choice = await chooseInterpreter(
    { skill, manifest, environment },
    { which, platform, probe, env: base },
  );
  if (!choice.ok) return choice;
  const skillData = await makeSkillData(context.dataDir, skill.id);
  const settings = { ...manifest.settings, ...context.settings };
  const { run } = manifest;
  const own =
    run === null
      ? manifest.env
      : { ...oneShotEnvironment(skill.id, run.timeoutSecs, settings), ...manifest.env };
  return {
    ok: true,
    plan: {
      skillId: skill.id,
      protocol: manifest.protocol ?? 'auto',
      command: choice.command,
      args: choice.args,
      cwd: manifest.cwd ?? skill.folder,
      env: launchEnvironment(base, skillData.folder, own, credentials.byVariable),
      interpreter: choice.label,
      expectedName: skill.id,
      ...(run === null ? {} : { oneShot: { params: run.params, timeoutMs: run.timeoutSecs * 1000 } }),
      // Sent only when there are any: skills of older hosts know neither member.
      ...(Object.keys(credentials.byName).length > 0 ? { credentials: credentials.byName } : {}),
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
      ...(skillData.missing === null ? {} : { remark: skillData.missing }),
    },
  };
}

function brokenSentence({ broken, id }: CatalogSkill): string {
  if (broken === null) return `${id} has no readable manifest`;
  return `${broken.file}${broken.line === null ? '' : `:${broken.line}`}: ${broken.message}`;
}
