import { hostIdSchema } from '../../../shared/model/fleet.ts';

/** What a host id can hold of an instance id, characters (shared/model/fleet.ts). */
const MAX_CHARS = 64;

/**
 * The id a host has in its fleet, from the id its data folder was made with: the same ever after, whatever the host is
 * called or where it runs. A folder that was copied has the same one, which the fleet notices (core/fleet/one-boot.ts).
 */
export function hostIdOf(instanceId: string): string {
  const id = instanceId
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .replace(/^[_-]+/, '')
    .slice(0, MAX_CHARS);
  return hostIdSchema.parse(id === '' ? 'host' : id);
}
