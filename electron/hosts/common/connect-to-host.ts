import { createConnection, type Socket } from 'node:net';
import { controlSocketPaths } from './socket-path.ts';

/** A connection to the host of this data folder, wherever its control socket is; null when none answers. */
export async function connectToHost(dataDir: string): Promise<Socket | null> {
  for (const path of controlSocketPaths(dataDir)) {
    const socket = await connect(path);
    if (socket !== null) return socket;
  }
  return null;
}

function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}
