import type { ChoiceWorld } from './interpreter-world.ts';
import type { Version } from './python-version.ts';

/** The Python a skill gets that names none. `version` is null where it did not answer in time. */
export type MachinePython =
  | {
      readonly ok: true;
      readonly command: string;
      readonly args: readonly string[];
      readonly version: Version | null;
    }
  | { readonly ok: false; readonly message: string };

/**
 * The first Python 3 of this machine that runs. `python` may be Python 2, and on Windows a stub that only opens a shop.
 * `cwd` is the folder it is asked in.
 */
export async function findMachinePython(cwd: string, world: ChoiceWorld): Promise<MachinePython> {
  const names: readonly (readonly [string, ...string[]])[] =
    world.platform === 'win32' ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python']];
  let unusable = '';
  for (const [name, ...args] of names) {
    const command = await world.which(name);
    if (command === null) continue;
    const answer = await world.probe.version(command, args, { cwd, env: world.env });
    if (answer.kind === 'unusable') unusable ||= ` (${command} does not run: ${answer.message})`;
    else if (answer.kind === 'slow') return { ok: true, command, args, version: null };
    else if ((answer.version[0] ?? 0) >= 3) return { ok: true, command, args, version: answer.version };
  }
  return { ok: false, message: `no Python 3 was found on this machine${unusable}` };
}
