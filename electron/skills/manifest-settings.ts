interface SettingProblem {
  readonly key: string;
  readonly message: string;
}

/**
 * `[settings]` as the handshake carries them: every value is text, a list is one text joined with `,`
 * (DESIGN.md section 5). Tables have no such form and are refused.
 */
export function readSettings(table: Readonly<Record<string, unknown>>): {
  readonly settings: Readonly<Record<string, string>>;
  readonly problems: readonly SettingProblem[];
} {
  const entries: [string, string][] = [];
  const problems: SettingProblem[] = [];
  for (const [key, value] of Object.entries(table)) {
    const text = Array.isArray(value) ? joined(value) : settingText(value);
    if (text === null)
      problems.push({ key, message: `must be text, a number, true, false or a list of those, not a table` });
    else entries.push([key, text]);
  }
  return { settings: Object.fromEntries(entries), problems };
}

function joined(values: readonly unknown[]): string | null {
  const texts = values.map(settingText);
  return texts.some((text) => text === null) ? null : texts.join(',');
}

/** One value as TOML writes it; null when it is no single value. */
function settingText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : tomlNonFinite(value);
  return value instanceof Date ? value.toISOString() : null;
}

function tomlNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
