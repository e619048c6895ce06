import path from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import { readStagedFiles } from '../../skills/packages/staged-files.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import { type Rooms, skillNow } from '../rooms.ts';

interface Place {
  readonly path?: string | undefined;
  readonly stagingId?: string | undefined;
}

/** How skills come, change and go. From a page come staged contents and ids, never paths (DESIGN.md section 10). */
export function packageCommands(rooms: Rooms) {
  const { keeper, packages } = rooms;
  const { desk, staging } = packages;
  const placeOf = ({ path: given, stagingId }: Place, { trust }: CallContext): string => {
    if (stagingId !== undefined) return staging.folderOf(stagingId);
    if (trust !== 'operator')
      throw new CommandError(
        'not_allowed',
        'A page may not name a path. Hand the files over, or use `skillward install` on the machine.',
      );
    if (given === undefined || !path.isAbsolute(given))
      throw new CommandError('invalid_payload', 'path: must be absolute.');
    return path.resolve(given);
  };
  return {
    'skill.stage': async ({ files }) => {
      const read = readStagedFiles(files);
      if (!read.ok) throw new CommandError('invalid_payload', `The files cannot be taken: ${read.message}.`);
      const { stagingId, folder } = staging.put(read.files);
      return { stagingId, facts: await desk.inspect(folder) };
    },
    'skill.inspect': async (payload, context) => ({
      facts: await desk.inspect(placeOf(payload, context)),
    }),
    'skill.install': async (payload, context) => {
      const { stagingId, mode = 'copy' } = payload;
      if (mode === 'link' && stagingId !== undefined)
        throw new CommandError(
          'invalid_payload',
          'mode: what was handed over is copied; only a path can be linked.',
        );
      const { skillId, versionId, updated } = await desk.install(placeOf(payload, context), mode);
      if (stagingId !== undefined) staging.remove(stagingId);
      return { skill: skillNow(rooms, skillId), versionId, updated };
    },
    'skill.remove': async ({ skillId, forget }) => {
      await packages.remove(skillId, forget ?? false);
      return { removed: true as const, skillId };
    },
    'skill.rollback': async ({ skillId, versionId }) => {
      keeper.skill(skillId);
      const target = await desk.rollback(skillId, versionId);
      return { skill: skillNow(rooms, skillId), versionId: target.versionId };
    },
    'skill.versions': ({ skillId }) => {
      keeper.skill(skillId);
      return { versions: desk.versions(skillId) };
    },
  } satisfies Partial<Handlers>;
}
