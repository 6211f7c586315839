import { describe, expect, it } from '@jest/globals';
import { detectedLanguage } from './article.ts';
import { limits } from './limits.ts';
import { parseMessage, parseValue, type Parsed } from './parse.ts';
import { step } from './scalars.ts';
import { scrapedArticle } from './scraped.ts';

const read = (text: string | Buffer | null) =>
  parseMessage(scrapedArticle, text === null ? null : Buffer.from(text));
const problem = (parsed: Parsed<unknown>) => ('problem' in parsed ? parsed.problem : undefined);
const good = { uri: 'https://example.org/1', content: 'Text.' };

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const deep = (levels: number) => `{"uri":"a","content":"b","x":${nested(levels)}}`;
const choose = (json: unknown) =>
  typeof json === 'object' && json !== null && 'at' in json ? step : detectedLanguage;

describe('parseMessage', () => {
  it('reads a message and keeps fields it does not know', () => {
    const message = {
      ...good,
      source: { name: 'Example', city: 'Ulm' },
      toString: 'a field',
      hasOwnProperty: 1,
    };
    expect(read(JSON.stringify(message))).toEqual({ value: message });
  });

  it.each([
    ['nothing', null, /empty/],
    ['no bytes', '', /empty/],
    ['text', 'hello', /not JSON/],
    ['half of an object', '{"uri":', /not JSON/],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not valid UTF-8/],
    ['UTF-8 that is cut', Buffer.from('{"a":"ü"}').subarray(0, 7), /not valid UTF-8/],
  ])('%s is malformed', (_what, bytes, message) => {
    expect(problem(read(bytes))).toEqual({
      reason: 'malformed-json',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['null', 'null', /message: /],
    ['a list', '[]', /message: /],
    ['no uri', '{"content":"a"}', /uri: /],
    ['an empty uri', '{"uri":"","content":"a"}', /uri: /],
    ['a key __proto__', '{"uri":"a","content":"b","__proto__":{"admin":true}}', /__proto__/],
    ['a key __proto__ deep inside', '{"uri":"a","content":"b","x":[{"__proto__":1}]}', /__proto__/],
    ['constructor.prototype', '{"uri":"a","content":"b","constructor":{"prototype":{}}}', /constructor/],
    [
      'nesting without end',
      `{"uri":"a","content":"b","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      /nested deeper/,
    ],
  ])('%s breaks the contract', (_what, text, message) => {
    expect(problem(read(text))).toEqual({
      reason: 'broken-contract',
      message: expect.stringMatching(message),
    });
  });

  it('takes nesting up to the limit', () => {
    expect(problem(read(deep(limits.jsonDepth)))).toBeUndefined();
    expect(problem(read(deep(limits.jsonDepth + 1)))?.reason).toBe('broken-contract');
  });

  it('counts values before it reads them, and none that are in texts', () => {
    const list = (count: number) =>
      JSON.stringify({ ...good, list: Array.from({ length: count }, () => 10) });
    expect(problem(read(list(99_000)))).toBeUndefined();
    expect(problem(read(list(100_001)))).toEqual({
      reason: 'too-large',
      message: expect.stringMatching(/^more than 100000 values; send one article/),
    });
    const content = '",[{\\'.repeat(200_000);
    expect(problem(read(JSON.stringify({ ...good, content })))).toBeUndefined();
  });

  it('finds nesting without end in a large text that is not even JSON', () => {
    expect(problem(read('['.repeat(300_000)))).toMatchObject({ message: 'nested deeper than 64 levels' });
    expect(problem(read(`"${'x'.repeat(300_000)}`))?.reason).toBe('malformed-json');
  });

  it('says every mistake at once, with its path, in bounded length', () => {
    const { message = '' } =
      problem(read(JSON.stringify({ uri: 'a b', version: -1, publishedAt: 'today', content: 'x' }))) ?? {};
    for (const part of [/uri: .*white space/, /version: /, /publishedAt: .*ISO 8601/])
      expect(message).toMatch(part);
    const many = { ...good, uri: '', url: 'x', language: '!', version: 1.5, publishedAt: 1, fetchedAt: 1 };
    const all = { ...many, pubStatus: 'x', signal: 'x', byline: 1, embargoedUntil: 'x', versionCreated: '-' };
    expect(problem(read(JSON.stringify(all)))?.message).toMatch(/and \d+ more$/);
  });

  it('tells a message that is only too large from one that is wrong', () => {
    const content = 'ü'.repeat(limits.contentBytes / 2);
    expect(problem(parseValue(scrapedArticle, { ...good, content }))).toBeUndefined();
    expect(problem(parseValue(scrapedArticle, { ...good, content: `${content}a` }))).toEqual({
      reason: 'too-large',
      message: expect.stringContaining(String(limits.contentBytes)),
    });
    expect(problem(parseValue(scrapedArticle, { uri: '', content: `${content}a` }))?.reason).toBe(
      'broken-contract',
    );
  });

  it('chooses the contract by the message where a topic takes several', () => {
    expect(problem(parseValue<unknown>(choose, { at: '' }))?.message).toMatch(/tookMs/);
    expect(problem(parseValue<unknown>(choose, {}))?.message).toMatch(/confidence/);
  });
});
