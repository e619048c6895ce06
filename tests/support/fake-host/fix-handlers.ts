import { CommandError } from '../../../shared/contract/index.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { Handlers } from './handlers.ts';
import type { World } from './world.ts';

/** A few of the real rules, enough to see variable parts marked. */
function roughSignature(error: string): string {
  return error
    .replace(/https?:\/\/\S+/g, '<url>')
    .replace(/\[Errno (-?\d+)\]/g, '[<errno:$1>]')
    .replace(/\((\d{3})\)/g, '(<http:$1>)')
    .replace(/(?:\/[\w.-]+){2,}/g, '<path>')
    .replace(/\b\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '<time>')
    .replace(/(?<![:\w<-])\d+(?![\w>])/g, '<num>');
}

export function fixHandlers(
  world: World,
): Pick<
  Handlers,
  | 'fix.record'
  | 'fix.match'
  | 'fix.list'
  | 'fix.feedback'
  | 'fix.update'
  | 'fix.merge'
  | 'fix.history'
  | 'fix.delete'
> {
  function fix(id: number): FixPattern {
    const found = world.fixes.get(id);
    if (found === undefined) throw new CommandError('not_found', `There is no fix ${id}.`);
    return found;
  }
  return {
    'fix.record': ({ error, errorSignature, fixDescription, skillId }) => {
      const now = Date.now();
      const pattern: FixPattern = {
        id: Math.max(0, ...world.fixes.keys()) + 1,
        errorSignature: errorSignature ?? roughSignature(error ?? ''),
        fixDescription,
        ...(skillId === undefined ? {} : { skillId }),
        successCount: 0,
        failureCount: 0,
        createdAt: now,
        updatedAt: now,
        lastUsedAt: null,
        sample: error ?? errorSignature ?? '',
        signatureVersion: 1,
      };
      world.fixes.set(pattern.id, pattern);
      world.act('recordFix', skillId ?? null, 'user', fixDescription);
      return { pattern };
    },
    'fix.match': ({ error, skillId, limit = 5 }) => {
      const signature = roughSignature(error);
      const kind = signature.split(':')[0] ?? '';
      const matches = [...world.fixes.values()].flatMap((pattern) => {
        const exact = pattern.errorSignature === signature;
        if (!exact && !pattern.errorSignature.startsWith(kind)) return [];
        const here = pattern.skillId !== undefined && pattern.skillId === skillId;
        const tier = exact ? (here ? ('exact-here' as const) : ('exact' as const)) : ('similar' as const);
        const why = exact ? (here ? 'Same error in this skill.' : 'Same error.') : `Also a ${kind}.`;
        return [{ pattern, tier, score: exact ? 1 : 0.6, why }];
      });
      const order = ['exact-here', 'exact', 'similar'];
      matches.sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier));
      return { signature, matches: matches.slice(0, limit), pastErrors: 0 };
    },
    'fix.list': () => ({ patterns: [...world.fixes.values()] }),
    'fix.feedback': ({ fixId, worked }) => {
      const before = fix(fixId);
      const pattern = {
        ...before,
        successCount: before.successCount + (worked ? 1 : 0),
        failureCount: before.failureCount + (worked ? 0 : 1),
        lastUsedAt: Date.now(),
      };
      world.fixes.set(fixId, pattern);
      return { pattern };
    },
    'fix.update': ({ fixId, fixDescription, skillId }) => {
      const { skillId: before, ...rest } = fix(fixId);
      const next = skillId === undefined ? before : (skillId ?? undefined);
      const pattern = {
        ...rest,
        ...(next === undefined ? {} : { skillId: next }),
        fixDescription,
        updatedAt: Date.now(),
      };
      world.fixes.set(fixId, pattern);
      return { pattern };
    },
    'fix.merge': ({ fixId, intoFixId }) => {
      const [from, into] = [fix(fixId), fix(intoFixId)];
      const pattern = {
        ...into,
        alsoFor: [{ errorSignature: from.errorSignature, sample: from.sample }],
        successCount: into.successCount + from.successCount,
        failureCount: into.failureCount + from.failureCount,
      };
      world.fixes.delete(fixId);
      world.fixes.set(intoFixId, pattern);
      return { pattern };
    },
    'fix.history': ({ fixId }) => ({
      entries: [
        { at: fix(fixId).createdAt, kind: 'recorded', skillId: fix(fixId).skillId ?? null, detail: '' },
      ],
    }),
    'fix.delete': ({ fixId }) => {
      const pattern = fix(fixId);
      world.fixes.delete(fixId);
      return { deleted: true, pattern };
    },
  };
}
