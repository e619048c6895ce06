import type { FleetLink } from '../../../shared/model/fleet.ts';
import type { DisplayState } from '../display-state.ts';

/** How this host stands with the broker, by shape and word. */
export const linkStates: Readonly<Record<FleetLink['state'], DisplayState>> = {
  off: { state: 'off', word: 'In no fleet' },
  connecting: { state: 'busy', word: 'Connecting' },
  connected: { state: 'ok', word: 'Connected' },
  waiting: { state: 'warn', word: 'Not reachable' },
  refused: { state: 'bad', word: 'Refused' },
  duplicate: { state: 'bad', word: 'Id in use' },
};
