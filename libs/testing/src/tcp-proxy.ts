import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of an engine, to take it away and give it back. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts all connections and refuses new ones. */
  readonly cut: () => void;
  /** Keeps connections open and lets nothing through: an engine that hangs. */
  readonly freeze: () => void;
  /** Lets everything through again. */
  readonly restore: () => void;
  readonly close: () => Promise<void>;
}

/** Listens on a free port of the loopback and forwards to a port there. */
export async function startTcpProxy(targetPort: number, targetHost = '127.0.0.1'): Promise<TcpProxy> {
  let state: 'open' | 'cut' | 'frozen' = 'open';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const target = connect(targetPort, targetHost);
    keep(target);
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    client.pipe(target);
    target.pipe(client);
    if (state === 'frozen') for (const socket of [client, target]) socket.pause();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    freeze: () => {
      state = 'frozen';
      for (const socket of sockets) socket.pause();
    },
    restore: () => {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
