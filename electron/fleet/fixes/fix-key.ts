import { createHash } from 'node:crypto';
import { identityOf } from '../../core/fleet/shared-fix.ts';

/** What a shared fix is kept under: its identity's SHA-256, in hex. */
export function keyOfFix(fix: Parameters<typeof identityOf>[0]): string {
  return createHash('sha256').update(identityOf(fix)).digest('hex');
}
