import path from 'node:path';
import { digestOf } from './catalog-files.ts';
import { asBroken, missingSkill } from './catalog-read.ts';
import type { CatalogSkill, InstalledPlace } from './catalog-skill.ts';
import { locateSkill } from './packages/locate.ts';

/**
 * The skills Skillward installed, each from the place of its version in force. What is missing there, or calls itself
 * something else by now, is a broken skill under the id it was installed by.
 */
export async function readInstalled(places: readonly InstalledPlace[]): Promise<CatalogSkill[]> {
  return Promise.all(places.map(readOne));
}

async function readOne({ skillId, path: place }: InstalledPlace): Promise<CatalogSkill> {
  const found = await locateSkill(place);
  if (!found.ok) {
    const message = `${found.message}: put its files back, roll it back, or remove it`;
    const folder = place.endsWith('.py') ? path.dirname(place) : place;
    return missingSkill(skillId, folder, { file: place, line: null, message }, digestOf(message));
  }
  const { skill } = found.located;
  if (skill.id === skillId) return skill;
  if (skill.broken !== null) return asBroken(skill, skillId, skill.broken);
  const message = `it was installed as "${skillId}" and calls itself "${skill.id}" now: give it back its id, or remove it and install it anew`;
  return asBroken(skill, skillId, { file: skill.manifestFile, line: null, message });
}
