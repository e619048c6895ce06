import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PackageFacts, PackageFinding } from '../../../shared/model/package.ts';
import type { CatalogSkill } from '../catalog-skill.ts';
import { findMachinePython } from '../interpreter-machine.ts';
import type { ChoiceWorld } from '../interpreter-world.ts';
import { satisfiesVersion, shortVersion } from '../python-version.ts';
import type { LocatedSkill } from './locate.ts';
import { readRequirements } from './requirements.ts';
import { isLeftOut } from './staged-path.ts';
import { checkSyntax } from './syntax-check.ts';

/** What an inspection can tell without knowing which skills there are already. */
export type InspectedPackage = Omit<PackageFacts, 'standing'>;

/** How many Python files are held against the grammar, and how many files are counted at most. */
const MAX_SOURCES = 200;
const MAX_COUNTED = 60_000;

/** What a skill is and what is wrong with it, file by file. Reads and compiles; runs nothing of it. */
export async function inspectPackage(
  { path: place, isFile, skill }: LocatedSkill,
  world: ChoiceWorld,
): Promise<InspectedPackage> {
  const root = isFile ? path.dirname(place) : place;
  const contents = isFile ? { files: [place], bytes: (await lstat(place)).size } : await filesBelow(place);
  const { dependencies } = await readRequirements(skill);
  return {
    id: skill.id,
    name: skill.name,
    version: skill.version,
    description: skill.description,
    protocol: skill.protocol,
    mode: skill.mode,
    command: [...commandWords(skill, root, dependencies)],
    dependencies: [...dependencies],
    credentials: (skill.manifest?.credentials ?? []).map(({ name, envVar, description, required }) => ({
      ...{ name, envVar, description, required },
    })),
    files: contents.files.length,
    bytes: contents.bytes,
    findings: await findingsOf(skill, root, contents.files, world),
  };
}

/** The facts of what is no skill at all. */
export function noSkillFacts(name: string, message: string): InspectedPackage {
  return {
    ...{ id: null, name, version: '', description: null, protocol: 'skill', mode: 'daemon' },
    ...{ command: [], dependencies: [], credentials: [], files: 0, bytes: 0 },
    findings: [{ level: 'error', file: name, line: null, message }],
  };
}

/** The program and its arguments as a person would write them; which Python it will be is found out at the start. */
function commandWords(skill: CatalogSkill, root: string, dependencies: readonly string[]): readonly string[] {
  const { manifest, entryFile } = skill;
  if (manifest === null) return [];
  if (manifest.command !== null) return manifest.command;
  const script = entryFile === null ? (manifest.entryFile ?? '') : path.relative(root, entryFile);
  if (manifest.interpreter !== null) return [manifest.interpreter, script];
  return dependencies.length === 0 ? ['python3', script] : ['.venv/bin/python', script];
}

async function findingsOf(
  skill: CatalogSkill,
  root: string,
  files: readonly string[],
  world: ChoiceWorld,
): Promise<PackageFinding[]> {
  if (skill.broken !== null) {
    const { file, line, message } = skill.broken;
    return [{ level: 'error', file: path.relative(root, file) || path.basename(file), line, message }];
  }
  // A program of its own may be of any language, whatever endings its files have.
  if (skill.manifest === null || skill.manifest.command !== null) return [];
  return pythonFindings(skill, root, files, world);
}

async function pythonFindings(
  skill: CatalogSkill,
  root: string,
  files: readonly string[],
  world: ChoiceWorld,
): Promise<PackageFinding[]> {
  const manifestFile = path.relative(root, skill.manifestFile);
  const warn = (message: string): PackageFinding => ({
    level: 'warning',
    file: manifestFile,
    line: null,
    message,
  });
  const python = await findMachinePython(root, world);
  if (!python.ok)
    return [warn(`${python.message}: its Python files were not checked, and it cannot start without one`)];
  const wishes = [skill.manifest?.minPython ?? null, skill.needs?.requiresPython ?? null].filter(
    (wish) => wish !== null,
  );
  const { version } = python;
  const unmet = version === null ? [] : wishes.filter((wish) => satisfiesVersion(version, wish) === false);
  const findings = unmet.map((wish) =>
    warn(
      `it needs Python ${wish}, this machine has ${shortVersion(version ?? [])}: install that one, or name it with \`interpreter\``,
    ),
  );
  const sources = files.filter((file) => file.endsWith('.py')).slice(0, MAX_SOURCES);
  const found = await checkSyntax(python, sources, world.probe.run, world.env);
  if (found === null) return [...findings, warn('its Python files could not be checked')];
  // Another grammar than the skill's own proves nothing.
  const own = unmet.length === 0 && skill.manifest?.interpreter === null;
  for (const { file, line, message } of found) {
    const level = own && file === skill.entryFile ? 'error' : 'warning';
    findings.push({
      level,
      file: path.relative(root, file),
      line,
      message: `is not valid Python: ${message}`,
    });
  }
  return findings;
}

async function filesBelow(
  root: string,
): Promise<{ readonly files: readonly string[]; readonly bytes: number }> {
  const files: string[] = [];
  let bytes = 0;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (isLeftOut(entry.name)) continue;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(file);
      else if (entry.isFile() && files.length < MAX_COUNTED) {
        files.push(file);
        bytes += (await lstat(file)).size;
      }
    }
  }
  return { files, bytes };
}
