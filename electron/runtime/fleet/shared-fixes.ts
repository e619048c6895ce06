// Over 200 lines: the one place where this host's fixes and the fleet's are held against each other.
import type { FixPattern } from '../../../shared/model/fix.ts';
import { MAX_SHARED_FIXES, type SharedFix, type SharedPart } from '../../../shared/model/shared-fix.ts';
import { dated, type Outgoing, outgoingFix } from '../../core/fleet/outgoing-fix.ts';
import { partFrom, shareable } from '../../core/fleet/shareable-fix.ts';
import {
  encodeSharedFix,
  holds,
  isHeldElsewhere,
  partOf,
  readSharedFix,
  saysTheSame,
  withPart,
} from '../../core/fleet/shared-fix.ts';
import type { BucketEntry, FixBook } from '../../fleet/fixes/fix-book.ts';
import { keyOfFix } from '../../fleet/fixes/fix-key.ts';
import type { SharedFixNews, SharedFixRow, Storage } from '../../storage/storage.ts';
import type { FixListener, FixMemory } from '../fix-memory.ts';
import { foreignFix, joined, renewed } from './foreign-fix.ts';

/** Fixes looked through before others have their turn, and written down together: one write waits for the disk, not each. */
const SLICE = 25;

const nothingNew: SharedFixNews = { rows: [], removedKeys: [], patterns: [], removedFixes: [] };

export interface SharedFixesPorts {
  readonly hostId: string;
  readonly fixes: FixMemory;
  readonly sharedFixes: Storage['sharedFixes'];
  /** How people call this host. */
  name(): string;
  /** Whether a person wants fixes shared. */
  enabled(): boolean;
  /** Every secret this host keeps: none of them may leave in a text. */
  secrets(): readonly string[];
  nowMs(): number;
  /** What this host says about a shared fix has changed. */
  touch(key: string): void;
}

/**
 * This host's book of shared fixes. Fixes of other hosts are fixes here too, with their origin and the counts from
 * elsewhere; they stay when the fleet is away or left. What this host says in the fleet always follows from what it has.
 */
export class SharedFixes implements FixBook {
  readonly hostId: string;
  readonly #ports: SharedFixesPorts;
  readonly #rows = new Map<string, SharedFixRow>();
  readonly #keys = new Map<number, string>();

