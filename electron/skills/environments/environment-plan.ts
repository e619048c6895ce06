import type { CatalogSkill } from '../catalog-skill.ts';
import { findMachinePython } from '../interpreter-machine.ts';
import type { ChoiceWorld } from '../interpreter-world.ts';
import type { Manifest } from '../manifest.ts';
import { type Requirements, readRequirements } from '../packages/requirements.ts';
import { satisfiesVersion, shortVersion } from '../python-version.ts';
import { environmentFolder, pythonIn } from './environment-folder.ts';

/** What making an environment would do. */
export interface EnvironmentPlan {
  /** Commands with their arguments, word for word, one after the other. */
  readonly steps: readonly (readonly [string, ...string[]])[];
  readonly dependencies: readonly string[];
  readonly folder: string;
  /** In which the steps run. */
  readonly cwd: string;
}

export type EnvironmentPlanResult =
  | { readonly ok: true; readonly plan: EnvironmentPlan }
  | { readonly ok: false; readonly message: string };

/** A requirement by name, as PEP 508 begins one; anything else could be taken for an option by an installer. */
const REQUIREMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[|\(|[<>=!~]|;|@|$)/;

/**
 * How to make the environment a skill declares: with uv where it is installed, else with `venv` and pip of the machine's
 * Python. Asks programs for their version and does nothing else. Not ok: what has to be done instead.
 */
export async function planEnvironment(
  skill: CatalogSkill,
  world: ChoiceWorld,
  dataDir: string,
): Promise<EnvironmentPlanResult> {
  const { manifest } = skill;
  if (manifest === null || skill.broken !== null) return refuse(`${skill.id} is broken: mend it first`);
  const own = manifest.command?.[0] ?? manifest.interpreter;
  if (own !== null && own !== undefined)
    return refuse(`its manifest names what starts it (${own}): install what it needs there`);
  const requirements = await readRequirements(skill);
  const { dependencies, requirementsFile } = requirements;
  if (dependencies.length === 0) return refuse(NOTHING_DECLARED);
  const odd = requirementsFile === null ? dependencies.find((line) => !REQUIREMENT.test(line)) : undefined;
  if (odd !== undefined)
    return refuse(`its dependency "${odd.slice(0, 100)}" is not the name of a package: correct it`);
  const folder = await environmentFolder(dataDir, skill);
  const steps = await stepsOf({ skill, manifest, requirements, folder }, world);
  if (typeof steps === 'string') return refuse(steps);
  return { ok: true, plan: { steps, dependencies, folder, cwd: skill.folder } };
}

const NOTHING_DECLARED =
  'it declares no dependencies: list them in a `# /// script` block of its script (dependencies = ["requests"]) or in a requirements.txt beside it';

interface Wanted {
  readonly skill: CatalogSkill;
  readonly manifest: Manifest;
  readonly requirements: Requirements;
  readonly folder: string;
}

async function stepsOf(wanted: Wanted, world: ChoiceWorld): Promise<EnvironmentPlan['steps'] | string> {
  const uv = await world.which('uv');
  return uv === null ? venvSteps(wanted, world) : uvSteps(wanted, uv, world);
}

async function uvSteps(
  { skill, manifest, requirements, folder }: Wanted,
  uv: string,
  world: ChoiceWorld,
): Promise<EnvironmentPlan['steps'] | string> {
  const wish = manifest.minUvVersion;
  if (wish !== null) {
    const answer = await world.probe.version(uv, [], { cwd: skill.folder, env: world.env });
    if (answer.kind === 'version' && satisfiesVersion(answer.version, wish) === false)
      return `it needs uv ${wish} (\`min_uv_version\`), but ${uv} is ${answer.version.join('.')}: update it with uv self update`;
  }
  const spec = wishesOf({ skill, manifest }).map(asClauses).join(',');
  const python = spec === '' ? [] : ['--python', spec];
  return [
    [uv, 'venv', ...python, folder],
    [uv, 'pip', 'install', '--python', pythonIn(folder, world.platform), ...packageWords(requirements)],
  ];
}

async function venvSteps(
  { skill, manifest, requirements, folder }: Wanted,
  world: ChoiceWorld,
): Promise<EnvironmentPlan['steps'] | string> {
  const python = await findMachinePython(skill.folder, world);
  if (!python.ok) return `${python.message}: install Python 3`;
  const { command, args, version } = python;
  const unmet = wishesOf({ skill, manifest }).find(
    (wish) => version !== null && satisfiesVersion(version, wish) === false,
  );
  if (unmet !== undefined)
    return `it needs Python ${unmet}, but ${command} is ${shortVersion(version ?? [])}: install that one, or uv, which can`;
  // Isolated: a file of the skill that happens to be called venv.py or pip.py is not what is meant.
  return [
    [command, ...args, '-I', '-m', 'venv', folder],
    [
      pythonIn(folder, world.platform),
      ...['-I', '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check'],
      ...packageWords(requirements),
    ],
  ];
}

/** After `--` nothing is an option any more. */
function packageWords({ dependencies, requirementsFile }: Requirements): readonly string[] {
  return requirementsFile === null ? ['--', ...dependencies] : ['-r', requirementsFile];
}

function wishesOf({ skill, manifest }: Pick<Wanted, 'skill' | 'manifest'>): readonly string[] {
  return [manifest.minPython, skill.needs?.requiresPython ?? null].filter((wish) => wish !== null);
}

function asClauses(wish: string): string {
  return /^\d/.test(wish) ? `>=${wish}` : wish;
}

function refuse(message: string): EnvironmentPlanResult {
  return { ok: false, message };
}
