import { settingsFields } from '../screens/settings/settings-fields.ts';
import { settingsCards } from '../screens/settings/settings-search.ts';
import type { ActionContext, AppAction } from './action-types.ts';

/** Every setting, and every card of the settings, by its name: opens the settings with nothing else on them. */
export function settingActions({ findSetting }: Pick<ActionContext, 'findSetting'>): AppAction[] {
  const titles = new Map<string, string>(settingsCards.map(({ id, title }) => [id, title]));
  return [
    ...settingsCards.map(({ id, title }) => ({
      id: `settings:${id}`,
      group: 'Settings' as const,
      label: title,
      run: () => findSetting(title),
    })),
    ...settingsFields.map((field) => ({
      id: `setting:${field.section}.${field.key}`,
      group: 'Settings' as const,
      label: field.label,
      description: titles.get(field.section) ?? '',
      run: () => findSetting(field.label),
    })),
  ];
}
