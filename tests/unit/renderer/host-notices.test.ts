import { expect, it } from 'vitest';
import { hostNoticesNow } from '../../../renderer/components/host-notices-now.ts';
import type { HostNotice } from '../../../shared/model/runtime.ts';

const notice = (code: string, level: HostNotice['level'] = 'warning'): HostNotice => ({
  at: 1,
  level,
  code,
  message: code,
});
const seen = (...given: Parameters<typeof hostNoticesNow>) =>
  hostNoticesNow(...given).map((one) => [one.notice.code, one.lasting]);

it('what is not kept is said as long as it is so, in the host’s words where it has some', () => {
  expect(seen([], 'disk')).toEqual([]);
  expect(seen([], 'read-only')).toEqual([['storage_not_kept', true]]);
  expect(seen([notice('storage_unwritable', 'error')], 'memory')).toEqual([['storage_unwritable', true]]);
  expect(seen([notice('storage_unwritable', 'error'), notice('orphans-ended')], 'disk')).toEqual([
    ['orphans-ended', false],
  ]);
  expect(seen([notice('storage_recovered', 'info')], 'disk')).toEqual([]);
});
