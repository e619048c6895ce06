import { describe, expect, it } from 'vitest';
import { createNoticeGroups } from '../../../renderer/state/notice-groups.ts';
import type { Notice } from '../../../shared/model/action.ts';

const notice = (id: number, level: Notice['level'] = 'error'): Notice => ({
  id,
  at: id,
  level,
  title: `n${id}`,
  body: '',
  skillId: null,
});

describe('createNoticeGroups', () => {
  it('makes at most three toasts of fifty failures in ten seconds', () => {
    const group = createNoticeGroups();
    const said = Array.from({ length: 50 }, (_, index) => group(notice(index), index * 200));
    expect(said.filter((one) => one?.kind === 'one')).toHaveLength(2);
    expect(said.at(-1)).toEqual({ kind: 'many', count: 50, level: 'error' });
  });
  it('speaks of each again once it is calm', () => {
    const group = createNoticeGroups();
    for (let index = 0; index < 5; index += 1) group(notice(index), index);
    expect(group(notice(9), 40_000)).toEqual({ kind: 'one', notice: notice(9) });
  });
  it('does not raise a storm for good news', () => {
    const group = createNoticeGroups();
    for (let index = 0; index < 5; index += 1) group(notice(index), index);
    expect(group(notice(6, 'info'), 6)).toBeNull();
  });
});
