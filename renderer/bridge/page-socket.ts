import { openFirstSocket } from './first-socket.ts';

// With what it needs in a chunk of its own, read before everything else of the page: the socket shakes hands while the rest
// is being read, which takes longer than the host.
export const pageSocket = openFirstSocket({
  inDesktop: 'skillward' in window,
  address: location,
  bar: history,
  keep: sessionStorage,
  open: (url, protocols) => new WebSocket(url, protocols),
});
