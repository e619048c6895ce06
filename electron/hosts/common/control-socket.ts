import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { LineSession } from '../../runtime/line-session.ts';
import type { Warden } from '../../runtime/warden.ts';
import { controlSocketPath, MAX_SOCKET_PATH_BYTES } from './socket-path.ts';

/** A reader this far behind is cut off, bytes: a slow client must not grow the host. */
const MAX_UNSENT_BYTES = 16 * 1_048_576;

export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Opens the control socket: mode 0600 in a 0700 folder, NDJSON envelopes both ways.
 * The caller holds the data folder's lock, so a file left there is a dead host's and is removed.
 */
export async function openControlSocket(dataDir: string, warden: Warden): Promise<ControlSocket> {
  const path = controlSocketPath(dataDir);
  if (process.platform !== 'win32') {
    if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) {
      throw new Error(
        `The data folder's path is too long for a control socket (${path}). Choose a shorter one with --data-dir.`,
      );
    }
    await rm(path, { force: true });
  }
  const connections = new Set<Socket>();
  // Half-open, so that whoever sends one request and closes its side still gets the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    serve(socket, warden);
  });
  await listen(server, path);
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    path,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      });
    },
  };
}

function serve(socket: Socket, warden: Warden): void {
  const session = new LineSession({
    dispatcher: warden.dispatcher,
    hub: warden.hub,
    context: { trust: 'operator' },
    send(text) {
      if (socket.writableLength > MAX_UNSENT_BYTES) socket.destroy();
      else if (socket.writable) socket.write(`${text}\n`);
    },
    close: () => socket.end(),
  });
  socket.on('data', (chunk) => session.push(chunk));
  socket.on('end', () => void session.end().finally(() => socket.end()));
  socket.on('close', () => session.close());
  // A client that goes away mid-answer is its own affair.
  socket.on('error', () => socket.destroy());
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
