import { ConfigurationError } from '@wirefold/pipeline';
import { Cluster, Redis, type ClusterNode } from 'ioredis';
import type { RedisConfig } from './environment.ts';
import { retryDelayMs, type RedisConnections } from './redis-connections.ts';
import { clusterDown, saysNoReason } from './redis-outage.ts';

/** After it a node that hangs, and was replaced, is given up. */
const SLOTS_REFRESH_MS = 2000;
/** Tries of one command, 100 ms after each other where it is no redirection. */
const CLUSTER_MAX_TRIES = 6;
/** As ioredis puts it. */
const CLOSED = 'Connection is closed.';

/** @throws ConfigurationError where the URL names a database, which a cluster has not */
export function openCluster({
  REDIS_URL: url,
  REDIS_TIMEOUT_MS: commandTimeoutMs,
}: RedisConfig): RedisConnections {
  const { protocol, username, password, pathname } = new URL(url);
  if (!/^\/?0?$/.test(pathname))
    throw new ConfigurationError(
      `REDIS_URL names the database ${pathname.slice(1)}: a Redis Cluster has only 0`,
    );

  let known: ClusterNode[] = [];
  const client = new Cluster([url], {
    enableAutoPipelining: true,
    // Its commands would have no time limit.
    enableOfflineQueue: false,
    clusterRetryStrategy(this: { startupNodes: ClusterNode[] }, attempt: number) {
      // The node of the URL may be gone for good.
      this.startupNodes = [url, ...known];
      return retryDelayMs(attempt);
    },
    // A name stays one, for TLS to check the certificate by it.
    dnsLookup: (host, found) => found(null, host),
    maxRedirections: CLUSTER_MAX_TRIES,
    slotsRefreshTimeout: commandTimeoutMs,
    redisOptions: {
      commandTimeout: commandTimeoutMs,
      connectTimeout: commandTimeoutMs,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
  // Its own slotsRefreshInterval outlives the client that is closed during a refresh, and so would the process.
  const refresh = setInterval(() => {
    if (client.status === 'ready') client.refreshSlotsCache();
  }, SLOTS_REFRESH_MS).unref();
  client.on('end', () => clearInterval(refresh));

  // By the node's address, the latest one last; without one, it was no node in particular.
  const failures = new Map<string, Error>();
  const failed = (error: Error, node = '') => {
    failures.delete(node);
    failures.set(node, error);
  };
  const connectionError = () => [...failures.values()].at(-1);
  client.on('error', (error: Error) => failed(error));
  client.on('node error', failed);
  client.on('+node', (node: Redis) => {
    node.on('ready', () => failures.delete(addressOf(node)));
  });
  client.on('refresh', () => {
    const nodes = client.nodes();
    known = nodes.map(({ options: { host, port } }) => ({ host, port }));
    const addresses = new Set(nodes.map(addressOf));
    for (const address of failures.keys()) if (!addresses.has(address)) failures.delete(address);
  });

  let waiting: Promise<void> | undefined;
  return {
    client,
    masters: () => client.nodes('master'),
    untilUsable: async () => {
      if (client.status === 'ready') return;
      if (client.status === 'end') throw new Error(CLOSED);
      waiting ??= untilReady(client, commandTimeoutMs)
        .catch(async (error: unknown) => {
          const reason = connectionError();
          if (reason === undefined) throw error;
          const why = saysNoReason(reason) ? await whyUnreachable(url, commandTimeoutMs) : undefined;
          if (why !== undefined) failed(why);
          throw new Error(CLOSED);
        })
        .finally(() => {
          waiting = undefined;
        });
      await waiting;
    },
    connectionError,
  };
}

const addressOf = ({ options: { host, port } }: Redis): string => `${host}:${port}`;

/** A cluster whose nodes answer, and which is not ready all the same, says itself that it is down. */
function untilReady(cluster: Cluster, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      clearTimeout(timer);
      cluster.off('ready', ready).off('close', notReady).off('end', notReady);
      how();
    };
    const ready = () => settle(resolve);
    const notReady = () =>
      settle(() =>
        reject(
          cluster.status === 'end'
            ? new Error(CLOSED)
            : clusterDown('The cluster serves not all of its slots, or does not answer'),
        ),
      );
    const timer = setTimeout(notReady, withinMs);
    cluster.on('ready', ready).on('close', notReady).on('end', notReady);
  });
}

/** Why the node of the URL can't be connected to: ioredis keeps silent of it when it asks for the slots; undefined if it can. */
async function whyUnreachable(url: string, withinMs: number): Promise<Error | undefined> {
  let reason: Error | undefined;
  const node = new Redis(url, {
    lazyConnect: true,
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    retryStrategy: () => null,
  });
  node.on('error', (error: Error) => {
    reason ??= error;
  });
  await node.connect().catch(() => undefined);
  node.disconnect();
  return reason;
}
