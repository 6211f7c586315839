const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * MurmurHash2 as Kafka's clients use it to choose a partition (org.apache.kafka.common.utils.Utils.murmur2), as a signed 32 bit
 * number. kafkajs has it in ever growing BigInts: 2 µs for a short key, and time that grows with the square of its length.
 */
export function murmur2(key: Buffer | string): number {
  const bytes = Buffer.isBuffer(key) ? key : Buffer.from(key);
  const { length } = bytes;
  let hash = SEED ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (length > whole) {
    for (let at = length - 1; at >= whole; at -= 1) hash ^= (bytes[at] as number) << (8 * (at - whole));
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
