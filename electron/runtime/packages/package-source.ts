import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { PackageFinding } from '../../../shared/model/package.ts';
import type { ChoiceWorld } from '../../skills/interpreter-world.ts';
import { copyPackage, PackageCopyError } from '../../skills/packages/copy-package.ts';
import { type InspectedPackage, inspectPackage, noSkillFacts } from '../../skills/packages/inspect.ts';
import { type LocatedSkill, locateSkill } from '../../skills/packages/locate.ts';

/** A skill that could be put in service as it lies there. */
export interface PreparedPackage {
  readonly skillId: string;
  readonly version: string;
  readonly located: LocatedSkill;
}

/** What lies at a path, with everything that is wrong with it. */
export async function inspectPlace(place: string, world: ChoiceWorld): Promise<InspectedPackage> {
  const found = await locateSkill(place);
  return found.ok ? inspectPackage(found.located, world) : noSkillFacts(path.basename(place), found.message);
}

/**
 * Copies what lies at `place` to `incoming` and looks at the copy: what is judged is what is kept, whatever happens to the
 * original meanwhile. Throws `CommandError` `invalid_payload` for what is no skill or has errors.
 */
export async function prepareCopy(
  place: string,
  incoming: string,
  world: ChoiceWorld,
): Promise<PreparedPackage> {
  const found = await locateSkill(place);
  if (!found.ok) throw refusal(path.basename(place), found.message);
  const { located } = found;
  try {
    await copyPackage(located.path, incoming);
  } catch (error) {
    if (error instanceof PackageCopyError) throw refusal(located.skill.id, error.message);
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError('unavailable', `${located.skill.id} could not be copied: ${why}`);
  }
  return prepare(located.isFile ? path.join(incoming, path.basename(located.path)) : incoming, world);
}

/** Looks at what lies at `place`, to be used there. Links on the way to it are resolved. Throws like `prepareCopy`. */
export async function prepareLink(place: string, world: ChoiceWorld): Promise<PreparedPackage> {
  const found = await locateSkill(place);
  if (!found.ok) throw refusal(path.basename(place), found.message);
  return prepare(await realpath(found.located.path), world);
}

async function prepare(place: string, world: ChoiceWorld): Promise<PreparedPackage> {
  const found = await locateSkill(place);
  if (!found.ok) throw refusal(path.basename(place), found.message);
  const { id, version, findings } = await inspectPackage(found.located, world);
  const errors = findings.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
    throw refusal(id ?? path.basename(place), `${inWords(first)}${more}`, findings);
  }
  return { skillId: found.located.skill.id, version, located: found.located };
}

function inWords({ file, line, message }: PackageFinding): string {
  return `${file}${line === null ? '' : `, line ${line}`}: ${message}`;
}

function refusal(name: string, why: string, findings: readonly PackageFinding[] = []): CommandError {
  const details = findings.length === 0 ? undefined : { findings };
  const sentence = why.startsWith(`${name} `) ? why : `${name} cannot be installed: ${why}`;
  return new CommandError('invalid_payload', `${sentence}.`, details);
}
