import { describe, expect, it } from 'vitest';
import { withNotices } from '../../../renderer/screens/incidents/timeline.ts';
import { eachOnce } from '../../../renderer/screens/incidents/use-action-pages.ts';
import { freshNotices, strandsOf } from '../../../renderer/state/notice-list.ts';
import type { Action, Notice } from '../../../shared/model/action.ts';
import { routeOfNotice } from '../../../shared/model/notice-route.ts';

const notice = (id: number, about: Partial<Notice> = {}): Notice => ({
  id,
  at: id,
  level: 'error',
  title: `n${id}`,
  body: '',
  skillId: null,
  ...about,
});
const action = (id: number, about: Partial<Action> = {}): Action => ({
  id,
  at: id,
  kind: 'restartSkill',
  skillId: 'mail',
  origin: 'monitor',
  reason: 'because',
  result: 'done',
  ...about,
});

describe('the list of the bell', () => {
  it('puts what is about one thing together, where its newest word stands', () => {
    const strands = strandsOf([notice(4, { key: 'a' }), notice(3), notice(2, { key: 'a' }), notice(1)]);
    expect(strands.map(({ newest, earlier }) => [newest.id, earlier.map((one) => one.id)])).toEqual([
      [4, [2]],
      [3, []],
      [1, []],
    ]);
  });

  it('counts what is new, not what was silent', () => {
    const fresh = freshNotices([notice(3), notice(2, { silent: true }), notice(1)], 1);
    expect(fresh.map(({ id }) => id)).toEqual([3]);
  });

  it('leads to what a notice is about', () => {
    expect(routeOfNotice(notice(1))).toBeNull();
    expect(routeOfNotice(notice(1, { skillId: 'a' }))).toBe('/skill/a');
    expect(routeOfNotice(notice(1, { skillId: 'a', incidentId: 4 }))).toBe('/incidents/4');
    expect(routeOfNotice(notice(1, { skillIds: ['a', 'b'] }))).toBe('/incidents');
  });
});

describe('the audit and the story of an incident', () => {
  it('show an action once that stands on two pages', () => {
    const pages = [
      [action(3), action(2)],
      [action(2), action(1)],
    ];
    expect(eachOnce(pages).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it('tell when people were told, in its place', () => {
    const story = withNotices(
      [{ key: 'x', at: 2, state: 'bad', title: 'Check failed', note: null }],
      [action(1), action(3, { kind: 'notifyUser', reason: 'mail is failing' })],
    );
    expect(story.map(({ title }) => title)).toEqual(['Told people', 'Check failed']);
    expect(story[0]?.note).toBe('mail is failing');
  });
});
