import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../shared/model/action.ts';
import { NoticeStack } from '../../../shared/model/notice-stack.ts';

let lastId = 0;
function notice(about: Partial<Notice>): Notice {
  lastId += 1;
  return { id: lastId, at: 1, level: 'error', title: 'Title', body: 'Body', skillId: null, ...about };
}

describe('notices on a screen', () => {
  it('leave out what is silent', () => {
    expect(new NoticeStack(3).put(notice({ silent: true }))).toBeNull();
  });

  it('are one for each key; the same notice again is no news', () => {
    const stack = new NoticeStack(3);
    const group = notice({ key: 'group:trouble', skillIds: ['a', 'b', 'c'] });
    expect(stack.put(group)).toEqual({ key: 'group:trouble', closed: [], updated: false });
    expect(stack.put({ ...group, title: '4 skills' })).toMatchObject({ updated: true });
    expect(stack.put(notice({ key: 'group:trouble' }))).toMatchObject({ updated: false });
  });

  it('for several skills take the place of those of each, and leave questions and others', () => {
    const stack = new NoticeStack(9);
    stack.put(notice({ key: 'a:1', skillId: 'a' }));
    stack.put(notice({ key: 'ask', skillId: 'a', proposalId: 1 }));
    stack.put(notice({ key: 'z:1', skillId: 'z' }));
    expect(stack.put(notice({ skillIds: ['a', 'b'] }))?.closed).toEqual(['a:1']);
  });

  it('are never more than there is room for; the oldest goes, whatever a person sent away does not count', () => {
    const stack = new NoticeStack(3);
    const second = notice({ key: '2' });
    for (const one of [notice({ key: '1' }), second, notice({ key: '3' })])
      expect(stack.put(one)?.closed).toEqual([]);
    expect(stack.put(notice({ key: '4' }))?.closed).toEqual(['1']);
    stack.gone(second);
    expect(stack.put(notice({ key: '5' }))?.closed).toEqual([]);
    expect(stack.put(notice({ key: '6' }))?.closed).toEqual(['3']);
  });
});
