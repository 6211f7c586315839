import { limits } from '@wirefold/contracts';

/**
 * What the batches of one response of the broker may unpack to, in bytes, before the rest of it is left for the next
 * fetch. kafkajs unpacks a whole response at once: a mebibyte of batches that are each just under the cap of
 * one batch would fill any memory.
 */
const RESPONSE_BYTES = 2 * limits.decompressedBytes;

/** By the memory of a response, which kafkajs only slices. */
const unpackedBytes = new WeakMap<ArrayBufferLike, number>();

/**
 * Asks before a batch is unpacked.
 *
 * @throws Error of the name by which kafkajs knows a batch that was cut off by the size of the response: what came before
 *   it is handled, and it is fetched again from its offset. The first batch of a response is never refused.
 */
export function requireRoom(packed: Buffer): void {
  if ((unpackedBytes.get(packed.buffer) ?? 0) < RESPONSE_BYTES) return;
  const error = new Error('the response unpacks to too much; the rest of it is fetched again');
  error.name = 'KafkaJSPartialMessageError';
  throw error;
}

/** Notes what a batch of a response was unpacked to. */
export function noteUnpacked(packed: Buffer, unpacked: Buffer): void {
  unpackedBytes.set(packed.buffer, (unpackedBytes.get(packed.buffer) ?? 0) + unpacked.length);
}
