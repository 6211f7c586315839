import { describe, expect, it } from '@jest/globals';
import {
  addedHeaders,
  originalHeaders,
  receipt,
  REDRIVES_HEADER,
  stageTopics,
  topics,
  type StageName,
} from '@wirefold/contracts';
import * as fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import {
  deadLetterMessage,
  outputMessage,
  receiptMessage,
  type OutboundContext,
} from './outbound-messages.ts';
import { readRecord } from './records.ts';

const context = (stage: StageName): OutboundContext => ({
  stage,
  output: stageTopics[stage].output,
  position: { topic: stageTopics[stage].input.name, partition: 2 },
  startedAtMs: 1_769_860_800_000,
  nowMs: 1_769_860_800_500,
  randomHex: (digits) => 'a'.repeat(digits),
});
const record = (
  stage: StageName,
  headers: Record<string, unknown>,
  value: Buffer | null = Buffer.from('{}'),
) => {
  const { input } = stageTopics[stage];
  const message = {
    key: Buffer.from([0xff, 0x00]),
    value,
    offset: '5',
    timestamp: '1769860800000',
    attributes: 0,
    headers,
  } as unknown as KafkaMessage;
  return readRecord<unknown>(input, input.schema, { topic: input.name, partition: 2 }, message);
};
const redriven = (count: string) => ({ [REDRIVES_HEADER]: Buffer.from(count) });
const json = (value: unknown) => JSON.parse(String(value)) as Record<string, unknown>;

describe('the count of redrives', () => {
  it('goes with the output, the receipt and the dead letter of every stage', () => {
    for (const stage of ['ingest', 'clean', 'translate', 'enrich', 'index'] as const) {
      const again = record(stage, redriven('2'));
      const output = outputMessage(again, { uri: 'urn:a' }, context(stage));
      const ended = receiptMessage(again, 'stale', context(stage));
      const letter = deadLetterMessage(again, 'unexpected', 'x', context(stage));
      expect(output.message.headers).toMatchObject({ [REDRIVES_HEADER]: '2' });
      expect(json(output.message.value)['redrives']).toBe(stage === 'index' ? 2 : undefined);
      expect(ended.message.headers).toMatchObject({ [REDRIVES_HEADER]: '2' });
      expect(json(ended.message.value)['redrives']).toBe(2);
      expect(receipt.safeParse(json(ended.message.value)).error).toBeUndefined();
      expect(letter.message.headers?.[REDRIVES_HEADER]).toEqual([Buffer.from('2')]);
    }
  });

  it.each([undefined, '0', '100', 'many'])('is nowhere where the header is %p', (count) => {
    const fresh = record('clean', count === undefined ? {} : redriven(count));
    const ended = receiptMessage(fresh, 'stale', context('clean'));
    expect(ended.message.headers).not.toHaveProperty([REDRIVES_HEADER]);
    expect(json(ended.message.value)).not.toHaveProperty('redrives');
  });

  it('is kept by a letter that is cut, which keeps no other header', () => {
    const huge = record('clean', { ...redriven('3'), a: Buffer.from('x') }, Buffer.alloc(30_000_000, 'v'));
    const { headers } = deadLetterMessage(huge, 'too-large', 'x', context('clean')).message;
    expect(headers).toMatchObject({ [REDRIVES_HEADER]: '3', 'wirefold-cut': expect.any(String) });
    expect(headers).not.toHaveProperty('a');
  });
});

describe('a dead letter', () => {
  const name = fc.oneof(
    fc.constantFrom(...addedHeaders, REDRIVES_HEADER, 'ce_id', 'constructor', '__proto__', 'wirefold-mark'),
    fc.string({ maxLength: 12 }).filter((text) => !text.startsWith('original-wirefold-')),
  );
  const values = fc.array(
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    {
      minLength: 1,
      maxLength: 3,
    },
  );

  it('gives its original back to the byte, whatever headers it had', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, values), { maxLength: 12 }), (entries) => {
        const headers = Object.create(null) as Record<string, Buffer[]>;
        for (const [key, list] of entries) headers[key] = list;
        const { message } = deadLetterMessage(
          record('ingest', headers),
          'unexpected',
          'x',
          context('ingest'),
        );
        const once = originalHeaders(message.headers);
        const again = deadLetterMessage(record('ingest', once), 'unexpected', 'x', context('ingest'));
        expect(new Map(Object.entries(once))).toEqual(new Map(Object.entries(headers)));
        expect(again.message).toEqual(message);
        expect(message.key).toEqual(Buffer.from([0xff, 0x00]));
      }),
    );
  });

  it('is not taken for a cut one because its original said so', () => {
    const forged = record('ingest', { 'wirefold-cut': Buffer.from('forged') });
    const { headers } = deadLetterMessage(forged, 'unexpected', 'x', context('ingest')).message;
    expect(headers).not.toHaveProperty('wirefold-cut');
    expect(headers?.['original-wirefold-cut']).toEqual([Buffer.from('forged')]);
    expect(topics.scraped.name).toBe(String(headers?.['wirefold-topic']));
  });
});
