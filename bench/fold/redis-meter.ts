import type { GuardedRedis } from '@wirefold/redis';
import { Cluster } from 'ioredis';

/** What Redis has in use, in bytes; of a cluster all masters together. */
export async function memoryOf({ client }: GuardedRedis): Promise<number> {
  const masters = client instanceof Cluster ? client.nodes('master') : [client];
  const used = await Promise.all(
    masters.map(async (master) => Number(/^used_memory:(\d+)/m.exec(await master.info('memory'))?.[1])),
  );
  return used.reduce((sum, bytes) => sum + bytes, 0);
}
