import { onHostLeft } from '../state/shown-host.ts';
import type { FixForm } from './record-fix-form-schema.ts';

/** Unsaved forms by what they were opened for. In memory only: the text has not been through the masking of secrets. */
const drafts = new Map<string, FixForm>();
onHostLeft(() => drafts.clear());

/** What somebody had typed before looking something up on another screen. */
export function draftOf(key: string): FixForm | undefined {
  return drafts.get(key);
}

export function keepDraft(key: string, form: FixForm): void {
  drafts.set(key, form);
}

export function dropDraft(key: string): void {
  drafts.delete(key);
}
