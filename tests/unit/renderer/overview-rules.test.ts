import { describe, expect, it } from 'vitest';
import { passes } from '../../../renderer/screens/overview/filter.ts';
import { nextStep, nextStepSentence, troubleSince } from '../../../renderer/screens/overview/next-step.ts';
import { defaultSorting, keepOrder, sortSkills } from '../../../renderer/screens/overview/sorting.ts';
import { attention, countStates, nextCheckAt, overviewSentence } from '../../../renderer/state/selectors.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { failing, makeSkill, quarantined } from './make-skill.ts';

const NOW = 10_000_000;
const data = (...skills: Skill[]) => ({
  skills: Object.fromEntries(skills.map((skill) => [skill.id, skill])),
  order: skills.map((skill) => skill.id),
});
const degraded = (id: string) => makeSkill(id, { health: { status: { kind: 'degraded', reason: 'slow' } } });

describe('overviewSentence', () => {
  it.each([
    [data(), 'No skills yet', null],
    [data(makeSkill('a'), makeSkill('b')), 'All 2 skills are healthy', null],
    [data(makeSkill('a')), 'The skill is healthy', null],
    [data(failing('a', 2), makeSkill('b')), '1 of 2 skills needs attention', 'all else is well'],
    [
      data(failing('a', 2), quarantined('q'), makeSkill('b')),
      '2 of 3 skills need attention',
      'all else is well',
    ],
    [data(failing('a', 2), degraded('b')), '1 of 2 skills needs attention', '1 degraded'],
    [data(degraded('a'), makeSkill('b')), '1 of 2 skills is degraded', 'none is failing'],
    [data(makeSkill('a'), makeSkill('b', { paused: true })), 'Nothing needs attention', '1 of 2 healthy'],
  ])('case %#', (host, title, aside) => {
    expect(overviewSentence(host)).toEqual({ title, aside });
  });
});

describe('counts', () => {
  it('count every skill once', () => {
    const host = data(failing('a', 2), quarantined('q'), degraded('d'), makeSkill('b'));
    const counts = countStates(host);
    expect(counts).toMatchObject({ bad: 1, quar: 1, warn: 1, ok: 1, off: 0 });
    expect(attention(host).map((skill) => skill.id)).toEqual(['a', 'q']);
  });
  it('find the nearest check', () => {
    expect(nextCheckAt(data(makeSkill('a', { nextCheckAt: 9 }), makeSkill('b', { nextCheckAt: 5 })))).toBe(5);
    expect(nextCheckAt(data(makeSkill('a')))).toBeNull();
  });
});

describe('sortSkills', () => {
  it('puts trouble first and keeps names within it', () => {
    const skills = [
      makeSkill('a'),
      degraded('b'),
      failing('c', 2),
      makeSkill('d'),
      quarantined('e'),
      failing('f', 3),
    ];
    expect(sortSkills(skills, defaultSorting, {})).toEqual(['c', 'f', 'e', 'b', 'a', 'd']);
  });
  it('puts what has no value last, whichever way round', () => {
    const skills = [
      makeSkill('never', { health: { lastCheck: null } }),
      makeSkill('old', { health: { lastCheck: 1 } }),
      makeSkill('new', { health: { lastCheck: 9 } }),
    ];
    expect(sortSkills(skills, { column: 'last', reversed: false }, {})).toEqual(['new', 'old', 'never']);
    expect(sortSkills(skills, { column: 'last', reversed: true }, {})).toEqual(['old', 'new', 'never']);
  });
});

describe('keepOrder', () => {
  it('keeps the places of those that stay and adds newcomers at the end', () => {
    expect(keepOrder(['c', 'a', 'b'], ['a', 'b', 'd'])).toEqual(['a', 'b', 'd']);
    expect(keepOrder(['c', 'a'], ['a', 'b', 'c'])).toEqual(['c', 'a', 'b']);
  });
});

describe('passes', () => {
  it('filters by state, by attention and by name', () => {
    const bad = failing('channel-discord', 2, { name: 'Discord channel' });
    expect(passes(bad, 'bad', '')).toBe(true);
    expect(passes(bad, 'ok', '')).toBe(false);
    expect(passes(bad, 'attention', '')).toBe(true);
    expect(passes(degraded('d'), 'attention', '')).toBe(false);
    expect(passes(bad, undefined, ' DISCORD ch')).toBe(true);
    expect(passes(bad, undefined, 'weather')).toBe(false);
  });
});

describe('what happens next', () => {
  const waiting = failing('a', 3, {
    healthSince: NOW - 200_000,
    process: { state: 'backoff', nextAttemptAt: NOW + 6200 },
  });
  it('counts down to the restart', () => {
    expect(nextStep(waiting, NOW)).toBe('retry in 6 s');
    expect(nextStepSentence(waiting, NOW)).toBe('restart in 6 s');
    expect(nextStep(waiting, NOW + 6000)).toBe('retrying');
  });
  it('says how far from the threshold', () => {
    expect(troubleSince(waiting, NOW)).toBe('failing for 3 min · 3 of 5 failures');
    const { health, restart } = waiting.config;
    const never = { ...waiting, config: { health: { ...health, autoQuarantine: false }, restart } };
    expect(troubleSince(never, NOW)).toBe('failing for 3 min · 3 failures in a row');
  });
  it('names what holds a skill back', () => {
    expect(nextStep(quarantined('q'), NOW)).toBe('quarantined');
    expect(nextStep(makeSkill('p', { paused: true, nextCheckAt: NOW + 1 }), NOW)).toBe('paused by you');
    expect(nextStep(makeSkill('f', { process: { state: 'failed' } }), NOW)).toBe('waits for a change');
    expect(nextStep(makeSkill('h', { nextCheckAt: NOW + 288_000 }), NOW)).toBe('in 4 min 48 s');
    expect(nextStep(makeSkill('h'), NOW)).toBe('–');
  });
});
