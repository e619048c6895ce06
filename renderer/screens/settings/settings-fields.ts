// Long on purpose: one table of every setting, a row each, and nothing else.
import type { AppConfig } from '../../../shared/model/config.ts';

/** The sections of the config that consist of plain members. Folders and overrides have forms of their own. */
export type SettingsSection =
  | 'general'
  | 'health'
  | 'restart'
  | 'notifications'
  | 'retention'
  | 'advice'
  | 'fleet'
  | 'telemetry';

export type SettingsUnit = 's' | 'ms' | '%' | 'days' | 'KiB' | 'MiB' | 'count';

/** A member a person can set. `key` names the member of `section`; ranges and defaults come from the schema. */
export type SettingsField = {
  readonly [Section in SettingsSection]: FieldBase<Section> & FieldKind;
}[SettingsSection];

interface FieldBase<Section extends SettingsSection> {
  readonly section: Section;
  readonly key: keyof AppConfig[Section] & string;
  readonly label: string;
  readonly help: string;
  /** Makes sense for one skill alone, not only for the whole app. */
  readonly perSkill?: boolean;
  /** Has no effect in a browser: the desktop app carries it out. */
  readonly desktopOnly?: boolean;
}

type FieldKind =
  | { readonly kind: 'number'; readonly unit: SettingsUnit }
  | { readonly kind: 'switch' }
  /** `short`: a word, not a line. */
  | { readonly kind: 'text'; readonly placeholder: string; readonly short?: boolean }
  | {
      readonly kind: 'choice';
      readonly options: readonly { readonly value: string; readonly label: string }[];
    };

export interface SectionText {
  readonly section: SettingsSection;
  readonly title: string;
  readonly help: string;
}

export const settingsSections: readonly SectionText[] = [
  { section: 'general', title: 'General', help: 'How Skillward looks and behaves on this machine.' },
  {
    section: 'health',
    title: 'Health checks',
    help: 'When a skill is asked how it is, and what the answers lead to. A manifest or an override below can differ.',
  },
  {
    section: 'restart',
    title: 'Restarts',
    help: 'How a skill is started again and stopped. The first restart after a stable run is immediate.',
  },
  { section: 'notifications', title: 'Notifications', help: 'What is worth interrupting somebody for.' },
  {
    section: 'retention',
    title: 'History and logs',
    help: 'How long history is kept. Older rows are removed a few at a time; charts use the summaries.',
  },
  {
    section: 'advice',
    title: 'Repair suggestions by a model',
    help: 'Asks a language model of your choice about an error, when you click. Nothing is sent before you have seen it. A key goes into SKILLWARD_ADVICE_KEY.',
  },
  {
    section: 'fleet',
    title: 'Fleet',
    help: 'Hosts that join one NATS server see each other. This host supervises alone, with or without it.',
  },
  {
    section: 'telemetry',
    title: 'Telemetry',
    help: 'Metrics for Prometheus and OpenTelemetry. Nothing is measured for anybody else until it is turned on.',
  },
];

