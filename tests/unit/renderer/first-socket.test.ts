import { expect, it, vi } from 'vitest';
import { openFirstSocket } from '../../../renderer/bridge/first-socket.ts';

const TOKEN = 'secret-token-0123456789';
const OPEN = 1;

function pageAt(hash: string, inDesktop = false) {
  const socket = { readyState: 0, close: vi.fn() };
  const open = vi.fn((_url: string, _protocols: string[]) => socket);
  const replaceState = vi.fn();
  const first = openFirstSocket({
    inDesktop,
    address: { protocol: 'http:', host: '127.0.0.1:4000', pathname: '/', search: '', hash },
    bar: { replaceState },
    keep: { getItem: () => null, setItem: () => undefined },
    open,
  });
  return { socket, open, replaceState, first };
}

it('is on its way as soon as it is read, its token in no address, and is handed out once', () => {
  const { socket, open, replaceState, first } = pageAt(`#token=${TOKEN}`);
  expect(open.mock.calls).toEqual([['ws://127.0.0.1:4000/ws', ['skillward.v1', `token.${TOKEN}`]]]);
  expect(replaceState).toHaveBeenCalledWith(null, '', '/');
  expect(first.token).toBe(TOKEN);
  expect(first.take()).toBe(socket);
  expect(first.take()).toBeNull();
  expect(socket.close).not.toHaveBeenCalled();
});

it('is not used once it has opened: what it said then was heard by nobody', () => {
  const { socket, first } = pageAt(`#token=${TOKEN}`);
  socket.readyState = OPEN;
  expect(first.take()).toBeNull();
  expect(socket.close).toHaveBeenCalledOnce();
});

it('is not opened without a token, nor in the desktop app, whose address is left as it is', () => {
  const stranger = pageAt('');
  expect(stranger.first.take()).toBeNull();
  const desktop = pageAt(`#token=${TOKEN}`, true);
  expect(desktop.first.take()).toBeNull();
  expect(desktop.first.token).toBeNull();
  expect(desktop.replaceState).not.toHaveBeenCalled();
  for (const { open } of [stranger, desktop]) expect(open).not.toHaveBeenCalled();
});
