import { describe, expect, it } from '@jest/globals';
import { type CleanedArticle, translatedArticle } from '@wirefold/contracts';
import { Outage, systemClock } from '@wirefold/pipeline';
import { createTranslate } from './translate.ts';
import { TextRefused, type TranslationEngine } from './translation-engine.ts';

const spanish: CleanedArticle = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri: 'https://example.org/a',
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'news.article.scraped.v1/0/0@0',
  steps: [],
  title: 'El título',
  titleFrom: 'publisher',
  body: 'Primer párrafo.\nDos líneas.\n\nSegundo párrafo.',
  language: { tag: 'es', confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 6 },
};

/** Reads Spanish by writing it in capitals: enough to see what is sent and where it ends up. */
const shouting = (more: Partial<TranslationEngine> = {}): TranslationEngine => ({
  name: 'shouting',
  capability: (language) =>
    Promise.resolve(
      language === 'es' ? { supported: true } : { supported: false, reason: `no ${language} here` },
    ),
  translate: ({ texts }) =>
    Promise.resolve({ texts: texts.map((text) => text.toUpperCase()), model: 'm', version: '1' }),
  ...more,
});

const run = async (article: CleanedArticle, engine = shouting(), maxCharacters = 1000) => {
  const translate = createTranslate({ engine, clock: { ...systemClock, nowMs: () => 0 }, maxCharacters });
  const delivery = { article, key: article.uri, origin: article.origin, timestampMs: 0 };
  const result = await translate(article, { delivery, signal: new AbortController().signal });
  if (result.kind !== 'pass') throw new Error(`unexpected ${result.kind}`);
  expect(translatedArticle.parse(result.output)).toEqual(result.output);
  return result.output;
};

describe('translate', () => {
  it('translates title and body paragraph for paragraph and records where it came from', async () => {
    const output = await run(spanish);
    expect(output.translation).toEqual({
      status: 'translated',
      language: 'en',
      title: 'EL TÍTULO',
      body: 'PRIMER PÁRRAFO.\nDOS LÍNEAS.\n\nSEGUNDO PÁRRAFO.',
      engine: 'shouting',
      model: 'm',
      engineVersion: '1',
      translatedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(output.body).toBe(spanish.body);
  });

  it('keeps fields that it does not know', async () => {
    expect(await run({ ...spanish, slug: 'kept' })).toMatchObject({ slug: 'kept' });
  });

  it('leaves an article without a title without one', async () => {
    const { translation } = await run({ ...spanish, title: '', titleFrom: 'none' });
    expect(translation).toMatchObject({ status: 'translated', body: expect.stringContaining('SEGUNDO') });
    expect(translation).not.toHaveProperty('title');
  });

  it('keeps the number of paragraphs when the engine adds empty lines', async () => {
    const engine = shouting({
      translate: ({ texts }) => Promise.resolve({ texts: texts.map((text) => `${text}\n\nmore`) }),
    });
    expect((await run(spanish, engine)).translation.body?.split('\n\n')).toHaveLength(2);
  });

  it.each([
    ['en', 'not-needed'],
    ['en-GB', 'not-needed'],
    ['enm', 'untranslated'],
  ])('takes %s as %s', async (tag, status) => {
    const article: CleanedArticle = { ...spanish, language: { ...spanish.language, tag } };
    expect((await run(article)).translation.status).toBe(status);
  });

  it.each<[string, Partial<CleanedArticle>, string]>([
    ['a canceled article', { pubStatus: 'canceled', body: '', title: '' }, 'canceled'],
    ['a withheld article', { pubStatus: 'withheld' }, 'withheld'],
    ['an empty body', { body: ' \n\n ' }, 'no text'],
    ['an unknown language', { language: { tag: 'und', confidence: 0, from: 'none' } }, 'unknown'],
    ['a language without engine', { language: { tag: 'de', confidence: 1, from: 'text' } }, 'no de here'],
    ['a very long article', { body: 'a'.repeat(2000) }, '1000'],
  ])('leaves %s untranslated with the reason', async (_what, change, reason) => {
    const { translation } = await run({ ...spanish, ...change });
    expect(translation).toEqual({
      status: 'untranslated',
      language: 'en',
      reason: expect.stringContaining(reason),
    });
  });

  it('says that a text was refused, and goes on', async () => {
    const engine = shouting({ translate: () => Promise.reject(new TextRefused('too rude')) });
    expect((await run(spanish, engine)).translation).toMatchObject({
      status: 'untranslated',
      reason: 'too rude',
    });
  });

  it('never takes an empty answer for a translation', async () => {
    const engine = shouting({ translate: ({ texts }) => Promise.resolve({ texts: texts.map(() => ' ') }) });
    expect((await run(spanish, engine)).translation.status).toBe('untranslated');
  });

  it('throws an outage on', async () => {
    const engine = shouting({ translate: () => Promise.reject(new Outage('shouting', '503', 'down')) });
    await expect(run(spanish, engine)).rejects.toBeInstanceOf(Outage);
  });

  it('does not believe an engine that gives another number of texts', async () => {
    const engine = shouting({ translate: () => Promise.resolve({ texts: ['one'] }) });
    await expect(run(spanish, engine)).rejects.toThrow('1 translations for 3 texts');
  });
});
