import { type Address, type AddressBar, type Keep, readToken, socketProtocols } from './token.ts';

/** `readyState` of a socket that is still shaking hands. */
const CONNECTING = 0;

interface Opening {
  readonly readyState: number;
  close(): void;
}

interface Place<Socket> {
  /** Whether the desktop's preload API is there: then there is no socket. */
  readonly inDesktop: boolean;
  readonly address: Address & { readonly protocol: string; readonly host: string };
  readonly bar: AddressBar;
  readonly keep: Keep;
  readonly open: (url: string, protocols: string[]) => Socket;
}

export interface FirstSocket<Socket> {
  /** The address of the host's socket. */
  readonly url: string;
  /** The token this page was opened with; null where there is none. */
  readonly token: string | null;
  /** The socket that is on its way, once; null when it was taken, or is past connecting: its news would be missed. */
  take(): Socket | null;
}

/** Opens a socket to the host at once, where the page has a token for it. */
export function openFirstSocket<Socket extends Opening>(place: Place<Socket>): FirstSocket<Socket> {
  const { address, bar, keep, open, inDesktop } = place;
  const url = `${address.protocol === 'https:' ? 'wss' : 'ws'}://${address.host}/ws`;
  const token = inDesktop ? null : readToken(address, bar, keep);
  let first = token === null ? null : open(url, socketProtocols(token));
  return {
    url,
    token,
    take() {
      const socket = first;
      first = null;
      if (socket === null || socket.readyState === CONNECTING) return socket;
      socket.close();
      return null;
    },
  };
}
