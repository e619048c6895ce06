import { useMutation } from '@tanstack/react-query';
import type { SkillOverride } from '../../../shared/model/config.ts';
import { undoAction } from '../../components/undo-action.ts';
import { changeConfig } from '../../state/change-config.ts';
import { feedback } from '../../state/feedback.ts';
import type { SettingsField } from './settings-fields.ts';
import { overridePatchFor, patchFor, readSetting } from './settings-values.ts';
import { type SettingValue, settingInWords } from './settings-words.ts';

/** Saves one field of the app at once, with a way back; null puts it back to its default. */
export function useSaveSetting(field: SettingsField, present: SettingValue) {
  return useMutation({
    // Kept from the moment of the click: by the time it is saved, `present` is the new value.
    onMutate: () => ({ before: present }),
    mutationFn: (value: SettingValue | null) => changeConfig(patchFor(field, value)),
    onSuccess: (_done, value, { before }) => {
      const now = value === null ? 'the default' : settingInWords(field, value);
      feedback.done(field.label, {
        key: 'settings',
        body: `${settingInWords(field, before)} → ${now}`,
        action: undoAction(() => changeConfig(patchFor(field, before))),
      });
    },
  });
}

/** Saves one field for one skill; null lets it be inherited again. */
export function useSaveOverride(skillId: string, field: SettingsField, override: SkillOverride | undefined) {
  const own = override === undefined ? undefined : readSetting(override, field);
  return useMutation({
    onMutate: () => ({ before: own ?? null }),
    mutationFn: (value: SettingValue | null) => changeConfig(overridePatchFor(skillId, field, value)),
    onSuccess: (_done, value, { before }) => {
      feedback.done(`${field.label}, ${skillId}`, {
        key: 'settings',
        body: value === null ? 'inherited again' : settingInWords(field, value),
        action: undoAction(() => changeConfig(overridePatchFor(skillId, field, before))),
      });
    },
  });
}