  constructor(ports: SharedFixesPorts) {
    this.#ports = ports;
    this.hostId = ports.hostId;
    for (const row of ports.sharedFixes.all()) this.#enter(row);
    // A kill between the two writes of a deletion: the fix is gone, and with it what this host says about it.
    for (const [fixId, key] of this.#keys)
      if (ports.fixes.find(fixId) === undefined)
        this.#enter({ key, state: 'withdrawn', fixId: null, body: this.#body(key) });
    ports.fixes.listen((...change) => this.#changed(...change));
  }

  async prepare(): Promise<void> {
    const patterns = this.#ports.fixes.list();
    for (let at = 0; at < patterns.length; at += SLICE) {
      const settled = new Set<string>();
      for (const { id } of patterns.slice(at, at + SLICE)) this.#rekey(id, false, settled);
      // As they are by now: of two with the same words the later may have taken the place of the earlier.
      const rows = [...settled].flatMap((key) => this.#rows.get(key) ?? []);
      if (rows.length > 0) this.#ports.sharedFixes.take({ ...nothingNew, rows });
      await othersTurn();
    }
  }

  keys(): readonly string[] {
    return [...this.#rows.keys()];
  }

  take(entries: readonly BucketEntry[]): readonly string[] {
    const wanted: string[] = [];
    const news: { -readonly [K in keyof SharedFixNews]: SharedFixNews[K][number][] } = {
      ...{ rows: [], removedKeys: [], patterns: [], removedFixes: [] },
    };
    for (const { key, fix } of entries) {
      const row = this.#rows.get(key);
      const body = fix === null ? null : encodeSharedFix(this.#toRemember(row, fix));
      // What is known word for word changes nothing: a fleet is joined anew with every connection.
      const isNews =
        row === undefined ? fix !== null && this.#rows.size < MAX_SHARED_FIXES : row.body !== body;
      const next = isNews ? this.#placed(key, row, fix, body, news) : null;
      if (next !== null) {
        this.#enter(next);
        news.rows.push(next);
      }
      if (this.#isOff(key, fix)) wanted.push(key);
    }
    if (news.rows.length + news.removedKeys.length > 0) this.#ports.sharedFixes.take(news);
    return wanted;
  }

  outgoing(key: string, held: SharedFix | null, erased: boolean): Outgoing {
    const row = this.#rows.get(key);
    if (row === undefined) return { kind: 'nothing' };
    const standing = {
      hostId: this.hostId,
      withdrawn: row.state === 'withdrawn',
      mine: this.#part(row),
      words: this.#words(row),
      known: bodyOf(row),
    };
    return outgoingFix(standing, held, erased, this.#ports.nowMs());
  }

  /** A person, an import or a trial changed a fix of this host. */
  readonly #changed: FixListener = (before, after, why) => {
    const fixId = after?.id ?? before?.id;
    if (fixId === undefined) return;
    if (after !== undefined) {
      this.#rekey(fixId, true);
      return;
    }
    const key = this.#keys.get(fixId);
    const row = key === undefined ? undefined : this.#rows.get(key);
    if (row === undefined || before === undefined) return;
    // What a person said about another host's fix still stands when he does not want to see it any more.
    const stays = before.origin !== undefined && why === null;
    this.#leave(row, stays ? this.#partOfPattern(before) : null, stays ? 'hidden' : 'withdrawn');
  };

  /**
   * Finds the place of a fix among the shared ones; `told`: what this host says about it has changed. `together` takes
   * the keys of what can be written down along with others.
   */
  #rekey(fixId: number, told: boolean, together?: Set<string>): void {
    const before = this.#keys.get(fixId);
    // Without sharing, only what has been shared before is kept up with.
    if (before === undefined && !this.#ports.enabled()) return;
    const pattern = this.#ports.fixes.find(fixId);
    if (pattern === undefined) return;
    // A fix from elsewhere stands where it was found, whatever masking it once more would make of it.
    const key = pattern.origin !== undefined && before !== undefined ? before : this.#keyOf(pattern);
    if (before !== undefined && before !== key) {
      const left = this.#rows.get(before);
      if (left !== undefined) this.#leave(left, null, 'withdrawn');
    }
    if (key === null) return;
    if (before !== key) this.#settle(key, fixId, together);
    if (told || before !== key) this.#ports.touch(key);
  }

  /** A fix of this host takes its place under a key; what is known there joins it. */
  #settle(key: string, fixId: number, together?: Set<string>): void {
    const { fixes, sharedFixes } = this.#ports;
    const present = this.#rows.get(key);
    const twin = present?.fixId == null ? undefined : fixes.find(present.fixId);
    // Of two fixes recorded here with the same words the first stands for both.
    if (twin !== undefined && twin.origin === undefined) return;
    const row: SharedFixRow = { key, state: 'shown', fixId, body: present?.body ?? null };
    this.#enter(row);
    const pattern = fixes.get(fixId);
    const own = {
      ...pattern,
      successCount: pattern.successCount + (twin?.successCount ?? 0),
      failureCount: pattern.failureCount + (twin?.failureCount ?? 0),
    };
    const whole = joined(own, bodyOf(row), this.hostId);
    if (twin !== undefined) fixes.dropShared(twin.id);
    const isOther = twin !== undefined || whole.elsewhere !== pattern.elsewhere;
    if (!isOther && together !== undefined) {
      together.add(key);
      return;
    }
    sharedFixes.take({
      rows: [row],
      removedKeys: [],
      patterns: isOther ? [fixes.takeShared(whole, fixId)] : [],
      removedFixes: twin === undefined ? [] : [twin.id],
    });
  }

  /** A fix of this host no longer stands for a shared one. `mine` is what it said last, if that stays. */
  #leave(row: SharedFixRow, mine: SharedPart | null, state: 'hidden' | 'withdrawn'): void {
    if (row.fixId !== null) this.#keys.delete(row.fixId);
    const known = bodyOf(row);
    const body =
      known === null || mine === null
        ? row.body
        : encodeSharedFix(
            withPart(known, this.hostId, dated(mine, partOf(known, this.hostId), this.#ports.nowMs())),
          );
    const next = { key: row.key, state, fixId: null, body };
    this.#enter(next);
    this.#ports.sharedFixes.save(next);
    this.#ports.touch(row.key);
  }

  /** What becomes of a key the bucket says something new about; null for nothing. */
  #placed(
    key: string,
    row: SharedFixRow | undefined,
    fix: SharedFix | null,
    body: string | null,
    news: { removedKeys: string[]; patterns: FixPattern[]; removedFixes: number[] },
  ): SharedFixRow | null {
    const { fixes, nowMs } = this.#ports;
    if (row !== undefined && row.fixId === null) return { ...row, body };
    if (row?.fixId != null) {
      const pattern = fixes.get(row.fixId);
      const heldThere = fix !== null && isHeldElsewhere(fix, this.hostId);
      const mine = this.#part(row);
      if (!heldThere && (mine === null || !holds(mine))) {
        news.removedFixes.push(pattern.id);
        news.removedKeys.push(key);
        this.#keys.delete(pattern.id);
        this.#rows.delete(key);
        fixes.dropShared(pattern.id);
        return null;
      }
      const whole = renewed(pattern, fix, this.hostId, nowMs());
      if (whole !== pattern) news.patterns.push(fixes.takeShared(whole, pattern.id));
      return { ...row, body };
    }
    if (fix === null || !isHeldElsewhere(fix, this.hostId)) return null;
    const foreign = foreignFix(fix, this.hostId, nowMs());
    if (foreign === null) return null;
    const taken = fixes.takeShared(foreign);
    news.patterns.push(taken);
    return { key, state: 'shown', fixId: taken.id, body };
  }

  /** Whether what this host says in the bucket is not what it should be. */
  #isOff(key: string, fix: SharedFix | null): boolean {
    const row = this.#rows.get(key);
    if (row === undefined) return false;
    const there = fix === null ? undefined : partOf(fix, this.hostId);
    if (row.state === 'withdrawn') return there !== undefined && there.withdrawn !== true;
    const mine = this.#part(row);
    return mine === null ? false : there === undefined || !saysTheSame(mine, there);
  }

  /** What this host says about a shared fix; null for nothing. */
  #part(row: SharedFixRow): SharedPart | null {
    if (row.state === 'withdrawn') return null;
    if (row.fixId !== null) return this.#partOfPattern(this.#ports.fixes.get(row.fixId));
    const known = bodyOf(row);
    return (known === null ? undefined : partOf(known, this.hostId)) ?? null;
  }

  #partOfPattern(pattern: FixPattern): SharedPart | null {
    if (pattern.origin !== undefined && pattern.successCount + pattern.failureCount === 0) return null;
    return partFrom(pattern, { hostId: this.hostId, name: this.#ports.name() });
  }

  /** The words as this host has them; null where masking them has made another fix of them. */
  #words({ fixId, key }: SharedFixRow): SharedFix | null {
    if (fixId === null) return null;
    const words = shareable(this.#ports.fixes.get(fixId), this.#ports.secrets());
    return words === null || keyOfFix(words) !== key ? null : words;
  }

  #keyOf(pattern: FixPattern): string | null {
    const words = shareable(pattern, this.#ports.secrets());
    return words === null ? null : keyOfFix(words);
  }

  /** Of a fix hidden here, what this host said stays as it said it. */
  #toRemember(row: SharedFixRow | undefined, fix: SharedFix): SharedFix {
    const mine = row?.state === 'hidden' ? this.#part(row) : null;
    return mine === null ? fix : withPart(fix, this.hostId, mine);
  }

  #enter(row: SharedFixRow): void {
    const before = this.#rows.get(row.key)?.fixId;
    if (before != null && before !== row.fixId) this.#keys.delete(before);
    this.#rows.set(row.key, row);
    if (row.fixId !== null) this.#keys.set(row.fixId, row.key);
  }

  #body(key: string): string | null {
    return this.#rows.get(key)?.body ?? null;
  }
}

function bodyOf({ body }: SharedFixRow): SharedFix | null {
  if (body === null) return null;
  const read = readSharedFix(body);
  return read.kind === 'fix' ? read.fix : null;
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
