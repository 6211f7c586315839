import { describe, expect, it } from '@jest/globals';
import {
  deadLetterHeaders,
  ingestedArticle,
  receipt,
  stageTopics,
  topics,
  type StageName,
} from '@wirefold/contracts';
import { drop, Outage, pass, redelivered, reject, type Settled } from '@wirefold/pipeline';
import type { KafkaMessage } from 'kafkajs';
import { z } from 'zod';
import type { Outbound, OutboundContext } from './outbound-messages.ts';
import { planChunk } from './plan.ts';
import { readRecord } from './records.ts';

const position = { topic: topics.scraped.name, partition: 2 };
const context = (stage: StageName = 'ingest', nowMs = 1_769_860_800_500): OutboundContext => ({
  stage,
  output: stageTopics[stage].output,
  position: { ...position, topic: stageTopics[stage].input.name },
  startedAtMs: 1_769_860_800_000,
  nowMs,
  randomHex: (digits) => 'a'.repeat(digits),
});
const message = (value: unknown, offset = 0, headers: KafkaMessage['headers'] = {}): KafkaMessage => ({
  key: Buffer.from('key'),
  value: typeof value === 'string' ? Buffer.from(value) : Buffer.from(JSON.stringify(value)),
  offset: String(offset),
  timestamp: '1769860800000',
  attributes: 0,
  headers,
});
const scraped = (value: unknown, offset = 0, headers = {}) =>
  readRecord(topics.scraped, topics.scraped.schema, position, message(value, offset, headers));
const records = (count: number) =>
  Array.from({ length: count }, (_, n) => scraped({ uri: `urn:${n}`, content: 'a' }, n));
const article = (uri: string) => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri,
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'x/0/0@0',
  steps: [],
  contentType: 'text/plain',
  content: 'ä',
});
const jsonOf = (outbound: Outbound | undefined) =>
  JSON.parse(String(outbound?.message.value)) as Record<string, unknown>;
const unexpected = (text: string): Settled<object> => ({ kind: 'unexpected', error: new Error(text) });
const summary = (settled: ReturnType<typeof planChunk>['settled']) =>
  settled.map(({ handled, reason, messages }) => [handled, reason, messages.map(({ topic }) => topic)]);

describe('planChunk', () => {
  it('gives each record its messages', () => {
    const plan = planChunk(
      [...records(4), scraped('{', 4)],
      [pass(article('urn:0')), drop('stale'), redelivered(), reject('unprocessable', 'no text')],
      context(),
    );
    expect(plan.outage).toBeUndefined();
    expect(summary(plan.settled)).toEqual([
      ['passed', undefined, [topics.ingested.name]],
      ['stale', undefined, [topics.indexed.name]],
      ['redelivered', undefined, []],
      ['rejected', 'unprocessable', ['ingest.dlq.v1', topics.indexed.name]],
      ['rejected', 'malformed-json', ['ingest.dlq.v1', topics.indexed.name]],
    ]);
    const output = plan.settled[0]?.messages[0];
    expect(output?.message.key).toBe('urn:0');
    expect(jsonOf(output)).toEqual({
      ...article('urn:0'),
      steps: [{ stage: 'ingest', at: '2026-01-31T12:00:00.500Z', tookMs: 500 }],
    });
    expect(ingestedArticle.safeParse(jsonOf(output)).success).toBe(true);
    expect(output?.message.headers).toMatchObject({
      ce_id: `${topics.scraped.name}/2/0@1769860800000`,
      ce_type: topics.ingested.eventType,
      traceparent: `00-${'a'.repeat(32)}-${'a'.repeat(16)}-01`,
    });
    for (const { messages } of plan.settled.slice(1))
      for (const sent of messages.filter(({ topic }) => topic === topics.indexed.name))
        expect(receipt.safeParse(jsonOf(sent)).error).toBeUndefined();
  });

  it('leaves everything from the first outage on for the next attempt', () => {
    const outage = new Outage('redis', 'ECONNREFUSED', 'away');
    const plan = planChunk(
      [...records(2), scraped('{', 2), ...records(2)],
      [drop('stale'), { kind: 'outage', outage }, drop('stale'), drop('stale')],
      context(),
    );
    expect(plan.settled).toHaveLength(1);
    expect(plan.outage).toBe(outage);
  });

  it('takes few unknown errors for bad messages, and the same error of most of a chunk for an outage', () => {
    const few = [...Array.from({ length: 4 }, () => unexpected('x')), drop('stale')];
    expect(planChunk(records(5), few, context()).settled.map(({ reason }) => reason)).toEqual([
      ...Array.from({ length: 4 }, () => 'unexpected'),
      undefined,
    ]);
    const half = [
      ...Array.from({ length: 5 }, () => unexpected('x')),
      ...Array.from({ length: 5 }, () => drop('stale')),
    ];
    expect(planChunk(records(10), half, context()).outage).toBeUndefined();
    const most = planChunk(records(9), [drop('stale'), ...half.slice(0, 8)], context());
    expect(most.outage).toMatchObject({ code: 'EPIDEMIC', message: expect.stringContaining('Error: x') });
    expect(most.settled).toHaveLength(1);
    const different = Array.from({ length: 9 }, (_, n) => unexpected(`error ${n}`));
    expect(planChunk(records(9), different, context()).settled).toHaveLength(9);
  });

  it('rejects a result that is too large for its topic, or no JSON', () => {
    const huge = { ...article('urn:0'), content: 'a'.repeat(topics.ingested.maxMessageBytes) };
    const cyclic: Record<string, unknown> = article('urn:1');
    cyclic['self'] = cyclic;
    const odd = { ...article('urn:2'), steps: 5 };
    const plan = planChunk(records(3), [pass(huge), pass(cyclic), pass(odd)], context());
    expect(plan.settled.map(({ reason }) => reason)).toEqual([
      'output-too-large',
      'unprocessable',
      'unprocessable',
    ]);
  });

  it('calls what index passes on indexed', () => {
    const plan = planChunk(records(1), [pass(article('urn:0'))], context('index'));
    expect(plan.settled[0]?.handled).toBe('indexed');
  });

  it.each([
    ['fields of ours with other types', { steps: 5, id: 7, origin: {}, language: 'de' }],
    ['steps that are a list of something else', { steps: [1, null], id: 'mine' }],
  ])('writes a sound receipt for a scraped message with %s', (_what, fields) => {
    const record = scraped({ uri: 'urn:a', content: 'a', title: 'T', version: 3, ...fields });
    const plan = planChunk([record, record], [drop('unchanged'), reject('unprocessable', 'x')], context());
    for (const { messages } of plan.settled) {
      const parsed = receipt.safeParse(jsonOf(messages.at(-1)));
      expect(parsed.error).toBeUndefined();
      expect(parsed.data).toMatchObject({
        uri: 'urn:a',
        title: 'T',
        version: 3,
        steps: [{ stage: 'ingest' }],
      });
    }
  });

  it('writes a sound receipt for a ninjs item whose title and version are its own', () => {
    const version = z.union([z.string(), z.int()]).optional();
    const contract = z.looseObject({ uri: z.string(), version });
    const item = message({ uri: 'urn:a', title: 5, version: 2 ** 40 });
    const record = readRecord(topics.scraped, contract, position, item);
    expect(record.delivery).toBeDefined();
    const plan = planChunk([record], [drop('stale')], context());
    expect(receipt.safeParse(jsonOf(plan.settled[0]?.messages[0])).error).toBeUndefined();
  });
});

