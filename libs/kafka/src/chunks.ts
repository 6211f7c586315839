import type { KafkaMessage } from 'kafkajs';

/** Values of a chunk, in bytes: with what is made of them a chunk takes several times as much memory, for each partition. */
export const CHUNK_BYTES = 1024 * 1024;

/** Chunks of much the same size, of `most` messages and {@link CHUNK_BYTES} at most; one message alone may be larger. */
export function* chunksOf(messages: readonly KafkaMessage[], most: number): Generator<KafkaMessage[]> {
  const size = Math.ceil(messages.length / Math.ceil(messages.length / most));
  let chunk: KafkaMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const valueBytes = message.value?.length ?? 0;
    if (chunk.length > 0 && (chunk.length === size || bytes + valueBytes > CHUNK_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += valueBytes;
  }
  if (chunk.length > 0) yield chunk;
}
