import type { HostNotice, RuntimeStatus } from '../../shared/model/runtime.ts';

type StorageMode = RuntimeStatus['storage']['mode'];

/** The host's words for a data folder it cannot keep anything in. */
const NOT_KEPT: ReadonlySet<string> = new Set(['storage_unwritable', 'storage_newer']);
const notKeptWords: Readonly<Record<Exclude<StorageMode, 'disk'>, string>> = {
  memory: 'Nothing is being kept: history and decisions are in memory until the host ends.',
  'read-only': 'The data is read-only: what is shown is true, but nothing new is kept.',
};

/**
 * What a person should see of the host's notices: no information, nothing about a trouble that is over, and one that
 * lasts as long as nothing can be kept, in the host's own words where it gave some.
 */
export function hostNoticesNow(
  notices: readonly HostNotice[],
  mode: StorageMode,
): readonly { readonly notice: HostNotice; readonly lasting: boolean }[] {
  const told = notices.filter(
    ({ level, code }) => level !== 'info' && (mode !== 'disk' || !NOT_KEPT.has(code)),
  );
  const lasting = told.some(({ code }) => NOT_KEPT.has(code));
  const made: readonly HostNotice[] =
    mode === 'disk' || lasting
      ? []
      : [{ at: 0, level: 'warning', code: 'storage_not_kept', message: notKeptWords[mode] }];
  return [...made, ...told].map((notice) => ({
    notice,
    lasting: NOT_KEPT.has(notice.code) || notice.code === 'storage_not_kept',
  }));
}
