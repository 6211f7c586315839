import { documentId } from '@wirefold/contracts';
import { asError } from '@wirefold/pipeline';
import type { GuardedRedis } from '@wirefold/redis';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { VersionStore } from '../core/ingest-batch.ts';
import type { KnownVersion } from '../core/version-order.ts';

/**
 * What is remembered, as a short JSON array: the field names would be half of it. With the contract's limits, as a version of
 * the year 9999 would make all others stale.
 */
const stored = z.tuple([
  z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  z
    .int()
    .min(0)
    .max(Date.UTC(2100, 0, 1)),
  z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  z.string(),
  z.string(),
]);

const encode = (known: KnownVersion): string =>
  JSON.stringify([known.version, known.createdMs, known.second, known.contentHash, known.origin]);

function decode(text: string): KnownVersion | undefined {
  try {
    const [version, createdMs, second, contentHash, origin] = stored.parse(JSON.parse(text));
    return { version, createdMs, second, contentHash, origin };
  } catch {
    return undefined;
  }
}

/**
 * Sets a version unless a newer one is there; one key, so that it works on Redis Cluster. By `pcall`: what is no text is
 * overwritten.
 */
const REMEMBER = `
local current = redis.pcall('GET', KEYS[1])
if type(current) == 'string' then
  local ok, known = pcall(cjson.decode, current)
  if ok and type(known) == 'table' and type(known[1]) == 'number' and type(known[2]) == 'number' then
    local version, created = tonumber(ARGV[2]), tonumber(ARGV[3])
    if known[1] > version or (known[1] == version and known[2] > created) then return 0 end
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
return 1`;

type WithRemember = Redis & {
  rememberVersion: (
    key: string,
    value: string,
    version: number,
    createdMs: number,
    ttlMs: number,
  ) => Promise<number>;
};

/**
 * Versions in Redis, about 200 bytes an article. Commands of one tick go out together (auto-pipelining).
 *
 * @param prefix begins each key
 * @param ttlMs how long an article is remembered after it was last seen
 */
export function createRedisVersionStore(
  { client, run }: GuardedRedis,
  prefix: string,
  ttlMs: number,
): VersionStore {
  client.defineCommand('rememberVersion', { numberOfKeys: 1, lua: REMEMBER });
  const { rememberVersion } = client as WithRemember;
  const keyOf = (uri: string) => `${prefix}:version:${documentId(uri)}`;

  /** What another version of Wirefold wrote, or somebody by hand, is forgotten: one bad key must not stop everyone. */
  const readOne = async (key: string): Promise<KnownVersion | undefined> => {
    const text = await client.get(key).catch(textOfWrongType);
    if (text === null) return undefined;
    const known = decode(text);
    if (known === undefined) await client.unlink(key);
    return known;
  };

  return {
    read: async (uris) => {
      const versions = await run(() => Promise.all(uris.map((uri) => readOne(keyOf(uri)))));
      return new Map(
        uris.flatMap((uri, index) => {
          const known = versions[index];
          return known === undefined ? [] : [[uri, known] as const];
        }),
      );
    },
    remember: async (versions) => {
      const writes = [...versions];
      await run(() =>
        Promise.all(
          writes.map(([uri, known]) =>
            rememberVersion.call(client, keyOf(uri), encode(known), known.version, known.createdMs, ttlMs),
          ),
        ),
      );
    },
  };
}

/** A hash or a list where a text should be: no version that could be read. */
function textOfWrongType(thrown: unknown): string {
  if (!asError(thrown).message.startsWith('WRONGTYPE')) throw thrown;
  return '';
}
