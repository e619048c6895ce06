import { createConnection, createServer, type Socket } from 'node:net';

/** A way to a port of this machine that can be made to carry nothing, as a broken net does: no byte, and no end either. */
export interface StallingProxy {
  readonly port: number;
  stall(): void;
  /** Ends every connection, and every new one at once. */
  cut(): void;
  /** Lets everything on that waited, and new connections through. */
  flow(): void;
  close(): void;
}

export function startProxy(toPort: number): Promise<StallingProxy> {
  const sockets = new Set<Socket>();
  const pairs: (readonly [Socket, Socket])[] = [];
  let stalled = false;
  let closed = false;
  const server = createServer((near) => {
    if (closed) {
      near.destroy();
      return;
    }
    const far = createConnection(toPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (stalled) from.unpipe(to).pause();
    }
    pairs.push([near, far], [far, near]);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port was given'));
      resolve({
        port: address.port,
        stall: () => {
          stalled = true;
          for (const [from, to] of pairs) from.unpipe(to).pause();
        },
        flow: () => {
          stalled = false;
          closed = false;
          for (const [from, to] of pairs) from.pipe(to);
        },
        cut: () => {
          closed = true;
          for (const socket of sockets) socket.destroy();
          pairs.length = 0;
        },
        close: () => {
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}
