import type { HostNotice } from '../../shared/model/runtime.ts';
import type { DiskTrouble } from './database.ts';

/** The codes of everything storage tells people; scripts may rely on them. */
export type StorageNoticeCode =
  | 'storage_newer'
  | 'storage_restored'
  | 'storage_started_anew'
  | 'storage_unwritable'
  | 'storage_recovered'
  | 'storage_backup_failed'
  | 'logs_unwritable'
  | 'credentials_set_aside'
  | 'credentials_unreadable'
  | 'settings_damaged'
  | 'settings_unwritable';

export function notice(
  at: number,
  level: HostNotice['level'],
  code: StorageNoticeCode,
  message: string,
): HostNotice {
  return { at, level, code, message };
}

/** Why the disk does not take anything, as the middle of a sentence. */
export const troubleWords: Readonly<Record<DiskTrouble, string>> = {
  full: 'the disk is full',
  'read-only': 'it cannot be written to',
  busy: 'another program keeps it locked',
  corrupt: 'it is damaged',
  io: 'the system could not read or write it',
};
