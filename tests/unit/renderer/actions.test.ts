import { describe, expect, it, vi } from 'vitest';
import type { AppAction } from '../../../renderer/app/action-types.ts';
import { matchActions } from '../../../renderer/app/match-actions.ts';
import type { KeyPress } from '../../../renderer/state/shortcuts.ts';
import { skillActionForKey, skillActions } from '../../../renderer/state/skill-action-list.ts';
import { failing, makeSkill, quarantined } from './make-skill.ts';

const ids = (skill: Parameters<typeof skillActions>[0]) => skillActions(skill).map((action) => action.id);
const key = (pressed: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key: pressed,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('skillActions', () => {
  it('offers nothing the host would refuse', () => {
    expect(ids(quarantined('q'))).toEqual(['release', 'disable']);
    expect(ids(makeSkill('p', { paused: true }))).toEqual(['start', 'quarantine', 'disable']);
    expect(ids(makeSkill('d', { lifecycle: 'disabled' }))).toEqual(['activate']);
    expect(ids(makeSkill('b', { broken: { file: 'm', line: null, message: 'x' } }))).toEqual([]);
    expect(ids(failing('f', 2))).toEqual(['check', 'restart', 'stop', 'quarantine', 'mute', 'disable']);
    expect(ids(makeSkill('w'))).toEqual(['check', 'restart', 'stop', 'quarantine', 'disable']);
  });
});

describe('skillActionForKey', () => {
  it('tells check from restart by shift', () => {
    expect(skillActionForKey(makeSkill('a'), key('r'))?.id).toBe('check');
    expect(skillActionForKey(makeSkill('a'), key('R', { shiftKey: true }))?.id).toBe('restart');
  });
  it('means release with Q when the skill is quarantined', () => {
    expect(skillActionForKey(makeSkill('a'), key('q'))?.id).toBe('quarantine');
    expect(skillActionForKey(quarantined('a'), key('q'))?.id).toBe('release');
  });
  it('leaves the browser its own shortcuts', () => {
    expect(skillActionForKey(makeSkill('a'), key('r', { ctrlKey: true }))).toBeNull();
    expect(skillActionForKey(makeSkill('a'), key('r', { metaKey: true }))).toBeNull();
  });
});

describe('matchActions', () => {
  const run = vi.fn();
  const action = (id: string, group: AppAction['group'], label: string, description?: string): AppAction => ({
    id,
    group,
    label,
    run,
    ...(description === undefined ? {} : { description }),
  });
  const all = [
    action('1', 'Go to', 'Overview'),
    action('2', 'Skills', 'weather-cache', 'Healthy · Forecasts'),
    action('3', 'Skills', 'channel-discord', 'Failing · Discord channel'),
    action('4', 'Actions for skills', 'Restart weather-cache'),
  ];
  const found = (query: string) =>
    matchActions(all, query).flatMap(({ actions }) => actions.map(({ id }) => id));

  it('hides the long tail until something is typed', () => {
    expect(found('')).toEqual(['1', '2', '3']);
  });
  it('needs every word, in any order, in label or description', () => {
    expect(found('weather restart')).toEqual(['4']);
    expect(found('failing')).toEqual(['3']);
    expect(found('nothing at all')).toEqual([]);
  });
  it('puts a label that begins with the query first', () => {
    expect(found('weather')).toEqual(['2', '4']);
  });
  it('limits each group', () => {
    const many = Array.from({ length: 50 }, (_, index) => action(`s${index}`, 'Skills', `skill-${index}`));
    expect(matchActions(many, 'skill')[0]?.actions).toHaveLength(8);
  });
});
