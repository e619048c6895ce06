import { CommandError } from '../../../shared/contract/index.ts';
import type { CallContext, Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

/** Joining and leaving a fleet, and what is seen and ordered across it. */
export function fleetCommands({ fleet }: Rooms) {
  return {
    'fleet.status': () => fleet.status(),
    'fleet.join': async (payload, context) => {
      ownersOnly(context, 'join');
      return { link: await fleet.join(payload) };
    },
    'fleet.leave': async (_payload, context) => {
      ownersOnly(context, 'leave');
      return { link: await fleet.leave() };
    },
    'fleet.doctor': async () => ({ findings: await fleet.doctor() }),
    'fleet.watch': () => fleet.looking.watch(),
    'fleet.follow': (payload) => fleet.looking.follow(payload),
    'fleet.call': (payload, context) => fleet.looking.call(payload, fleet.here(context)),
    'fleet.call_many': (payload, context) => fleet.looking.callMany(payload, fleet.here(context)),
  } satisfies Partial<Handlers>;
}

/** Servers and files are named by the owner of the data folder, never by a page or another host (DESIGN.md section 10). */
function ownersOnly({ trust }: CallContext, what: 'join' | 'leave'): void {
  if (trust === 'operator') return;
  throw new CommandError(
    'not_allowed',
    `A fleet is not ${what === 'join' ? 'joined' : 'left'} from a page. Run \`skillward fleet ${what}\` on the machine of this host.`,
  );
}
