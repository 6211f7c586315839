import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  startRedisClusterNodes,
  type RedisClusterOptions,
  type RedisClusterProcesses,
} from '@wirefold/engines';
import { repositoryRoot } from './test-engines.ts';

/**
 * A Redis Cluster of one test. A node is hung by `kill('SIGSTOP')` until `kill('SIGCONT')`, crashes by `kill('SIGKILL')`, and comes
 * back by `restart()`.
 */
export interface TestRedisCluster extends RedisClusterProcesses {
  /** The first node's. */
  readonly url: string;
}

/** Starts three masters on the loopback, whatever the environment names; without data after a crash unless they are kept. */
export async function startRedisCluster({
  masters = 3,
  replicas = 0,
  keepData = false,
}: Partial<Pick<RedisClusterOptions, 'masters' | 'replicas' | 'keepData'>> = {}): Promise<TestRedisCluster> {
  const local = join(repositoryRoot, '.local');
  await mkdir(local, { recursive: true });
  const directory = await mkdtemp(join(local, 'test-'));
  const cluster = await startRedisClusterNodes({
    root: repositoryRoot,
    directory,
    masters,
    replicas,
    keepData,
    environment: process.env,
  });
  return {
    ...cluster,
    url: `redis://127.0.0.1:${cluster.nodes[0]?.port}`,
    stop: async () => {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