const deadLetter = (
  headers: Record<string, unknown>,
  value: unknown = { uri: 'urn:a', content: 'a' },
): Outbound => {
  const record = scraped(value, 5, headers);
  const [settled] = planChunk([record], [reject('unprocessable', 'no text')], context()).settled;
  const letter = settled?.messages[0];
  if (letter === undefined) throw new Error('no dead letter');
  return letter;
};

describe('a dead letter', () => {
  it('keeps key, value and headers, and says what went wrong', () => {
    const { message: sent, topic } = deadLetter({
      a: Buffer.from([255]),
      b: [Buffer.from('1'), Buffer.from('2')],
    });
    expect(topic).toBe('ingest.dlq.v1');
    expect(sent.key).toEqual(Buffer.from('key'));
    expect(sent.value).toEqual(Buffer.from(JSON.stringify({ uri: 'urn:a', content: 'a' })));
    const { a, b, ...added } = sent.headers as Record<string, Buffer[]>;
    expect([a, b]).toEqual([[Buffer.from([255])], [Buffer.from('1'), Buffer.from('2')]]);
    const texts = Object.fromEntries(Object.entries(added).map(([name, [value]]) => [name, String(value)]));
    expect(deadLetterHeaders.strict().safeParse(texts).error).toBeUndefined();
    expect(texts).toMatchObject({
      'wirefold-stage': 'ingest',
      'wirefold-reason': 'unprocessable',
      'wirefold-error': 'no text',
      'wirefold-topic': topics.scraped.name,
      'wirefold-partition': '2',
      'wirefold-offset': '5',
    });
  });

  it.each([
    ['value', { value: Buffer.alloc(30_000_000, 'v') }],
    ['key', { key: Buffer.alloc(30_000_000, 'k') }],
    ['headers', { headers: { a: Buffer.alloc(30_000_000, 'h') } }],
  ])('of a message whose %s unpacked to more than it holds is cut, and says so', (_what, parts) => {
    const huge = { ...message({ uri: 'urn:a' }), ...parts } as KafkaMessage;
    const record = readRecord(topics.scraped, topics.scraped.schema, position, huge);
    const [settled] = planChunk([record], [], context()).settled;
    expect(settled?.messages.map(({ topic }) => topic)).toEqual(['ingest.dlq.v1', topics.indexed.name]);
    for (const { bytes } of settled?.messages ?? []) expect(bytes).toBeLessThan(2_000_000);
    const headers = settled?.messages[0]?.message.headers;
    expect(headers?.['wirefold-cut']).toMatch(/3000000[01] bytes/);
    expect(headers).not.toHaveProperty('a');
  });

  it('keeps headers of the original that have names of ours, however often it was given up', () => {
    const once = deadLetter({ 'wirefold-reason': Buffer.from('forged') });
    expect(once.message.headers).toMatchObject({
      'original-wirefold-reason': [Buffer.from('forged')],
      'wirefold-reason': [Buffer.from('unprocessable')],
    });
    const twice = deadLetter(once.message.headers as Record<string, unknown>);
    expect(twice.message.headers?.['original-wirefold-reason']).toEqual([
      Buffer.from('forged'),
      Buffer.from('unprocessable'),
    ]);
  });
});
