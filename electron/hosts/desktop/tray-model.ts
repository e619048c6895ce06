import type { AppConfig } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { type MenuEntry, separator } from './menu-model.ts';
import { skillOrders } from './skill-orders.ts';
import { callsForSomebody, standingOf } from './skill-standing.ts';

/** The tray's four states. Each has a shape of its own: tick, triangle, cross, bars. */
export type TrayState = 'well' | 'watch' | 'trouble' | 'paused';

export interface TrayFacts {
  readonly skills: readonly Skill[];
  readonly config: AppConfig;
  /** Epoch ms until which native notifications are silent; null when they are not. */
  readonly mutedUntil: number | null;
  readonly formatTime: (epochMs: number) => string;
}

export interface TrayModel {
  readonly state: TrayState;
  readonly sentence: string;
  /** Skills that need somebody: the badge, and on macOS the number beside the icon. */
  readonly calling: number;
  readonly entries: readonly MenuEntry[];
}

/** Longer lists belong into the window. */
const MAX_LISTED = 5;
const MUTE_HOURS = [1, 4, 8] as const;

/** The tray as plain data, from the same skills the window shows. */
export function trayModel(facts: TrayFacts): TrayModel {
  const { skills } = facts;
  const calling = skills.filter(callsForSomebody);
  const state = stateOf(skills, calling.length);
  const sentence = sentenceOf(skills, calling.length);
  return {
    state,
    sentence,
    calling: calling.length,
    entries: [
      { kind: 'text', id: 'status', label: sentence },
      ...calling.slice(0, MAX_LISTED).map(skillEntry),
      ...more(calling.length),
      separator,
      { kind: 'item', id: 'show', label: 'Show Skillward', order: { kind: 'show' } },
      { kind: 'item', id: 'check-all', label: 'Check every skill now', order: { kind: 'checkAll' } },
      pauseEntry(skills),
      muteEntry(facts),
      separator,
      {
        kind: 'item',
        id: 'start-at-login',
        label: 'Start at login',
        checked: facts.config.general.startAtLogin,
        order: {
          kind: 'change',
          patch: { general: { startAtLogin: !facts.config.general.startAtLogin } },
        },
      },
      { kind: 'item', id: 'quit', label: 'Quit Skillward', order: { kind: 'quit' } },
    ],
  };
}

function stateOf(skills: readonly Skill[], calling: number): TrayState {
  if (calling > 0) return 'trouble';
  const kinds = skills.map((skill) => standingOf(skill).kind);
  if (kinds.includes('warn')) return 'watch';
  return kinds.length > 0 && kinds.every((kind) => kind === 'off') ? 'paused' : 'well';
}

function sentenceOf(skills: readonly Skill[], calling: number): string {
  const total = skills.length;
  if (total === 0) return 'No skills yet';
  if (calling > 0) return `${calling} of ${total} ${calling === 1 ? 'needs' : 'need'} attention`;
  const degraded = skills.filter((skill) => standingOf(skill).kind === 'warn').length;
  if (degraded > 0) return `${degraded} of ${total} degraded`;
  const off = skills.filter((skill) => standingOf(skill).kind === 'off').length;
  if (off === total) return total === 1 ? 'The skill is paused' : `All ${total} skills are paused`;
  const well = skills.filter((skill) => standingOf(skill).kind === 'ok').length;
  return well + off === total
    ? `${total === 1 ? 'The skill is' : `All ${total} skills are`} well${off === 0 ? '' : ` (${off} paused)`}`
    : `${well} of ${total} skills healthy so far`;
}

function skillEntry(skill: Skill): MenuEntry {
  return {
    kind: 'submenu',
    id: `skill:${skill.id}`,
    label: `${skill.id}: ${standingOf(skill).word}`,
    entries: skillOrders(skill).map(({ id, label, order }) => ({
      kind: 'item' as const,
      id: `${id}:${skill.id}`,
      label,
      order,
    })),
  };
}

function more(calling: number): readonly MenuEntry[] {
  if (calling <= MAX_LISTED) return [];
  return [
    {
      kind: 'item',
      id: 'more',
      label: `${calling - MAX_LISTED} more …`,
      order: { kind: 'go', route: '#/?show=attention' },
    },
  ];
}

function pauseEntry(skills: readonly Skill[]): MenuEntry {
  const pausable = skills.some((skill) => isInService(skill) && !skill.paused);
  const paused = skills.some((skill) => isInService(skill) && skill.paused);
  if (!pausable && paused)
    return { kind: 'item', id: 'resume-all', label: 'Start all paused skills', order: { kind: 'resumeAll' } };
  return {
    kind: 'item',
    id: 'pause-all',
    label: 'Pause all skills',
    enabled: pausable,
    order: { kind: 'pauseAll' },
  };
}

/** What `skill.stop` and `skill.start` apply to. */
export function isInService(skill: Skill): boolean {
  return skill.broken === undefined && (skill.lifecycle === 'active' || skill.lifecycle === 'testing');
}

function muteEntry({ mutedUntil, formatTime }: TrayFacts): MenuEntry {
  if (mutedUntil !== null)
    return {
      kind: 'item',
      id: 'unmute',
      label: `Notifications are muted until ${formatTime(mutedUntil)}: unmute`,
      order: { kind: 'unmute' },
    };
  return {
    kind: 'submenu',
    id: 'mute',
    label: 'Mute notifications',
    entries: MUTE_HOURS.map((hours) => ({
      kind: 'item' as const,
      id: `mute-${hours}`,
      label: `For ${hours} ${hours === 1 ? 'hour' : 'hours'}`,
      order: { kind: 'muteFor' as const, hours },
    })),
  };
}
