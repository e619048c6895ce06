import { useMutation } from '@tanstack/react-query';
import type { AppConfig, AppConfigPatch, SkillOverride } from '../../../shared/model/config.ts';
import { call } from '../../bridge/call.ts';
import { undoAction } from '../../components/undo-action.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import type { SettingsField } from './settings-fields.ts';
import { overrideOf, overrideSteps, overrideWith, patchFor } from './settings-values.ts';
import { type SettingValue, settingInWords } from './settings-words.ts';

/** Changes the config at the host. The page shows what the host answers to be in force, never what was hoped for. */
async function patchConfig(...patches: readonly AppConfigPatch[]): Promise<void> {
  let config: AppConfig | null = null;
  for (const patch of patches) config = (await call('config.patch', patch)).config;
  if (config !== null) useHost.setState({ settings: config });
}

/** Saves one field of the app at once, with a way back. */
export function useSaveSetting(field: SettingsField, present: SettingValue) {
  return useMutation({
    // Kept from the moment of the click: by the time it is saved, `present` is the new value.
    onMutate: () => ({ before: present }),
    mutationFn: (value: SettingValue) => patchConfig(patchFor(field, value)),
    onSuccess: (_done, value, { before }) => {
      feedback.done(field.label, {
        key: 'settings',
        body: `${settingInWords(field, before)} → ${settingInWords(field, value)}`,
        action: undoAction(() => patchConfig(patchFor(field, before))),
      });
    },
  });
}

/** Saves one field for one skill, or with `undefined` lets it be inherited again. */
export function useSaveOverride(skillId: string, field: SettingsField, present: SkillOverride | undefined) {
  return useMutation({
    onMutate: () => ({ before: present ?? null }),
    mutationFn: (value: SettingValue | undefined) =>
      replaceOverride(skillId, overrideWith(present, field, value)),
    onSuccess: (_done, value, { before }) => {
      feedback.done(`${field.label}, ${skillId}`, {
        key: 'settings',
        body: value === undefined ? 'inherited again' : settingInWords(field, value),
        action: undoAction(() => replaceOverride(skillId, before)),
      });
    },
  });
}

async function replaceOverride(skillId: string, next: SkillOverride | null): Promise<void> {
  const config = useHost.getState().settings;
  const present = config === null ? undefined : overrideOf(config, skillId);
  await patchConfig(...overrideSteps(present, next).map((step) => ({ overrides: { [skillId]: step } })));
}
