import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './addresses.ts';
import type { EngineContext, EngineDefinition } from './engine-definition.ts';
import { EngineStartFailed } from './engine.ts';
import { findExecutable } from './jdk.ts';
import { probeRedis } from './probes.ts';

/** One Redis: the machine's own `redis-server`, else the one that infra/local brings. */
export const redisEngine: EngineDefinition = {
  name: 'redis',
  portCount: 1,
  async configure(context) {
    await writeFile(configFile(context), config(context));
  },
  async launch(context) {
    const server = (await installedRedis(context.environment)) ?? (await bundledRedis(context.home));
    return { command: server, arguments: [configFile(context)] };
  },
  probe: (port) => probeRedis(port),
};

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

function config({ ports: [port], dataDirectory, keepData }: EngineContext): string {
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
    '',
  ].join('\n');
}
