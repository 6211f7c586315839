import { access, chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './addresses.ts';
import type { EngineContext, EngineDefinition } from './engine-definition.ts';
import { EngineStartFailed } from './engine.ts';
import { findExecutable } from './jdk.ts';
import { probeRedis } from './probes.ts';

/** A cluster's node that is silent for so long is taken for dead. */
const NODE_TIMEOUT_MS = 1500;
/** Where a cluster's node keeps what it knows of the cluster, in its data directory. */
const NODES_FILE = 'nodes.conf';

/**
 * One Redis: the machine's own `redis-server`, else the one that infra/local brings.
 *
 * @param knownNodes what a new node of a Redis Cluster knows of it, as it would write it itself; without it, it is no cluster
 */
export const redisNode = (knownNodes?: string): EngineDefinition => ({
  name: 'redis',
  portCount: 1,
  async configure(context) {
    await writeFile(configFile(context), config(context, knownNodes !== undefined));
    const nodesFile = join(context.dataDirectory, NODES_FILE);
    // A node that comes back knows better.
    if (knownNodes !== undefined && !(await isThere(nodesFile))) await writeFile(nodesFile, knownNodes);
  },
  async launch(context) {
    const server = (await installedRedis(context.environment)) ?? (await bundledRedis(context.home));
    return { command: server, arguments: [configFile(context)] };
  },
  probe: (port) => probeRedis(port),
});

/** One Redis by itself. */
export const redisEngine = redisNode();

/** The machine's own `redis-server`. */
export function installedRedis(environment: Environment): Promise<string | undefined> {
  return findExecutable('redis-server', environment);
}

/** Which of the file names of the embedded-redis jar is for this platform. */
export function pickBinary(names: readonly string[], platform: string, arch: string): string | undefined {
  const suffix = `-${platform}-${{ x64: 'amd64', arm64: 'arm64', ia32: '386' }[arch] ?? arch}`;
  return names.find((name) => name.startsWith('redis-server-') && name.endsWith(suffix));
}

async function bundledRedis(home: string): Promise<string> {
  const names = await readdir(join(home, 'bin'));
  const name = pickBinary(names, process.platform, process.arch);
  if (name === undefined) {
    throw new EngineStartFailed(
      'redis',
      `no Redis binary for ${process.platform} on ${process.arch}: install redis-server or set REDIS_URL`,
    );
  }
  const file = join(home, 'bin', name);
  await chmod(file, 0o755);
  return file;
}

function configFile({ directory }: EngineContext): string {
  return join(directory, 'redis.conf');
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function config({ ports: [port], dataDirectory, keepData }: EngineContext, isInCluster: boolean): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    'daemonize no',
    // Folding's state must not be evicted silently: a full Redis is an outage that is seen.
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${keepData ? 'yes' : 'no'}`,
    // A quoted string with C escapes, as JSON's.
    `dir ${JSON.stringify(dataDirectory)}`,
    ...(isInCluster
      ? [
          'cluster-enabled yes',
          `cluster-config-file ${NODES_FILE}`,
          `cluster-node-timeout ${NODE_TIMEOUT_MS}`,
        ]
      : []),
    '',
  ].join('\n');
}
