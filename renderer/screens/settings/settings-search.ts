import {
  type SettingsField,
  type SettingsSection,
  settingsFields,
  settingsSections,
} from './settings-fields.ts';

/** Words of rows that are not plain fields. */
const ownRows: Partial<Record<SettingsSection, string>> = {
  fleet: 'fleet nats server join leave labels role viewer operator link others may',
  telemetry: 'telemetry prometheus opentelemetry otlp collector endpoint address',
};

/** The cards of the screen, in order. The last ones are not made of plain fields. */
export const settingsCards = [
  ...settingsSections.map(({ section, title }) => ({ id: section, title, words: ownRows[section] ?? '' })),
  {
    id: 'overrides',
    title: 'Settings of one skill',
    words: 'override per skill own value inherited manifest',
  },
  {
    id: 'exchange',
    title: 'Export, import, reset',
    words: 'settings file json backup restore take along defaults undo',
  },
  { id: 'folders', title: 'Skills folders', words: 'skills folder path reload where' },
  {
    id: 'diagnostics',
    title: 'Diagnostics',
    words: 'version data folder memory cpu event loop lag storage report node platform python uv doctor',
  },
] as const;
export type SettingsCardId = (typeof settingsCards)[number]['id'];

/** What a search leaves: cards, and inside the plain ones the fields. An empty search leaves all. */
export interface SettingsHits {
  readonly cards: ReadonlySet<SettingsCardId>;
  readonly fields: ReadonlySet<SettingsField>;
}

/** Every word of the query must stand in the label, help, member name or card title. */
export function searchSettings(query: string): SettingsHits {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const titles = new Map<string, string>(settingsCards.map(({ id, title }) => [id, title]));
  const fields = new Set(
    settingsFields.filter((field) =>
      hasWords(`${field.label} ${field.help} ${field.key} ${titles.get(field.section) ?? ''}`, words),
    ),
  );
  const cards = new Set<SettingsCardId>(
    settingsCards
      .filter(
        ({ id, title, words: keywords }) =>
          [...fields].some((field) => field.section === id) ||
          (keywords !== '' && hasWords(`${title} ${keywords}`, words)),
      )
      .map(({ id }) => id),
  );
  return { cards, fields };
}

function hasWords(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
