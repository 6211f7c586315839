import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './addresses.ts';
import { startEmbeddedEngine, type EmbeddedEngine } from './embedded-engine.ts';
import { EngineStartFailed, type EngineProcess } from './engine.ts';
import { findJdk } from './jdk.ts';
import { findFreePort } from './ports.ts';
import { probeRedisCluster } from './probes.ts';
import { provision } from './provision.ts';
import { installedRedis, redisNode } from './redis-engine.ts';

/** The nodes' own connections go to a port so far above the one for clients; before Redis 7 it can't be set. */
const BUS_PORT_ABOVE = 10_000;
const SLOTS = 16_384;
const SERVING_LIMIT_MS = 30_000;
const PROBE_EVERY_MS = 50;

export interface RedisClusterOptions {
  /** The repository's root: program files are below `.local`. */
  readonly root: string;
  /** Configuration, data and logs; the data are removed at the end. */
  readonly directory: string;
  /** Masters, which share the slots evenly. */
  readonly masters: number;
  /** Replicas of each master. */
  readonly replicas: number;
  /** Whether a node that was killed has its data when it starts again. */
  readonly keepData: boolean;
  readonly environment: Environment;
}

/** A node that runs as a child process. */
export interface RedisClusterNode extends EngineProcess {
  readonly port: number;
  /** Its id in the cluster, 40 hexadecimal digits. */
  readonly id: string;
  /** What it began as, until a failover. */
  readonly role: 'master' | 'replica';
}

export interface RedisClusterProcesses {
  /** Masters first, in the order of their slots. */
  readonly nodes: readonly RedisClusterNode[];
  /**
   * Waits until all nodes know a master for every slot: after one came back, for example.
   * @throws EngineStartFailed
   */
  readonly untilServing: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Redis Cluster whose nodes know each other from the start, and waits until it serves its slots.
 * @throws EngineStartFailed when a node did not come up; the others are stopped then.
 */
export async function startRedisClusterNodes(options: RedisClusterOptions): Promise<RedisClusterProcesses> {
  const { directory, environment, keepData } = options;
  const home = await homeOf(options);
  const places = await placesOf(options);
  const starts = await Promise.allSettled(
    places.map(({ port }) =>
      startEmbeddedEngine({
        definition: redisNode(knownNodes(places, port)),
        home,
        javaHome: undefined,
        environment,
        directory: join(directory, `redis-${port}`),
        keepData,
        report: () => undefined,
        ports: [port],
      }),
    ),
  );
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async () => {
    await Promise.all(running.map((node) => node.stop()));
  };
  const untilServing = async () => {
    await Promise.all(running.map(untilItServes));
  };
  try {
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await untilServing();
  } catch (error) {
    await stop();
    throw error;
  }
  const nodes = places.map((place, index) => nodeOf(place, running[index] as EmbeddedEngine));
  return { nodes, untilServing, stop };
}

async function untilItServes({ port, logFile }: EmbeddedEngine): Promise<void> {
  const giveUpMs = performance.now() + SERVING_LIMIT_MS;
  for (;;) {
    try {
      return await probeRedisCluster(port);
    } catch (error) {
      if (performance.now() > giveUpMs)
        throw new EngineStartFailed('redis', `the node on port ${port} waits in vain: see ${logFile}`, {
          cause: error,
        });
      await delay(PROBE_EVERY_MS);
    }
  }
}

interface Place {
  readonly port: number;
  readonly id: string;
  /** Of a replica: its master's id. */
  readonly masterId?: string;
  /** Of a master: its number. */
  readonly number?: number;
}

async function homeOf({ root, environment }: RedisClusterOptions): Promise<string> {
  if ((await installedRedis(environment)) !== undefined) return '';
  const { jdk } = await findJdk(environment);
  return provision({ root, engine: 'redis', javaHome: jdk?.home, environment, onProgress: () => undefined });
}

async function placesOf({ masters, replicas }: RedisClusterOptions): Promise<Place[]> {
  const ports = await Promise.all(
    Array.from({ length: masters * (1 + replicas) }, () => findFreePort(BUS_PORT_ABOVE)),
  );
  const ids = ports.map((port) => createHash('sha1').update(String(port)).digest('hex'));
  return ports.map((port, index) => ({
    port,
    id: ids[index] as string,
    ...(index < masters ? { number: index } : { masterId: ids[index % masters] as string }),
  }));
}

/** The format in which a node keeps what it knows: that of CLUSTER NODES. https://redis.io/docs/latest/commands/cluster-nodes/ */
function knownNodes(places: readonly Place[], ownPort: number): string {
  const masters = places.filter(({ masterId }) => masterId === undefined).length;
  const firstSlot = (number: number) => Math.floor((SLOTS * number) / masters);
  const lines = places.map(({ port, id, masterId, number = 0 }) => {
    const address = `127.0.0.1:${port}@${port + BUS_PORT_ABOVE}`;
    const role = masterId === undefined ? 'master' : 'slave';
    const flags = port === ownPort ? `myself,${role}` : role;
    const slots = masterId === undefined ? ` ${firstSlot(number)}-${firstSlot(number + 1) - 1}` : '';
    return `${id} ${address} ${flags} ${masterId ?? '-'} 0 0 ${epochOf(places, id, masterId)} connected${slots}`;
  });
  return `${[...lines, `vars currentEpoch ${masters} lastVoteEpoch 0`].join('\n')}\n`;
}

/** Each master has an epoch of its own, and its replicas have it too. */
const epochOf = (places: readonly Place[], id: string, masterId: string | undefined): number =>
  places.findIndex((place) => place.id === (masterId ?? id)) + 1;

const nodeOf = ({ port, id, masterId }: Place, process: EmbeddedEngine): RedisClusterNode => ({
  port,
  id,
  role: masterId === undefined ? 'master' : 'replica',
  get pid() {
    return process.pid;
  },
  logFile: process.logFile,
  kill: (signal) => process.kill(signal),
  restart: () => process.restart(),
});
