import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const TOKEN = 'secret-token-0123456789';
const CONNECTING = 0;
const OPEN = 1;

class FakeSocket {
  static readonly CONNECTING = CONNECTING;
  static readonly all: FakeSocket[] = [];
  readyState = CONNECTING;
  closed = false;
  readonly url: string;
  readonly protocols: readonly string[];
  constructor(url: string, protocols: readonly string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

/** The module as a page reads it: anew, with this address and this window. */
async function pageAt(hash: string, page: object = {}) {
  const replaceState = vi.fn();
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', { protocol: 'http:', host: '127.0.0.1:4000', pathname: '/', search: '', hash });
  vi.stubGlobal('history', { replaceState });
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('WebSocket', FakeSocket);
  return { replaceState, ...(await import('../../../renderer/bridge/first-socket.ts')) };
}

beforeEach(() => {
  vi.resetModules();
  FakeSocket.all.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

it('is on its way as soon as it is read, its token in no address, and is handed out once', async () => {
  const { takeFirstSocket, pageToken, replaceState } = await pageAt(`#token=${TOKEN}`);
  const [socket] = FakeSocket.all;
  expect(socket?.url).toBe('ws://127.0.0.1:4000/ws');
  expect(socket?.protocols).toEqual(['skillward.v1', `token.${TOKEN}`]);
  expect(replaceState).toHaveBeenCalledWith(null, '', '/');
  expect(pageToken).toBe(TOKEN);
  expect(takeFirstSocket()).toBe(socket);
  expect(takeFirstSocket()).toBeNull();
  expect(socket?.closed).toBe(false);
});

it('is not used once it has opened: what it said then was heard by nobody', async () => {
  const { takeFirstSocket } = await pageAt(`#token=${TOKEN}`);
  const [socket] = FakeSocket.all;
  if (socket !== undefined) socket.readyState = OPEN;
  expect(takeFirstSocket()).toBeNull();
  expect(socket?.closed).toBe(true);
});

it('is not opened without a token, nor in the desktop app, whose address is left as it is', async () => {
  const page = await pageAt('');
  expect(page.takeFirstSocket()).toBeNull();
  vi.resetModules();
  const desktop = await pageAt(`#token=${TOKEN}`, { skillward: {} });
  expect(desktop.takeFirstSocket()).toBeNull();
  expect(desktop.pageToken).toBeNull();
  expect(desktop.replaceState).not.toHaveBeenCalled();
  expect(FakeSocket.all).toEqual([]);
});