export const settingsFields: readonly SettingsField[] = [
  {
    section: 'general',
    key: 'theme',
    kind: 'choice',
    label: 'Theme',
    help: 'Light, dark, or whatever the system uses.',
    options: [
      { value: 'system', label: 'System' },
      { value: 'light', label: 'Light' },
      { value: 'dark', label: 'Dark' },
    ],
  },
  {
    section: 'general',
    key: 'clock',
    kind: 'choice',
    label: 'Times are shown in',
    help: 'Points in time on this dashboard. Schedules and quiet hours always follow the clock of this machine.',
    options: [
      { value: 'local', label: 'Local time' },
      { value: 'utc', label: 'UTC' },
    ],
  },
  {
    section: 'general',
    key: 'startAtLogin',
    kind: 'switch',
    label: 'Start at login',
    help: 'Opens Skillward in the tray when you log in, so that skills run without a window.',
    desktopOnly: true,
  },
  {
    section: 'general',
    key: 'closeKeepsRunning',
    kind: 'switch',
    label: 'Closing the window keeps skills running',
    help: 'Off: closing the window quits Skillward and stops every skill.',
    desktopOnly: true,
  },
  {
    section: 'health',
    key: 'checkIntervalSecs',
    kind: 'number',
    unit: 's',
    label: 'Check every',
    help: 'The time between two checks of a skill. Shorter finds trouble sooner and asks the skill more often.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'healthTimeoutSecs',
    kind: 'number',
    unit: 's',
    label: 'Answer within',
    help: 'A skill that has not answered a check after this time counts as unreachable.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'degradedAfterMs',
    kind: 'number',
    unit: 'ms',
    label: 'Slow from',
    help: 'A healthy answer that takes longer than this makes the skill degraded. It does not count as a failure.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'autoRestart',
    kind: 'switch',
    label: 'Restart after a failed check',
    help: 'Off: a failing skill is left alone and you are told once.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'autoQuarantine',
    kind: 'switch',
    label: 'Quarantine what keeps failing',
    help: 'A quarantined skill is stopped until somebody releases it. Off: it is restarted for ever.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'maxConsecutiveFailures',
    kind: 'number',
    unit: 'count',
    label: 'Failures in a row before quarantine',
    help: 'One healthy check starts the count again.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'maxFailuresInWindow',
    kind: 'number',
    unit: 'count',
    label: 'Failures in the window before quarantine',
    help: 'Catches the skill that recovers and dies again: healthy checks in between do not clear this count.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'failureWindowSecs',
    kind: 'number',
    unit: 's',
    label: 'Length of the failure window',
    help: 'Failures older than this no longer count towards the limit above.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'stableAfterSecs',
    kind: 'number',
    unit: 's',
    label: 'Stable after',
    help: 'A run this long without a failure makes the next restart immediate again.',
    perSkill: true,
  },
  {
    section: 'health',
    key: 'maxConcurrentChecks',
    kind: 'number',
    unit: 'count',
    label: 'Checks at the same time',
    help: 'The most skills asked at once. More finishes a round sooner and loads the machine more.',
  },
  {
    section: 'restart',
    key: 'firstDelaySecs',
    kind: 'number',
    unit: 's',
    label: 'Second restart waits',
    help: 'The pause before the second restart in a row. It doubles with each further one.',
    perSkill: true,
  },
  {
    section: 'restart',
    key: 'maxDelaySecs',
    kind: 'number',
    unit: 's',
    label: 'Longest wait',
    help: 'The pause between restarts grows no further than this.',
    perSkill: true,
  },
  {
    section: 'restart',
    key: 'jitterPercent',
    kind: 'number',
    unit: '%',
    label: 'Random extra wait',
    help: 'Up to this share is added to each pause, so that skills that failed together do not return together.',
    perSkill: true,
  },
  {
    section: 'restart',
    key: 'handshakeTimeoutSecs',
    kind: 'number',
    unit: 's',
    label: 'Handshake within',
    help: 'A started skill that has not introduced itself after this time counts as failed to start.',
    perSkill: true,
  },
  {
    section: 'restart',
    key: 'stopGraceMs',
    kind: 'number',
    unit: 'ms',
    label: 'Time to stop',
    help: 'How long a skill may take at each step of stopping (asked, told, then ended by force).',
    perSkill: true,
  },
  {
    section: 'restart',
    key: 'memoryLimitMb',
    kind: 'number',
    unit: 'MiB',
    label: 'Memory limit',
    help: 'A skill that stays above it, together with everything it started, is restarted. 0 means no limit.',
    perSkill: true,
  },
  {
    section: 'notifications',
    key: 'enabled',
    kind: 'switch',
    label: 'Notify me',
    help: 'Off silences everything below. Incidents are still listed here.',
  },
  {
    section: 'notifications',
    key: 'onFailing',
    kind: 'switch',
    label: 'A skill is failing',
    help: 'Only where nothing else will happen by itself; single restarts are not reported.',
  },
  {
    section: 'notifications',
    key: 'onQuarantined',
    kind: 'switch',
    label: 'A skill was quarantined',
    help: 'It stays stopped until you release it.',
  },
  {
    section: 'notifications',
    key: 'onDegraded',
    kind: 'switch',
    label: 'A skill is degraded',
    help: 'Said once when it starts, not at every check.',
  },
  {
    section: 'notifications',
    key: 'onRecovered',
    kind: 'switch',
    label: 'A skill recovered',
    help: 'With how long the trouble lasted. Only after trouble you were told about.',
  },
  {
    section: 'notifications',
    key: 'cooldownSecs',
    kind: 'number',
    unit: 's',
    label: 'Say the same again after',
    help: 'The same trouble of the same skill is told again after this time at the earliest. 0 tells it each time.',
  },
  {
    section: 'notifications',
    key: 'groupAtLeast',
    kind: 'number',
    unit: 'count',
    label: 'Group from',
    help: 'This many skills in trouble shortly after each other are told in one notice.',
  },
  {
    section: 'notifications',
    key: 'groupWindowSecs',
    kind: 'number',
    unit: 's',
    label: 'Shortly after each other is within',
    help: 'Skills that fall within this time of each other count as one group.',
  },
  {
    section: 'notifications',
    key: 'flappingChanges',
    kind: 'number',
    unit: 'count',
    label: 'Changes that count as flapping',
    help: 'A skill that changes this often between well and unwell is reported as flapping once, then no more until it is calm.',
  },
  {
    section: 'notifications',
    key: 'flappingWindowSecs',
    kind: 'number',
    unit: 's',
    label: 'Flapping is counted over',
    help: 'The changes above must fall within this time.',
  },
  {
    section: 'notifications',
    key: 'quietHours',
    kind: 'switch',
    label: 'Quiet hours',
    help: 'Nothing pops up between the two times below; the bell lists it all the same.',
  },
  {
    section: 'notifications',
    key: 'quietFrom',
    kind: 'text',
    placeholder: '22:00',
    short: true,
    label: 'Quiet from',
    help: 'By the clock of this machine.',
  },
  {
    section: 'notifications',
    key: 'quietTo',
    kind: 'text',
    placeholder: '07:00',
    short: true,
    label: 'Quiet until',
    help: 'May be on the next morning.',
  },
  {
    section: 'notifications',
    key: 'quietExceptQuarantined',
    kind: 'switch',
    label: 'Quarantine breaks the quiet',
    help: 'A skill that was quarantined is told in quiet hours too.',
  },
  {
    section: 'retention',
    key: 'rawCheckDays',
    kind: 'number',
    unit: 'days',
    label: 'Keep single checks',
    help: 'Each check with its time, latency and error.',
  },
  {
    section: 'retention',
    key: 'rollUpDays',
    kind: 'number',
    unit: 'days',
    label: 'Keep summaries',
    help: 'Counts and latency spread per stretch of time: what long charts are drawn from.',
  },
  {
    section: 'retention',
    key: 'actionDays',
    kind: 'number',
    unit: 'days',
    label: 'Keep actions and incidents',
    help: 'What the monitor decided, what people ordered, and what came of it.',
  },
  {
    section: 'retention',
    key: 'logFiles',
    kind: 'number',
    unit: 'count',
    label: 'Log files per skill',
    help: 'The oldest file is removed when a new one is begun.',
  },
  {
    section: 'retention',
    key: 'logFileBytes',
    kind: 'number',
    unit: 'KiB',
    label: 'Size of one log file',
    help: 'A file that reaches this size is closed and the next one begun.',
  },
  {
    section: 'advice',
    key: 'enabled',
    kind: 'switch',
    label: 'Offer to ask a model',
    help: 'Puts a button beside the errors of a skill. It asks only when you click it.',
  },
  {
    section: 'advice',
    key: 'baseUrl',
    kind: 'text',
    placeholder: 'http://127.0.0.1:11434/v1',
    label: 'Base URL',
    help: 'Of anything that speaks the OpenAI API: Ollama, LM Studio, llama.cpp, OpenAI. Another address asks for your consent again.',
  },
  {
    section: 'advice',
    key: 'model',
    kind: 'text',
    placeholder: 'llama3.2',
    label: 'Model',
    help: 'As the endpoint calls it.',
  },

  {
    section: 'fleet',
    key: 'name',
    kind: 'text',
    placeholder: 'the machine’s name',
    label: 'Name of this host',
    help: 'What people of the fleet read. Empty: the name of the machine.',
  },
  {
    section: 'fleet',
    key: 'shareFixes',
    kind: 'switch',
    label: 'Share fixes with the fleet',
    help: 'Fixes recorded here are suggested on the other hosts, and theirs here, marked with where they were learnt. Secrets are masked before anything leaves.',
  },

  {
    section: 'telemetry',
    key: 'prometheus',
    kind: 'switch',
    label: 'Endpoint for Prometheus',
    help: 'Opens an address on this machine that Prometheus can read.',
  },
  {
    section: 'telemetry',
    key: 'prometheusPort',
    kind: 'number',
    unit: 'count',
    label: 'Port for Prometheus',
    help: '0 takes any free one.',
  },
  {
    section: 'telemetry',
    key: 'otlp',
    kind: 'switch',
    label: 'Push to a collector',
    help: 'Sends the metrics to an OpenTelemetry collector over HTTP.',
  },
  {
    section: 'telemetry',
    key: 'otlpIntervalSecs',
    kind: 'number',
    unit: 's',
    label: 'Push every',
    help: 'The time between two pushes.',
  },
];

/** The fields that can be set for one skill alone. */
export const overrideFields = settingsFields.filter(
  (field): field is SettingsField & { section: 'health' | 'restart' } =>
    field.perSkill === true && (field.section === 'health' || field.section === 'restart'),
);
