import { WebSocket } from 'ws';
import type { Envelope } from './socket-client.ts';

/** The dashboard's WebSocket, at the address a host printed. */
export async function openPage(url: string): Promise<WebSocket> {
  const { origin, port, hash } = new URL(url);
  const token = hash.slice('#token='.length);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['skillward.v1', `token.${token}`], { origin });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** What a page may do: a bare client of that socket. */
export async function connectAsPage(url: string): Promise<{
  request(command: string, payload: unknown): Promise<Envelope>;
  close(): void;
}> {
  const socket = await openPage(url);
  const waiting = new Map<string, (envelope: Envelope) => void>();
  socket.on('message', (data) => {
    const envelope = JSON.parse(String(data)) as Envelope;
    if (envelope.requestId !== null) waiting.get(envelope.requestId)?.(envelope);
  });
  let last = 0;
  return {
    request(command, payload) {
      last += 1;
      const requestId = `p${last}`;
      const answer = new Promise<Envelope>((resolve) => waiting.set(requestId, resolve));
      socket.send(JSON.stringify({ v: 1, requestId, command, payload }));
      return answer;
    },
    close: () => socket.close(),
  };
}
