import { describe, expect, it } from 'vitest';
import { type NativeNotice, NoticeWindow } from '../../../electron/hosts/desktop/notice-window.ts';
import type { Notice } from '../../../shared/model/action.ts';

/** What a screen shows, as the system would. */
function screen() {
  const shown: NativeNotice[] = [];
  const standing = new Set<NativeNotice>();
  const window = new NoticeWindow((native) => {
    shown.push(native);
    standing.add(native);
    return { close: () => standing.delete(native) };
  });
  return { window, shown, standing: () => [...standing].map((native) => native.title) };
}

let lastId = 0;
function notice(about: Partial<Notice>): Notice {
  lastId += 1;
  return { id: lastId, at: 1, level: 'error', title: 'Title', body: 'Body', skillId: null, ...about };
}

describe('native notices', () => {
  it('leave out what is silent', () => {
    const { window, shown } = screen();
    window.put(notice({ silent: true }));
    expect(shown).toEqual([]);
  });

  it('replace the one with the same key, without a noise when it is the same notice', () => {
    const { window, shown, standing } = screen();
    const group = notice({ key: 'group:trouble', title: '3 skills', skillIds: ['a', 'b', 'c'] });
    window.put(group);
    window.put({ ...group, title: '4 skills' });
    window.put(notice({ key: 'group:trouble', title: '5 skills' }));
    expect(standing()).toEqual(['5 skills']);
    expect(shown.map((native) => native.quiet)).toEqual([false, true, false]);
  });

  it('of several skills take the place of those of each, and leave questions and others', () => {
    const { window, standing } = screen();
    window.put(notice({ key: 'a:1', title: 'a', skillId: 'a' }));
    window.put(notice({ title: 'What mended a?', skillId: 'a', proposalId: 1 }));
    window.put(notice({ key: 'z:1', title: 'z', skillId: 'z' }));
    window.put(notice({ key: 'group:trouble', title: '3 skills', skillIds: ['a', 'b', 'c'] }));
    expect(standing()).toEqual(['What mended a?', 'z', '3 skills']);
  });

  it.each([
    [{ incidentId: 7, skillId: 'a' }, '#/incidents/7'],
    [{ skillId: 'a' }, '#/skill/a'],
    [{ skillId: 'a', proposalId: 3 }, '#/fixes?record=1&proposal=3'],
    [{ skillIds: ['a', 'b'] }, '#/incidents'],
    [{}, '#/'],
  ])('%j open %s', (about, route) => {
    const { window, shown } = screen();
    window.put(notice(about));
    expect(shown[0]?.route).toBe(route);
  });

  it('show the words of a skill as words', () => {
    const { window, shown } = screen();
    window.put(notice({ title: `<b>now</b>\u202e\u0007`, body: 'x'.repeat(1000) }));
    expect(shown[0]?.title).toBe('‹b›now‹/b›');
    expect(shown[0]?.body).toHaveLength(300);
  });
});
