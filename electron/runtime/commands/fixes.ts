import { CommandError } from '../../../shared/contract/index.ts';
import type { FixChange } from '../../core/fixes/store.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

/** Entries of one fix's past handed out at most. */
const MAX_HISTORY = 200;

export function fixCommands({ advice, fixes, keeper, proposals, storage, trials }: Rooms) {
  return {
    'fix.record': ({ error, errorSignature, fixDescription, ...about }) => {
      const { skillId, incidentId, proposalId, safeAction, autoApply } = about;
      if (skillId !== undefined) keeper.skill(skillId);
      if (proposalId !== undefined) proposals.get(proposalId);
      const text = error ?? errorSignature;
      if (text === undefined)
        throw new CommandError('invalid_payload', 'fix.record: give either error or errorSignature.');
      const pattern = fixes.record(text, fixDescription, skillId, chosen({ safeAction, autoApply }));
      if (proposalId !== undefined) proposals.answer(proposalId, 'recorded');
      proposals.recorded(pattern.errorSignature, incidentId);
      return { pattern };
    },
    'fix.match': ({ error, skillId, limit }) => {
      const matched = fixes.match(error, { skillId, limit });
      return { ...matched, pastErrors: storage.checks.countMatching(matched.signature).errors };
    },
    'fix.list': () => ({ patterns: fixes.list() }),
    'fix.feedback': ({ fixId, worked, skillId }) => {
      const pattern = fixes.feedback(fixId, worked, skillId);
      trials.told(fixId, worked, skillId);
      return { pattern };
    },
    'fix.update': ({ fixId, fixDescription, skillId, safeAction, autoApply }) => ({
      pattern: fixes.update(fixId, {
        fixDescription,
        ...(skillId === undefined ? {} : { skillId }),
        ...chosen({ safeAction, autoApply }),
      }),
    }),
    'fix.delete': ({ fixId }) => ({ deleted: true as const, pattern: fixes.delete(fixId) }),
    'fix.merge': ({ fixId, intoFixId }) => {
      const pattern = fixes.merge(fixId, intoFixId);
      trials.merged(fixId, intoFixId);
      return { pattern };
    },
    'fix.history': ({ fixId, limit }) => ({
      entries: fixes.history(fixId, trials.list({ fixId, limit: MAX_HISTORY }), limit ?? MAX_HISTORY),
    }),
    'fix.apply': ({ fixId, skillId, incidentId }) => {
      keeper.skill(skillId);
      return trials.apply({ fixId, skillId, incidentId });
    },
    'fix.trials': (query) => ({ trials: trials.list(query) }),
    'fix.proposals': () => ({ proposals: proposals.open() }),
    'fix.proposals.dismiss': ({ proposalId }) => ({ proposal: proposals.answer(proposalId, 'dismissed') }),
    'fix.export': () => fixes.export(),
    'fix.import': ({ patterns, mode }) => fixes.import(patterns, mode),
    'fix.advice.preview': ({ skillId, error }) => advice.preview(skillId, error),
    'fix.advice.request': (asked) => advice.request(asked),
    'fix.advice.cancel': ({ adviceId }) => ({ cancelled: advice.cancel(adviceId) }),
    'fix.advice.key': async ({ key }) => {
      await advice.setKey(key);
      return { stored: key !== null };
    },
  } satisfies Partial<Handlers>;
}

/** What was said about the action of a fix, without what was not. */
function chosen({
  safeAction,
  autoApply,
}: {
  readonly safeAction: FixChange['safeAction'] | undefined;
  readonly autoApply: boolean | undefined;
}): Pick<FixChange, 'safeAction' | 'autoApply'> {
  return {
    ...(safeAction === undefined ? {} : { safeAction }),
    ...(autoApply === undefined ? {} : { autoApply }),
  };
}
