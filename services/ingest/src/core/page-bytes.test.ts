import { describe, expect, it } from '@jest/globals';
import { ingestedArticle, limits, parseMessage, type IngestedArticle } from '@wirefold/contracts';
import type { Settled } from '@wirefold/pipeline';
import { createIngestBatch } from './ingest-batch.ts';
import { incomingContract, prepare, type Incoming } from './ingest.ts';
import type { KnownVersion } from './version-order.ts';

const URI = 'https://example.org/1';

/** The delivery of a message as a scraper writes it, to the byte; the problem where it breaks the contract. */
function deliver(fields: object, offset = 0) {
  const value = Buffer.from(JSON.stringify({ uri: URI, contentEncoding: 'base64', ...fields }));
  const parsed = parseMessage<Incoming>(incomingContract, value);
  if ('problem' in parsed) return parsed;
  return { article: parsed.value, key: URI, origin: `news.article.scraped.v1/0/${offset}@0`, timestampMs: 0 };
}

/** What the stage makes of one message after the other. */
async function settle(...messages: object[]): Promise<readonly Settled<IngestedArticle>[]> {
  const known = new Map<string, KnownVersion>();
  const batch = createIngestBatch({ read: async () => known, remember: async () => undefined });
  return batch.handle(
    messages.map((fields, offset) => {
      const delivery = deliver(fields, offset);
      if ('problem' in delivery) throw new Error(delivery.problem.message);
      return delivery;
    }),
    { signal: new AbortController().signal },
  );
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const hex = (digits: string): string => Buffer.from(digits, 'hex').toString('base64');

const RUSSIAN = 'Новый паром ходит с понедельника.';
const WINDOWS_1251 = hex('cdeee2fbe920efe0f0eeec20f5eee4e8f220f120efeeede5e4e5ebfcede8eae02e');
const GERMAN = 'Die neue Fähre fährt über den Fluß.';

describe('a page that is sent as its bytes', () => {
  it.each([
    ['windows-1251, by the header', RUSSIAN, { content: WINDOWS_1251, charset: 'windows-1251' }],
    ['windows-1251, by nothing', RUSSIAN, { content: WINDOWS_1251 }],
    ['windows-1251, called UTF-8', RUSSIAN, { content: WINDOWS_1251, charset: 'utf-8' }],
    ['UTF-8, called windows-1251', GERMAN, { content: base64(Buffer.from(GERMAN)), charset: 'windows-1251' }],
    ['a charset that nobody knows', RUSSIAN, { content: WINDOWS_1251, charset: 'klingon' }],
    ['GB18030', '新渡轮自星期一', { content: hex('d0c2b6c9c2d6d7d4d0c7c6dad2bb'), charset: 'gb2312' }],
    ['Shift_JIS', '新しいフェリー', { content: hex('905682b582a283748346838a815b'), charset: 'shift-jis' }],
    ['UTF-16 with a mark', GERMAN, { content: base64(Buffer.from(`\ufeff${GERMAN}`, 'utf16le')) }],
  ])('becomes text: %s', async (_what, content, fields) => {
    const [settled] = await settle(fields);
    expect(settled).toMatchObject({ kind: 'pass', output: { content, contentType: 'text/plain' } });
    const output = settled?.kind === 'pass' ? settled.output : undefined;
    expect(ingestedArticle.safeParse(output).error).toBeUndefined();
    expect(output).not.toHaveProperty('contentEncoding');
    expect(output).not.toHaveProperty('charset');
  });

  it('is told to be HTML by its text', async () => {
    const [settled] = await settle({ content: base64(Buffer.from('\ufeff<p>Text</p>', 'utf16le')) });
    expect(settled).toMatchObject({ kind: 'pass', output: { contentType: 'text/html' } });
  });

  it('is unchanged where the same text came before in another encoding, or as text', async () => {
    const settled = await settle(
      { content: WINDOWS_1251, charset: 'windows-1251' },
      { content: base64(Buffer.from(RUSSIAN)), charset: 'utf-8' },
      { content: RUSSIAN, contentEncoding: undefined },
    );
    expect(settled.map((one) => (one.kind === 'drop' ? one.outcome : one.kind))).toEqual([
      'pass',
      'unchanged',
      'unchanged',
    ]);
  });

  it('may be a ninjs item', async () => {
    const item = { uri: URI, bodies: [{ value: GERMAN }] };
    const content = base64(Buffer.from(JSON.stringify(item)));
    const [settled] = await settle({ content, contentType: 'application/ninjs+json' });
    expect(settled).toMatchObject({ kind: 'pass', output: { content: GERMAN } });
  });

  it('is rejected where it is no text, is empty, or is too large as text', async () => {
    const cyrillic = Buffer.alloc(limits.contentBytes / 2 + 1, 0xcf);
    const settled = await settle(
      { content: hex('ffd8ffe000104a464946000101000001') },
      { content: '' },
      { content: base64(cyrillic), charset: 'windows-1251' },
    );
    expect(settled).toEqual([
      { kind: 'reject', reason: 'unprocessable', error: 'content is image/jpeg, not text' },
      { kind: 'reject', reason: 'unprocessable', error: 'content is empty' },
      {
        kind: 'reject',
        reason: 'too-large',
        error: `content: as text it has more than ${limits.contentBytes} bytes of UTF-8`,
      },
    ]);
    const fits = cyrillic.subarray(1);
    expect(await settle({ content: base64(fits), charset: 'windows-1251' })).toMatchObject([
      { kind: 'pass' },
    ]);
  });

  it('breaks the contract where it is not base64', () => {
    expect(deliver({ content: RUSSIAN })).toEqual({
      problem: { reason: 'broken-contract', message: expect.stringMatching(/^content: expected base64/) },
    });
  });
});

it('a charset beside text means nothing', () => {
  const delivery = deliver({ content: GERMAN, contentEncoding: undefined, charset: 'koi8-r' });
  if ('problem' in delivery) throw new Error(delivery.problem.message);
  expect(prepare(delivery).article).toEqual({ uri: URI, content: GERMAN });
});
