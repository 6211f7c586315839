import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/*
 * Below the range out of which Linux, macOS and Windows give outgoing connections their ports: a port out of that range
 * can be taken by any connection before the engine binds it, and a client that reconnects to a stopped engine can even
 * connect to itself and keep the engine from coming back.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;
const ATTEMPTS = 200;

const handedOut = new Set<number>();

/**
 * A TCP port that is free on the loopback interface; each call of this process gives another one.
 * Another process can still take it before it is used: retry where binding fails.
 *
 * @param above how far above it there must be another free port, which is handed out with it; 0 for none
 * @throws Error when none is found.
 */
export async function findFreePort(above = 0): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST - above + 1);
    const ports = above === 0 ? [port] : [port, port + above];
    if (ports.some((one) => handedOut.has(one))) continue;
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) {
      for (const one of ports) handedOut.add(one);
      return port;
    }
  }
  throw new Error(`no free TCP port found between ${LOWEST} and ${HIGHEST}`);
}

/** Whether a TCP port can be bound on the loopback interface now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
