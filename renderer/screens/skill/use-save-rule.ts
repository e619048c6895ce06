import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { AppConfigPatch } from '../../../shared/model/config.ts';
import { call } from '../../bridge/call.ts';
import { undoAction } from '../../components/undo-action.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { rulePatch } from './config-edit.ts';
import type { ConfigRow } from './config-rows.ts';

/** What a rule is set to; null: inherited again. */
export type RuleValue = number | boolean | null;

/** Changes one rule of one skill at once, with a way back to what it was. */
export function useSaveRule(skillId: string, row: ConfigRow): UseMutationResult<void, Error, RuleValue> {
  return useMutation({
    // Kept from the moment of the click: by the time it is saved, the row shows the new value.
    onMutate: () => ({ before: row.source === 'skill-settings' ? row.raw : null }),
    mutationFn: (value: RuleValue) => patchConfig(rulePatch(skillId, row, value)),
    onSuccess: (_done, value, { before }) => {
      feedback.done(`${row.label}, ${skillId}`, {
        key: 'settings',
        body: value === null ? 'inherited again' : 'set for this skill, in force from the next check',
        action: undoAction(() => patchConfig(rulePatch(skillId, row, before))),
      });
    },
  });
}

/** The page shows what the host answers to be in force, never what was hoped for. */
async function patchConfig(patch: AppConfigPatch): Promise<void> {
  const { config } = await call('config.patch', patch);
  useHost.setState({ settings: config });
}
