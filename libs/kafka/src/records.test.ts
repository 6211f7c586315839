import { describe, expect, it } from '@jest/globals';
import { topics } from '@wirefold/contracts';
import type { KafkaMessage } from 'kafkajs';
import { readRecord } from './records.ts';

const position = (topic: { name: string }) => ({ topic: topic.name, partition: 1 });
const message = (value: object | null, headers: Record<string, unknown> = {}): KafkaMessage =>
  ({
    key: null,
    value: value === null ? null : Buffer.from(JSON.stringify(value)),
    offset: '7',
    timestamp: '1000',
    attributes: 0,
    headers,
  }) as KafkaMessage;
const article = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri: 'urn:a',
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'news.article.scraped.v1/0/3@5',
  steps: [],
  contentType: 'text/plain',
  content: 'ä',
};
const read = (value: object | null, headers: Record<string, unknown> = {}) =>
  readRecord(topics.scraped, topics.scraped.schema, position(topics.scraped), message(value, headers));
const readInner = (value: object | null, headers: Record<string, unknown> = {}) =>
  readRecord(topics.ingested, topics.ingested.schema, position(topics.ingested), message(value, headers));
const own = 'news.article.scraped.v1/1/7@1000';

describe('readRecord', () => {
  it('takes the uri for the key, whatever the key of the record', () => {
    expect(read({ uri: 'urn:a', content: 'b' }).delivery).toEqual({
      article: { uri: 'urn:a', content: 'b' },
      key: 'urn:a',
      origin: own,
      timestampMs: 1000,
    });
  });

  it('takes the place of a scraped record for its identity, whatever the record says', () => {
    const forged = read({ uri: 'urn:a', content: 'b', origin: 'forged' }, { ce_id: Buffer.from('forged') });
    expect([forged.origin, forged.delivery?.origin]).toEqual([own, own]);
  });

  it('carries the identity along inside the pipeline, for broken messages too', () => {
    expect(readInner(article).origin).toBe(article.origin);
    const broken = readInner({}, { ce_id: Buffer.from(article.origin) });
    expect([broken.origin, broken.problem?.reason]).toEqual([article.origin, 'broken-contract']);
    expect(readInner(null).origin).toBe('news.article.ingested.v1/1/7@1000');
  });

  it.each([
    ['wirefold.article.scraped.v2', 'unknown-version'],
    ['wirefold.article.scraped.v10', 'unknown-version'],
    ['wirefold.article.scraped.v1', undefined],
    ['com.example.scraper.page', undefined],
  ])('answers the event type %s with %s', (type, reason) => {
    const record = read({ uri: 'urn:a', content: 'b' }, { ce_type: Buffer.from(type) });
    expect(record.problem?.reason).toBe(reason);
  });

  it('reads nothing that is larger than its topic takes: only a packed batch can hold it', () => {
    const huge = { ...message(null), value: Buffer.alloc(topics.scraped.maxMessageBytes + 1, '"') };
    const record = readRecord(topics.scraped, topics.scraped.schema, position(topics.scraped), huge);
    expect(record.problem).toEqual({
      reason: 'too-large',
      message: expect.stringContaining(String(huge.value.length)),
    });
  });

  it('keeps the message whole beside its problem', () => {
    const headers = { constructor: [Object, Buffer.from('x')] };
    const record = read(null, headers);
    expect(record.problem?.reason).toBe('malformed-json');
    expect(record.message.headers).toBe(headers);
  });
});
