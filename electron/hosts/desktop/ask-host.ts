import type { CommandName, CommandPayload, ResponseEnvelope } from '../../../shared/contract/index.ts';
import { CONTRACT_VERSION } from '../../../shared/contract/index.ts';
import type { Warden } from '../../runtime/warden.ts';

/** Gives a command as the owner of the machine: a native menu or dialog, never a page. Never throws. */
export type AskHost = <Name extends CommandName>(
  command: Name,
  payload: CommandPayload<Name>,
) => Promise<ResponseEnvelope>;

export function askHost(warden: Pick<Warden, 'dispatcher'>): AskHost {
  let last = 0;
  return (command, payload) => {
    last += 1;
    return warden.dispatcher.dispatch(
      { v: CONTRACT_VERSION, requestId: `menu-${last}`, command, payload },
      { trust: 'operator' },
    );
  };
}
