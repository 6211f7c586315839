import type { Posting } from '../fingerprint.ts';

/** Hash tags over which keys are spread: few, so that one script does the work of many keys; enough for a Redis Cluster of some five masters. */
export const SHARDS = 16;
/** Buckets of a shard: with 16 shards some 80 postings in each at a million stories. More make few stories dear, fewer many slow. */
const BUCKETS = 16_384;

/** The shard of an article or a story, by the first characters of its id, which is a hash. */
export const shardOf = (ref: string): number =>
  (Buffer.from(ref.slice(0, 4), 'base64url')[0] as number) % SHARDS;

/** Where a posting is: its shard, and bucket (2 bytes) and tag (3 bytes) in it. 42 bits in all. */
export function placesOf({ hash, check }: Posting): { readonly shard: number; readonly place: Buffer } {
  const place = Buffer.allocUnsafe(5);
  place.writeUInt16BE(Math.floor(check / SHARDS) % BUCKETS, 0);
  place.writeUIntBE(((check >>> 18) % 512) * 2 ** 15 + (hash % 2 ** 15), 2, 3);
  return { shard: check % SHARDS, place };
}
