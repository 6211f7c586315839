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
  // What follows is left out where it says nothing: flags, the publisher's own time or 0, texts after a kill.
  z.int().min(0).max(3).optional(),
  z
    .int()
    .min(0)
    .max(Date.UTC(2100, 0, 1))
    .optional(),
  z.array(z.string()).max(100).optional(),
]);

const CANCELED = 1;
const SCRAPED = 2;

function encode(known: KnownVersion): string {
  const {
    version,
    createdMs,
    second,
    contentHash,
    origin,
    canceled,
    scraped,
    madeMs = 0,
    wiped = [],
  } = known;
  const flags = (canceled ? CANCELED : 0) + (scraped ? SCRAPED : 0);
  const more = wiped.length > 0 ? [flags, madeMs, wiped] : madeMs > 0 ? [flags, madeMs] : [flags];
  return JSON.stringify([
    version,
    createdMs,
    second,
    contentHash,
    origin,
    ...(flags === 0 && more.length === 1 ? [] : more),
  ]);
}

function decode(text: string): KnownVersion | undefined {
  try {
    const [version, createdMs, second, contentHash, origin, flags = 0, madeMs, wiped] = stored.parse(
      JSON.parse(text),
    );
    return {
      version,
      createdMs,
      second,
      contentHash,
      origin,
      ...((flags & CANCELED) !== 0 && { canceled: true }),
      ...((flags & SCRAPED) !== 0 && { scraped: true }),
      ...(madeMs && { madeMs }),
      ...(wiped && { wiped }),
    };
  } catch {
    return undefined;
  }
}

/**
 * Sets a version unless a newer one is there, by number and second: both only grow with what is passed on. One key, so that
 * it works on Redis Cluster. By `pcall`: what is no text is overwritten.
 */
const REMEMBER = `
local current = redis.pcall('GET', KEYS[1])
if type(current) == 'string' then
  local ok, known = pcall(cjson.decode, current)
  if ok and type(known) == 'table' and type(known[1]) == 'number' and type(known[3]) == 'number' then
    local version, second = tonumber(ARGV[2]), tonumber(ARGV[3])
    if known[1] > version or (known[1] == version and known[3] > second) then return 0 end
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
return 1`;

type WithRemember = Redis & {
  rememberVersion: (
    key: string,
    value: string,
    version: number,
    second: number,
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
            rememberVersion.call(client, keyOf(uri), encode(known), known.version, known.second, ttlMs),
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
