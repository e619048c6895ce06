import path from 'node:path';
import { statOf } from './catalog-files.ts';
import type { CatalogSkill } from './catalog-skill.ts';
import { findMachinePython } from './interpreter-machine.ts';
import { uvRun } from './interpreter-uv.ts';
import type { Choice, ChoiceWorld, RunnableSkill } from './interpreter-world.ts';
import { satisfiesVersion, shortVersion } from './python-version.ts';

/**
 * The order of DESIGN.md section 5: what the manifest names, else the environment made for it, else uv where it is
 * installed and the script declares dependencies, else the skill's `.venv`, else the machine's Python.
 */
export async function chooseInterpreter(runnable: RunnableSkill, world: ChoiceWorld): Promise<Choice> {
  const { skill, manifest } = runnable;
  if (manifest.command !== null) return namedCommand(skill, manifest.command, world);
  const entryFile = skill.entryFile ?? path.join(skill.folder, 'skill.py');
  if (manifest.interpreter !== null) {
    const python = await findProgram(skill, manifest.interpreter, world);
    if (python !== null) return checkedPython(runnable, { command: python, args: [], entryFile }, world);
    const message = `interpreter \`${manifest.interpreter}\` was not found: ${fixInterpreter}`;
    return { ok: false, message, remedy: 'install-python' };
  }
  // Somebody had it made for exactly what the skill declares now.
  if (runnable.environment) {
    const made = { command: runnable.environment, args: [], entryFile, label: '.venv' };
    return checkedPython(runnable, made, world);
  }
  if ((skill.needs?.dependencies.length ?? 0) > 0) {
    const uv = await world.which('uv');
    if (uv !== null) return uvRun(runnable, uv, entryFile, world);
  }
  const venv = path.join(skill.folder, '.venv');
  if (isThere(await statOf(path.join(venv, 'pyvenv.cfg')))) {
    const command = path.join(
      venv,
      ...(world.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
    );
    if (!isThere(await statOf(command))) {
      return {
        ok: false,
        message: `${venv} has no working Python any more: make it anew with python3 -m venv .venv`,
        remedy: 'install-python',
      };
    }
    return checkedPython(runnable, { command, args: [], entryFile, label: '.venv' }, world);
  }
  return machinePython(runnable, entryFile, world);
}

const fixInterpreter = 'install it, or correct `interpreter` in the manifest';

interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly entryFile: string;
  readonly label?: string;
}

/** The machine's Python, held against what the skill wants of it. */
async function machinePython(
  runnable: RunnableSkill,
  entryFile: string,
  world: ChoiceWorld,
): Promise<Choice> {
  const found = await findMachinePython(runnable.skill.folder, world);
  if (found.ok) return checkedPython(runnable, { ...found, entryFile }, world);
  const wayOut = 'install Python 3, or name one with `interpreter` in the manifest';
  return { ok: false, message: `${found.message}: ${wayOut}`, remedy: 'install-python' };
}

/** Holds the interpreter against `min_python` and the script's `requires-python`. */
async function checkedPython(
  { skill, manifest }: RunnableSkill,
  { command, args, entryFile, label }: Candidate,
  world: ChoiceWorld,
): Promise<Choice> {
  const launch = { ok: true, command, args: [...args, entryFile] } as const;
  const answer = await world.probe.version(command, args, { cwd: skill.folder, env: world.env });
  if (answer.kind === 'slow') return { ...launch, label: label ?? path.basename(command) };
  if (answer.kind === 'unusable') {
    return {
      ok: false,
      message: `${command} does not run (${answer.message}): repair it, or name another Python`,
      remedy: 'install-python',
    };
  }
  const wishes = [
    { spec: manifest.minPython, source: 'min_python' },
    { spec: skill.needs?.requiresPython ?? null, source: 'requires-python' },
  ];
  for (const { spec, source } of wishes) {
    if (spec === null || satisfiesVersion(answer.version, spec) !== false) continue;
    const message = `needs Python ${spec} (\`${source}\`), but ${command} is ${answer.version.join('.')}`;
    return {
      ok: false,
      message: `${message}: install a newer one, or name one with \`interpreter\` in the manifest`,
      remedy: 'install-python',
    };
  }
  return { ...launch, label: label ?? `python${shortVersion(answer.version)}` };
}

async function namedCommand(
  skill: CatalogSkill,
  [name = '', ...args]: readonly string[],
  world: ChoiceWorld,
): Promise<Choice> {
  const command = await findProgram(skill, name, world);
  if (command !== null) return { ok: true, command, args, label: path.basename(name) };
  return {
    ok: false,
    message: `command \`${name}\` was not found: install it, or correct \`command\` in the manifest`,
  };
}

/** A bare name is looked for on the `PATH`; anything with a folder in it is a file, relative to the skill's folder. */
async function findProgram(skill: CatalogSkill, name: string, world: ChoiceWorld): Promise<string | null> {
  if (!/[/\\]/.test(name)) return world.which(name);
  const file = path.resolve(skill.folder, name);
  return isThere(await statOf(file)) ? file : null;
}

function isThere(stats: Awaited<ReturnType<typeof statOf>>): boolean {
  return stats !== null && !(stats instanceof Error);
}
