import type { GuardedRedis } from '@wirefold/redis';
import { Cluster, type Redis } from 'ioredis';

const KEYS_AT_ONCE = 500;

/**
 * Deletes all that is remembered under a prefix: for what was only tried. It looks at every key of the Redis.
 *
 * @throws Outage
 */
export async function forgetFolding({ client, run }: GuardedRedis, prefix: string): Promise<void> {
  const masters: Redis[] = client instanceof Cluster ? client.nodes('master') : [client];
  await run(async () => {
    for (const master of masters) {
      const found = master.scanStream({ match: `{${escaped(prefix)}:fold:*`, count: KEYS_AT_ONCE });
      for await (const keys of found) await Promise.all((keys as string[]).map((key) => master.unlink(key)));
    }
  });
}

const escaped = (text: string): string => text.replaceAll(/[*?[\]\\]/g, String.raw`\$&`);
