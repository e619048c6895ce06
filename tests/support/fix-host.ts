import { ActionLog } from '../../electron/runtime/action-log.ts';
import { EventHub } from '../../electron/runtime/event-hub.ts';
import { FixMemory } from '../../electron/runtime/fix-memory.ts';
import { SharedFixes } from '../../electron/runtime/fleet/shared-fixes.ts';
import type { SharedFixRow, Storage } from '../../electron/storage/storage.ts';
import type { FixPattern } from '../../shared/model/fix.ts';

export const T0 = 1_760_000_000_000;

/** What one host keeps of fixes, without a disk under it. */
class FixDisk {
  readonly patterns = new Map<number, FixPattern>();
  readonly rows = new Map<string, SharedFixRow>();
  readonly fixes: Storage['fixes'] = {
    all: () => [...this.patterns.values()].sort((a, b) => a.id - b.id),
    insert: () => {
      throw new Error('ids are given by the memory of fixes');
    },
    update: (fix) => void this.patterns.set(fix.id, fix),
    remove: (id) => void this.patterns.delete(id),
    addFeedback: () => undefined,
    feedback: () => [],
    merge: (from, pattern) => {
      this.patterns.delete(from);
      this.patterns.set(pattern.id, pattern);
    },
    addEdit: () => undefined,
    edits: () => [],
  };
  readonly sharedFixes: Storage['sharedFixes'] = {
    all: () => [...this.rows.values()],
    save: (row) => void this.rows.set(row.key, row),
    take: ({ rows, removedKeys, patterns, removedFixes }) => {
      for (const row of rows) this.rows.set(row.key, row);
      for (const key of removedKeys) this.rows.delete(key);
      for (const pattern of patterns) this.patterns.set(pattern.id, pattern);
      for (const id of removedFixes) this.patterns.delete(id);
    },
  };
}

/** A host as far as its fixes go: its memory, its book of shared ones, and what it keeps when it is started anew. */
export class FixHost {
  readonly hostId: string;
  readonly disk = new FixDisk();
  sharing = true;
  secrets: readonly string[] = [];
  nowMs = T0;
  fixes: FixMemory;
  book: SharedFixes;
  /** Told of every key this host has something new to say about. */
  touched: (key: string) => void = () => undefined;

  constructor(hostId: string) {
    this.hostId = hostId;
    [this.fixes, this.book] = this.#open();
  }

  /** Starts it anew with what is on its disk. */
  restart(): void {
    [this.fixes, this.book] = this.#open();
  }

  #open(): [FixMemory, SharedFixes] {
    const nowMs = () => this.nowMs;
    const hub = new EventHub({ nowMs, monotonicMs: () => 0, after: () => ({ cancel: () => undefined }) });
    const actions = new ActionLog({
      actions: { add: (action) => ({ ...action, id: 1 }), list: () => [], marks: () => [] },
      noticeLog: { add: (one) => ({ ...one, id: 1 }), update: (one) => one, list: () => [] },
      ...{ hub, nowMs },
    });
    const fixes = new FixMemory({ fixes: this.disk.fixes, actions, hub, nowMs });
    const book = new SharedFixes({
      ...{ hostId: this.hostId, fixes, nowMs, sharedFixes: this.disk.sharedFixes },
      name: () => `Host ${this.hostId}`,
      enabled: () => this.sharing,
      secrets: () => this.secrets,
      touch: (key) => this.touched(key),
    });
    return [fixes, book];
  }
}
