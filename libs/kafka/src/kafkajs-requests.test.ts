import { createRequire } from 'node:module';
import { crc32c } from '@node-rs/crc32';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupMessagesPerPartition } from './kafkajs-group-messages.ts';
import { createProduceRequest, type ProduceRequestOptions } from './kafkajs-produce-request.ts';
import { frameRequest, type FramedRequest } from './kafkajs-request-frame.ts';
import { murmur2 } from './murmur2.ts';

// Jest's module cache is read-only, so this is kafkajs as it was published: what replaces its parts must do the same.
const require = createRequire(import.meta.url);
const load = (path: string): unknown => require(`kafkajs/src/${path}`);
const theirRequest = load('protocol/requests/produce/v3/request') as (
  options: ProduceRequestOptions,
) => FramedRequest['request'];
const theirFrame = load('protocol/request') as (framed: FramedRequest) => Promise<{ buffer: Buffer }>;
const theirMurmur2 = load('producer/partitioners/default/murmur2') as (key: Buffer | string) => number;
const theirGroups = load('producer/groupMessagesPerPartition') as typeof groupMessagesPerPartition;
const { lookupCodec } = load('protocol/message/compression') as {
  lookupCodec: (compression: number) => { compress: (records: { buffer: Buffer }) => Promise<Buffer> };
};

const ourRequest = createProduceRequest({
  crc32c,
  compress: (compression, records) => lookupCodec(compression).compress({ buffer: records }),
  nowMs: Date.now,
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom('', 'ä„😀', 'x'.repeat(9000), 'ß'.repeat(70_000), Buffer.alloc(600_000, 7)),
);
const message = fc.record(
  {
    key: fc.oneof(fc.constant(null), bytes),
    value: fc.oneof(fc.constant(null), bytes),
    // Always there: without it kafkajs takes the time of the call.
    timestamp: fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }).map(String),
    headers: fc.dictionary(fc.string({ maxLength: 40 }), fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), {
      maxKeys: 6,
    }),
  },
  { requiredKeys: ['value', 'timestamp'] },
);
const options = fc.record({
  acks: fc.constantFrom(-1, 0, 1),
  timeout: fc.integer({ min: 0, max: 60_000 }),
  compression: fc.constantFrom(0, 1),
  transactionalId: fc.constantFrom(null, 'transaction'),
  producerId: fc.constantFrom('-1', '9007199254740993'),
  producerEpoch: fc.integer({ min: 0, max: 32_767 }),
  topicData: fc.array(
    fc.record({
      topic: fc.constantFrom('news.article.cleaned.v1', 'ä'),
      partitions: fc.array(
        fc.record({
          partition: fc.nat({ max: 100 }),
          firstSequence: fc.nat({ max: 2 ** 31 - 1 }),
          messages: fc.array(message, { minLength: 1, maxLength: 70 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { maxLength: 2 },
  ),
});

describe('requests to the broker', () => {
  it('are to the byte what kafkajs sends', async () => {
    const property = fc.asyncProperty(options, fc.nat(), async (given, correlationId) => {
      const frame = { correlationId, clientId: 'wirefold-ä' };
      const theirs = await theirFrame({ ...frame, request: theirRequest(given) });
      const ours = await frameRequest({ ...frame, request: ourRequest(given) });
      expect(ours.buffer.equals(theirs.buffer)).toBe(true);
      expect(ours.size()).toBe(theirs.buffer.length);
    });
    await fc.assert(property, { numRuns: 60 });
  }, 60_000);

  it('take the time of the call where a message has none', async () => {
    const nowMs = 1_769_860_800_500;
    const request = createProduceRequest({
      crc32c,
      compress: async (_, records) => records,
      nowMs: () => nowMs,
    });
    const topicData = [{ topic: 't', partitions: [{ partition: 0, messages: [{ value: 'a' }] }] }];
    const { buffer } = await request({ acks: -1, timeout: 1, topicData }).encode();
    expect(buffer.includes(Buffer.from(nowMs.toString(16).padStart(16, '0'), 'hex'))).toBe(true);
  });

  it('hold a header without a value, at which kafkajs throws', async () => {
    const messages = [{ value: 'a', headers: { none: null, name: 'b' } }];
    const topicData = [{ topic: 't', partitions: [{ partition: 0, messages }] }];
    const { buffer } = await ourRequest({ acks: -1, timeout: 1, topicData }).encode();
    // Two headers: the name of four bytes, length -1; the name of four bytes, one byte.
    const headers = Buffer.concat([
      Buffer.from([4, 8]),
      Buffer.from('none'),
      Buffer.from([1, 8]),
      Buffer.from('name'),
      Buffer.from([2]),
      Buffer.from('b'),
    ]);
    expect(buffer.subarray(-headers.length)).toEqual(headers);
  });
});

describe('murmur2', () => {
  it('chooses the partition that kafkajs and the Java client choose', () => {
    const key = fc.oneof(
      bytes.filter((one) => one.length < 500),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(fc.property(key, (one) => expect(murmur2(one)).toBe(theirMurmur2(one))));
    // From org.apache.kafka.common.utils.UtilsTest.
    expect(['21', 'foobar', 'a-little-bit-long-string', 'abc'].map((one) => murmur2(one))).toEqual([
      -973_932_308, -790_332_482, -985_981_536, 479_470_107,
    ]);
  });

  it('takes a long key in no time', () => {
    expect(murmur2('x'.repeat(1_000_000))).toEqual(expect.any(Number));
  });
});

describe('groupMessagesPerPartition', () => {
  it('sorts as kafkajs does', () => {
    const messages = Array.from({ length: 500 }, (_, index) => ({ index }));
    const unsorted = {
      topic: 't',
      partitionMetadata: [{}],
      messages,
      partitioner: (choice: { message: { index: number } }) => (choice.message.index * 7) % 5,
    };
    expect(groupMessagesPerPartition(unsorted)).toEqual(theirGroups(unsorted));
    expect(groupMessagesPerPartition({ ...unsorted, partitionMetadata: [] })).toEqual({});
  });
});
