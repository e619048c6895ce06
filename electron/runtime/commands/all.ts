import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';
import { configCommands } from './config.ts';
import { credentialCommands } from './credentials.ts';
import { environmentCommands } from './environments.ts';
import { fixCommands } from './fixes.ts';
import { fleetCommands } from './fleet.ts';
import { healthCommands } from './health.ts';
import { hostCommands } from './host.ts';
import { importCommands } from './imports.ts';
import { incidentCommands } from './incidents.ts';
import { logCommands } from './logs.ts';
import { packageCommands } from './packages.ts';
import { recordCommands } from './records.ts';
import { schedulerCommands } from './scheduler.ts';
import { skillCommands } from './skills.ts';

/** Every command of the contract has a handler here, or this does not compile. */
export function allCommands(rooms: Rooms): Handlers {
  return {
    ...hostCommands(rooms),
    ...skillCommands(rooms),
    ...healthCommands(rooms),
    ...recordCommands(rooms),
    ...incidentCommands(rooms),
    ...logCommands(rooms),
    ...fixCommands(rooms),
    ...schedulerCommands(rooms),
    ...configCommands(rooms),
    ...packageCommands(rooms),
    ...importCommands(rooms),
    ...environmentCommands(rooms),
    ...credentialCommands(rooms),
    ...fleetCommands(rooms),
  };
}
