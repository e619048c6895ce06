import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { LineSession } from '../../runtime/line-session.ts';
import { makeStandIn } from '../../runtime/stand-in-folder.ts';
import type { Warden } from '../../runtime/warden.ts';
import { controlSocketPath, controlSocketPaths, MAX_SOCKET_PATH_BYTES } from './socket-path.ts';

/** A reader this far behind is cut off, bytes: a slow client must not grow the host. */
const MAX_UNSENT_BYTES = 16 * 1_048_576;

export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** There is no place where commands could be given to a host: neither in its data folder nor in the one that stands in for it. */
export class NoSocketPlaceError extends Error {
  override readonly name = 'NoSocketPlaceError';
}

/**
 * Opens the control socket: mode 0600 in a 0700 folder, NDJSON envelopes both ways. In the data folder, or, where that
 * takes none, in the folder that stands in for it. Throws `NoSocketPlaceError`.
 * The caller holds the data folder's lock, so a file left there is a dead host's and is removed.
 */
export async function openControlSocket(dataDir: string, warden: Warden): Promise<ControlSocket> {
  const connections = new Set<Socket>();
  // Half-open, so that whoever sends one request and closes its side still gets the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    serve(socket, warden);
  });
  const path = await listenSomewhere(server, dataDir);
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

/** Answers the path it listens at. */
async function listenSomewhere(server: Server, dataDir: string): Promise<string> {
  const own = controlSocketPath(dataDir);
  let why: unknown;
  try {
    await listenAt(server, own);
    return own;
  } catch (error) {
    why = error;
  }
  makeStandIn(dataDir);
  for (const path of controlSocketPaths(dataDir).slice(1)) {
    try {
      await listenAt(server, path);
      return path;
    } catch {
      // What stood in the way of the first choice says more.
    }
  }
  const reason = why instanceof Error ? why.message : String(why);
  throw new NoSocketPlaceError(
    `The control socket could not be opened, neither in the data folder ${dataDir} nor in the folder for temporary files: ${reason}. Choose another folder with --data-dir.`,
  );
}

async function listenAt(server: Server, path: string): Promise<void> {
  if (process.platform === 'win32') return listen(server, path);
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) {
    throw new Error(`its path is too long for a socket (${path})`);
  }
  await rm(path, { force: true });
  await listen(server, path);
  await chmod(path, 0o600);
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
