import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy before a broker that can let requests through and lose their answers, or answer some in its place. */
export interface DeafProxy {
  readonly port: number;
  /** From now on the server gets what clients send, and nothing comes back. */
  readonly loseAnswers: () => void;
  /** From now on who asks to join a group is told that its coordinator is still loading. */
  readonly refuseJoins: () => void;
  /** How many were told so. */
  readonly refusedJoins: () => number;
  /** Closes the connections that lost something; new ones work. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

export async function startDeafProxy(targetPort: number): Promise<DeafProxy> {
  let losing = false;
  let refusing = false;
  let refused = 0;
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
    client.on('data', (bytes: Buffer) => {
      if (refusing && isJoin(bytes)) {
        refused += 1;
        client.write(stillLoading(bytes));
      } else {
        target.write(bytes);
      }
    });
    client.on('end', () => target.end());
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
    refuseJoins: () => {
      refusing = true;
    },
    refusedJoins: () => refused,
    mend: () => {
      losing = false;
      refusing = false;
      cut();
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}

/** Numbers of Kafka's protocol: a request, the version of it that kafkajs speaks, an error. */
const JOIN_GROUP = 11;
const JOIN_GROUP_VERSION = 5;
const COORDINATOR_LOAD_IN_PROGRESS = 14;

/** Whether a piece of a connection begins with such a request: size, kind, version, then a number that its answer repeats. */
const isJoin = (request: Buffer): boolean =>
  request.length > 12 &&
  request.readInt16BE(4) === JOIN_GROUP &&
  request.readInt16BE(6) === JOIN_GROUP_VERSION;

/** Size, number of the request, throttling, error, generation, protocol, leader, member, members. */
function stillLoading(request: Buffer): Buffer {
  const answer = Buffer.alloc(4 + 4 + 4 + 2 + 4 + 2 + 2 + 2 + 4);
  answer.writeInt32BE(answer.length - 4, 0);
  request.copy(answer, 4, 8, 12);
  answer.writeInt16BE(COORDINATOR_LOAD_IN_PROGRESS, 12);
  answer.writeInt32BE(-1, 14);
  return answer;
}
