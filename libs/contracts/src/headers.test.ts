import { describe, expect, it } from '@jest/globals';
import { Kafka, type KafkaMessage } from 'cloudevents';
import { copyHeaders, eventHeaders, headerBytes, nextTraceparent, readHeader } from './headers.ts';

const event = {
  id: 'news.article.scraped.v1/3/42@1769860800000',
  source: '/wirefold/ingest',
  type: 'wirefold.article.ingested.v1',
  time: '2026-01-31T12:00:00.000Z',
  subject: 'https://example.org/火箭?a=1%20"ü"',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

describe('eventHeaders', () => {
  it('is read back by the CloudEvents SDK', () => {
    const value = JSON.stringify({ a: 1 });
    const message: KafkaMessage = { key: 'key', value, body: value, headers: { ...eventHeaders(event) } };
    expect(Kafka.isEvent(message)).toBe(true);
    expect(Kafka.toEvent(message)).toMatchObject({
      specversion: '1.0',
      id: event.id,
      source: event.source,
      type: event.type,
      time: event.time,
      subject: event.subject,
      datacontenttype: 'application/json',
      data: { a: 1 },
    });
  });

  it('leaves out a subject that there is none of, and never writes broken surrogates', () => {
    expect(Object.keys(eventHeaders({ ...event, subject: undefined }))).not.toContain('ce_subject');
    expect(eventHeaders({ ...event, subject: 'a\ud800' }).ce_subject).toBe('a\ufffd');
  });
});

describe('reading headers', () => {
  const hostile = JSON.parse('{"__proto__": null, "empty": null}') as Record<string, unknown>;
  // What kafkajs makes of a header whose name is inherited: the inherited value, then the bytes.
  Object.defineProperty(hostile, '__proto__', {
    value: [Object.prototype, Buffer.from('p')],
    enumerable: true,
  });
  hostile['constructor'] = [Object, Buffer.from('c')];
  hostile['twice'] = [Buffer.from('1'), Buffer.from('2')];
  hostile[''] = Buffer.from([0xff, 0xfe]);

  it('gives the first value as text', () => {
    expect(readHeader(hostile, 'twice')).toBe('1');
    expect(readHeader(hostile, 'constructor')).toBe('c');
    expect(readHeader(hostile, '__proto__')).toBe('p');
    expect(readHeader(hostile, 'toString')).toBeUndefined();
    expect(readHeader(undefined, 'a')).toBeUndefined();
  });

  it('copies all values under all names as bytes', () => {
    const copy = copyHeaders(hostile);
    expect(Object.getPrototypeOf(copy)).toBeNull();
    expect(Object.entries(copy).toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual([
      ['', [Buffer.from([0xff, 0xfe])]],
      ['__proto__', [Buffer.from('p')]],
      ['constructor', [Buffer.from('c')]],
      ['empty', [Buffer.alloc(0)]],
      ['twice', [Buffer.from('1'), Buffer.from('2')]],
    ]);
  });

  it('leaves out what is neither bytes nor text', () => {
    expect(headerBytes([Object, 'a', Buffer.from('b'), 3, undefined])).toEqual([
      Buffer.from('a'),
      Buffer.from('b'),
    ]);
  });
});

const random = (digits: number) => 'ab'.repeat(digits).slice(0, digits);

describe('nextTraceparent', () => {
  it('keeps the trace and its flags, with a span of its own', () => {
    expect(nextTraceparent(event.traceparent.replace(/01$/, '00'), random)).toBe(
      '00-0af7651916cd43dd8448eb211c80319c-abababababababab-00',
    );
  });

  it.each([
    undefined,
    '',
    'nonsense',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    `${event.traceparent}-more`,
  ])('begins a sampled trace where the parent is %p', (parent) => {
    expect(nextTraceparent(parent, random)).toBe(`00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-01`);
  });
});
