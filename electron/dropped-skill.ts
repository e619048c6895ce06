import { stat } from 'node:fs/promises';
import type { SkillFacts } from './hosts/desktop/install-question.ts';
import { readSkillFile, readSkillFolder } from './skills/catalog-read.ts';

/** What lies at a path a person dropped on the window, as the skills room reads it; null when it is no skill. */
export async function inspectDropped(path: string): Promise<SkillFacts | null> {
  const stats = await stat(path);
  if (!stats.isDirectory() && !path.endsWith('.py')) return null;
  const skill = stats.isDirectory() ? await readSkillFolder(path) : await readSkillFile(path);
  if (skill === null) return null;
  const { broken, description, id, manifest, name, version } = skill;
  return {
    id,
    name,
    version,
    description,
    runs: manifest?.command?.join(' ') ?? manifest?.entryFile ?? '',
    credentials: manifest?.credentials.map((credential) => credential.name) ?? [],
    problem:
      broken === null
        ? null
        : `${broken.message} (${broken.file}${broken.line === null ? '' : `, line ${broken.line}`})`,
  };
}
