import { documentId } from '@wirefold/contracts';
import { asError, Outage } from '@wirefold/pipeline';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { VersionStore } from '../core/ingest-batch.ts';
import type { KnownVersion } from '../core/version-order.ts';

/** What is remembered, as a short JSON array: the field names would be half of it. */
const stored = z.tuple([z.number(), z.number(), z.number(), z.string(), z.string()]);

const encode = (known: KnownVersion): string =>
  JSON.stringify([known.version, known.createdMs, known.second, known.contentHash, known.origin]);

function decode(text: string): KnownVersion | undefined {
  try {
    const [version, createdMs, second, contentHash, origin] = stored.parse(JSON.parse(text));
    return { version, createdMs, second, contentHash, origin };
  } catch {
    // Written by another version of Wirefold, or by hand: as good as forgotten.
    return undefined;
  }
}

/** Sets a version unless a newer one is there; one key, so that it works on Redis Cluster. */
const REMEMBER = `
local current = redis.call('GET', KEYS[1])
if current then
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
export function createRedisVersionStore(redis: Redis, prefix: string, ttlMs: number): VersionStore {
  redis.defineCommand('rememberVersion', { numberOfKeys: 1, lua: REMEMBER });
  const client = redis as WithRemember;
  const key = (uri: string) => `${prefix}:version:${documentId(uri)}`;

  return {
    read: async (uris) => {
      const known = new Map<string, KnownVersion>();
      const texts = await guarded(Promise.all(uris.map((uri) => client.get(key(uri)))));
      uris.forEach((uri, index) => {
        const text = texts[index];
        const version = typeof text === 'string' ? decode(text) : undefined;
        if (version !== undefined) known.set(uri, version);
      });
      return known;
    },
    remember: async (versions) => {
      const writes = [...versions].map(([uri, known]) =>
        client.rememberVersion(key(uri), encode(known), known.version, known.createdMs, ttlMs),
      );
      await guarded(Promise.all(writes));
    },
  };
}

/** Whatever Redis answers with an error to these few commands (down, read-only, out of memory) is an outage. */
async function guarded<Result>(commands: Promise<Result>): Promise<Result> {
  try {
    return await commands;
  } catch (thrown) {
    const error = asError(thrown);
    const code = (error as { code?: string }).code ?? /^[A-Z]+/.exec(error.message)?.[0] ?? error.name;
    throw new Outage('redis', code, error.message, { cause: error });
  }
}
