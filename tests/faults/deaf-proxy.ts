import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy that can let requests through and lose their answers. */
export interface DeafProxy {
  readonly port: number;
  /** From now on the server gets what clients send, and nothing comes back. */
  readonly loseAnswers: () => void;
  /** Closes the connections that lost something; new ones work. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

export async function startDeafProxy(targetPort: number): Promise<DeafProxy> {
  let losing = false;
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    clients.add(client);
    client.on('error', () => client.destroy());
    target.on('error', () => target.destroy());
    client.on('close', () => {
      clients.delete(client);
      target.destroy();
    });
    target.on('close', () => client.destroy());
    client.pipe(target);
    target.on('data', (answer) => {
      if (!losing) client.write(answer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => {
    for (const client of clients) client.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: () => {
      losing = true;
    },
    mend: () => {
      losing = false;
      cut();
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
