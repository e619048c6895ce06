import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { digestOf, statOf } from '../catalog-files.ts';
import type { CatalogSkill } from '../catalog-skill.ts';
import { readRequirements } from '../packages/requirements.ts';

/** Written last: an environment without it was never finished. */
const READY = 'skillward-ready';
/** How many finished environments of one skill are kept, so that a rollback finds its own again. */
const KEPT = 3;

/**
 * Where the environment for what a skill declares now lies: `<data-dir>/environments/<id>/<digest>`. Outside the skill's
 * folder, which may be somebody's own, read-only, or shared with other single-file skills; and apart for other
 * dependencies, so that an update or a rollback never runs with the packages of another version.
 */
export async function environmentFolder(dataDir: string, skill: CatalogSkill): Promise<string> {
  const { dependencies } = await readRequirements(skill);
  const wishes = [skill.manifest?.minPython ?? '', skill.needs?.requiresPython ?? ''];
  const digest = digestOf(...wishes, ...[...dependencies].sort());
  return path.join(environmentsOf(dataDir, skill.id), digest.slice(0, 16));
}

/** Every environment made for a skill. */
export function environmentsOf(dataDir: string, skillId: string): string {
  return path.join(dataDir, 'environments', skillId);
}

export function pythonIn(folder: string, platform: NodeJS.Platform): string {
  return path.join(folder, ...(platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
}

/** The Python of the finished environment for what the skill declares; null when there is none. */
export async function readyEnvironment(
  dataDir: string,
  skill: CatalogSkill,
  platform: NodeJS.Platform,
): Promise<string | null> {
  // Most skills have none, and looking whether there is any is one call.
  if (!isThere(await statOf(environmentsOf(dataDir, skill.id)))) return null;
  const folder = await environmentFolder(dataDir, skill);
  if (!isThere(await statOf(path.join(folder, READY)))) return null;
  const python = pythonIn(folder, platform);
  return isThere(await statOf(python)) ? python : null;
}

/** Makes a clean place for an environment. Throws what the disk says. */
export async function beginEnvironment(folder: string): Promise<void> {
  await discardEnvironment(folder);
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
}

/** Says that an environment is whole; durable when it resolves. Then the oldest ones of the skill go. */
export async function finishEnvironment(folder: string): Promise<void> {
  await using handle = await open(path.join(folder, READY), 'w', 0o600);
  await handle.sync();
  const skillFolder = path.dirname(folder);
  const others = (await readdir(skillFolder)).filter((name) => name !== path.basename(folder));
  const dated = await Promise.all(
    others.map(async (name) => ({ name, at: (await stat(path.join(skillFolder, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT - 1);
  for (const { name } of old) await discardEnvironment(path.join(skillFolder, name));
}

/** Takes an environment away in one step, then deletes it: one that is being deleted is never started from. */
export async function discardEnvironment(folder: string): Promise<void> {
  if (!isThere(await statOf(folder))) return;
  const gone = `${folder}.gone`;
  await rm(gone, { recursive: true, force: true });
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes what a killed host left half made. Call before anything is started. */
export async function sweepEnvironments(dataDir: string): Promise<void> {
  const root = path.join(dataDir, 'environments');
  for (const skillId of await namesIn(root)) {
    for (const name of await namesIn(path.join(root, skillId))) {
      const folder = path.join(root, skillId, name);
      if (isThere(await statOf(path.join(folder, READY)))) continue;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

function isThere(stats: Awaited<ReturnType<typeof statOf>>): boolean {
  return stats !== null && !(stats instanceof Error);
}
