import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { CHUNK_BYTES, chunksOf } from './chunks.ts';

const messages = (...sizesBytes: number[]) =>
  sizesBytes.map((sizeBytes, index) => ({
    offset: String(index),
    value: Buffer.alloc(sizeBytes),
  })) as KafkaMessage[];
const sizes = (all: readonly KafkaMessage[], most: number) =>
  [...chunksOf(all, most)].map((chunk) => chunk.map(({ value }) => value?.length ?? 0));

describe('chunks of a batch', () => {
  it('are of much the same size, none larger than asked for', () => {
    expect(sizes(messages(1, 1, 1, 1, 1, 1, 1), 3)).toEqual([[1, 1, 1], [1, 1, 1], [1]]);
    expect(sizes(messages(1, 1, 1, 1), 3)).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('end where their bytes would be too many, and lose nothing', () => {
    const half = CHUNK_BYTES / 2;
    expect(sizes(messages(half, half, 1, half, half), 100)).toEqual([[half, half], [1, half], [half]]);
  });

  it('hold a message alone that is too large by itself', () => {
    expect(sizes(messages(1, CHUNK_BYTES + 1, 1), 100)).toEqual([[1], [CHUNK_BYTES + 1], [1]]);
  });

  it('take messages without a value, and none at all', () => {
    const deleted = [{ offset: '0', value: null }] as KafkaMessage[];
    expect([...chunksOf(deleted, 10)]).toEqual([deleted]);
    expect([...chunksOf([], 10)]).toEqual([]);
  });
});
