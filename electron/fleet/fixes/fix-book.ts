import type { SharedFix } from '../../../shared/model/shared-fix.ts';
import type { Outgoing } from '../../core/fleet/outgoing-fix.ts';

/** What the bucket holds under a key: null where everybody took it back. */
export interface BucketEntry {
  readonly key: string;
  readonly fix: SharedFix | null;
}

/** What this host knows of shared fixes, and what it has to say about them. What stands here is the truth about its own part. */
export interface FixBook {
  readonly hostId: string;
  /** Goes through all fixes of this host, in slices that leave the event loop room. */
  prepare(): Promise<void>;
  /** Everything this host may have something to say about. */
  keys(): readonly string[];
  /** Takes over what the bucket says. Returns the keys under which this host's own part is not what it should be. */
  take(entries: readonly BucketEntry[]): readonly string[];
  /** `held` is what can be read under the key, `erased` whether everybody took it back; neither: there is nothing. */
  outgoing(key: string, held: SharedFix | null, erased: boolean): Outgoing;
}
