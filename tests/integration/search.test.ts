import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  applyIndex,
  articleIndex,
  elasticsearchClient,
  InvalidSearch,
  MAX_WORDS,
  MAX_WORDS_CHARACTERS,
  searchArticles,
  type ArticleSearch,
} from '@wirefold/article-index';
import { documentId, type EnrichedArticle } from '@wirefold/contracts';
import { createIndexStage, indexEnvironment } from '@wirefold/index';
import { parseEnvironment, systemClock } from '@wirefold/pipeline';
import { testEngines } from '@wirefold/testing';
import { anArticle } from './enriched-articles.ts';

const engines = await testEngines(['elasticsearch']);
const { elasticsearchUrl } = engines;

jest.setTimeout(60_000);

const client = elasticsearchClient({ urls: [elasticsearchUrl], requestTimeoutMs: 30_000 });
const prefix = `test-${randomUUID().slice(0, 8)}`;

const stories: readonly EnrichedArticle[] = [
  anArticle({
    uri: 'de:raketen',
    title: 'Zwei Raketen für den Norden',
    body: 'Auf der Insel wurden gestern zwei Raketen aufgebaut.\n\nDer Start verzögert sich wegen des Sturms.',
    residue: [{ kind: 'photo-credit', text: 'Foto: Wiebke Petersen' }],
  }),
  anArticle({
    uri: 'de:segeln',
    title: 'Segler trotzen dem Sturm',
    story: {
      id: documentId('de:regatta'),
      relation: 'copy',
      of: 'de:regatta',
      score: 1,
      why: [{ sign: 'text', reason: 'all of it' }],
    },
    body: 'Die Regatta vor der Küste fand trotz Böen statt.',
    version: 3,
    publishedAt: '2026-03-05T08:00:00Z',
    source: { name: 'Hafenblatt', domain: 'Hafenblatt.example' },
    translation: {
      status: 'translated',
      language: 'en',
      title: 'Sailors defy the storm',
      body: 'The regatta off the coast took place despite gusts.',
      engine: 'test',
    },
    entities: [
      {
        type: 'place',
        text: 'Küste',
        start: 16,
        end: 21,
        name: 'Pomerania',
        country: 'de',
        id: 'geonames:1',
      },
    ],
  }),
  anArticle({
    uri: 'en:wheat',
    tag: 'en',
    title: 'Wheat prices climb',
    body: 'Farmers were harvesting early. Prices of <b>wheat</b> & "rye" rose <script>alert(1)</script> again.',
    translation: { status: 'not-needed', language: 'en' },
  }),
  anArticle({
    uri: 'en:rye',
    tag: 'en-GB',
    title: 'Rye follows',
    body: 'Farmers expect prices of rye to follow those of wheat. Farmers are early.',
    translation: { status: 'not-needed', language: 'en' },
  }),
  anArticle({
    uri: 'ru:rockets',
    tag: 'ru',
    title: 'Запуск отложен',
    body: 'Новые ракеты доставлены на остров.',
  }),
  anArticle({ uri: 'zh:rockets', tag: 'zh-Hans', title: '发射推迟', body: '两枚火箭已经运抵岛上。' }),
  anArticle({ uri: 'ja:rockets', tag: 'ja', title: '打ち上げ延期', body: '二機のロケットが島に到着した。' }),
  anArticle({ uri: 'ar:book', tag: 'ar', title: 'معرض الكتاب', body: 'افتتح المعرض أمس في المدينة.' }),
  anArticle({
    uri: 'fr:horses',
    tag: 'fr',
    title: "L'élevage",
    body: 'Les chevaux couraient dans la plaine.',
  }),
  anArticle({ uri: 'uk:rockets', tag: 'uk', title: 'Запуск', body: 'Нові ракети доставлено на острів.' }),
  anArticle({ uri: 'nb:boats', tag: 'nb', title: 'Båtene', body: 'Fiskerne solgte båtene sine.' }),
  anArticle({ uri: 'de:withheld', title: 'Raketen zurückgehalten', body: 'Raketen.', pubStatus: 'withheld' }),
  anArticle({
    uri: 'de:embargo',
    title: 'Raketen gesperrt',
    body: 'Raketen.',
    embargoedUntil: '2099-01-01T00:00:00Z',
  }),
  anArticle({ uri: 'de:killed', title: 'Raketen getilgt', body: 'Raketen.', pubStatus: 'canceled' }),
  anArticle({
    uri: 'de:immense',
    title: 'Sehr lang',
    body: `${'Leuchtturm am Meer. '.repeat(100_000)}Ende.`,
  }),
];

const search = async (words: string, more: Partial<ArticleSearch> = {}) =>
  await searchArticles(client, { words, ...more }, { prefix });
const uris = async (words: string, more: Partial<ArticleSearch> = {}) =>
  (await search(words, more)).hits.map(({ uri }) => uri);

beforeAll(async () => {
  const config = parseEnvironment(indexEnvironment, {
    ELASTICSEARCH_URL: elasticsearchUrl,
    INDEX_PREFIX: prefix,
  });
  const { stage, close } = createIndexStage(config, { clock: systemClock });
  const results = await stage.handle(
    stories.map((article) => ({ article, key: article.uri, origin: article.origin, timestampMs: 0 })),
    { signal: new AbortController().signal },
  );
  await close();
  if (results.some(({ kind }) => kind !== 'pass')) throw new Error(JSON.stringify(results));
  await client.indices.refresh({ index: articleIndex({ prefix }).writeAlias });
});

afterAll(async () => {
  const { firstIndex, templateName } = articleIndex({ prefix });
  await client.indices.delete({ index: firstIndex }, { ignore: [404] });
  await client.indices.deleteIndexTemplate({ name: templateName }, { ignore: [404] });
  await client.close();
  await engines.stop();
});

describe('words in their own language', () => {
  const byStem = [
    ['German', 'Rakete', 'de:raketen'],
    ['German, umlaut by its transcription', 'Kueste', 'de:segeln'],
    ['English', 'harvest farmer', 'en:wheat'],
    ['Russian', 'ракета', 'ru:rockets'],
    ['Chinese', '火箭', 'zh:rockets'],
    ['Japanese', 'ロケット', 'ja:rockets'],
    ['Arabic', 'كتاب', 'ar:book'],
    ['French', 'cheval', 'fr:horses'],
    ['Norwegian, written as Bokmål', 'båt', 'nb:boats'],
  ] as const;
  it.each(byStem)('%s: %s', async (_language, words, uri) => {
    expect(await uris(words)).toEqual([uri]);
  });

  it('finds a language without an analyzer by the words as they are', async () => {
    expect(await uris('острів')).toEqual(['uk:rockets']);
  });

  it('finds a translated article in English and in its own language', async () => {
    expect(await uris('sailor')).toEqual(['de:segeln']);
    expect(await uris('Segler')).toEqual(['de:segeln']);
    expect((await search('sailor')).hits[0]).toMatchObject({
      title: 'Segler trotzen dem Sturm',
      englishTitle: 'Sailors defy the storm',
      language: 'de',
      highlights: [{ language: 'en', title: '<em>Sailors</em> defy the storm' }],
    });
  });

  it('says what an article is in its story', async () => {
    const { hits } = await search('Regatta');
    expect(hits).toHaveLength(1);
    expect(hits[0]?.story).toEqual({ id: documentId('de:regatta'), relation: 'copy', of: 'de:regatta' });
  });

  it('finds an article by the English name of a place and by what was cut', async () => {
    expect(await uris('Pomerania')).toEqual(['de:segeln']);
    const { hits } = await search('Wiebke Petersen');
    expect(hits.map(({ uri }) => uri)).toEqual(['de:raketen']);
    expect(hits[0]?.residue['photo-credit']).toEqual(['Foto: <em>Wiebke</em> <em>Petersen</em>']);
  });
});

describe('order', () => {
  it('puts a word in the title before one in the body', async () => {
    expect(await uris('Sturm')).toEqual(['de:segeln', 'de:raketen']);
  });

  it('puts words that stand together first', async () => {
    expect(await uris('wheat prices')).toEqual(['en:wheat', 'en:rye']);
    expect(await uris('prices of rye')).toEqual(['en:rye', 'en:wheat']);
  });

  it('wants both of two words, in title or body', async () => {
    expect(await uris('Norden Sturm')).toEqual(['de:raketen']);
    expect(await uris('Norden Regatta')).toEqual([]);
  });

  it('sorts by time where it is asked to, and where there are no words', async () => {
    expect((await uris('Sturm', { sort: 'newest' }))[0]).toBe('de:segeln');
    expect((await uris(''))[0]).toBe('de:segeln');
  });
});

describe('what is shown', () => {
  it('hides withheld, embargoed and canceled articles, also from the total', async () => {
    const found = await search('Raketen');
    expect(found.hits.map(({ uri }) => uri)).toEqual(['de:raketen']);
    expect(found).toMatchObject({ total: 1, totalIsExact: true });
    expect((await search('')).total).toBe(stories.length - 3);
  });

  it('escapes HTML around the marks of found words', async () => {
    const [hit] = (await search('wheat')).hits;
    expect(hit).toMatchObject({ uri: 'en:wheat', title: 'Wheat prices climb' });
    const text = hit?.highlights[0]?.body.join(' ') ?? '';
    expect(text).toContain('&lt;b&gt;<em>wheat</em>&lt;&#x2F;b&gt; &amp; &quot;rye&quot;');
    expect(text).not.toMatch(/<(?!\/?em>)/);
  });

  it('highlights the beginning of an immense body instead of failing', async () => {
    const [hit] = (await search('Leuchtturm')).hits;
    expect(hit?.uri).toBe('de:immense');
    expect(hit?.highlights[0]?.body[0]).toContain('<em>Leuchtturm</em>');
  });
});

describe('filters and limits', () => {
  it('narrows by language, publisher, country and time', async () => {
    expect(await uris('', { language: 'en-US' })).toEqual(expect.arrayContaining(['en:wheat', 'en:rye']));
    expect(await uris('', { language: 'en-US' })).toHaveLength(2);
    expect(await uris('', { language: 'nb' })).toEqual(['nb:boats']);
    expect(await uris('storm', { language: 'de' })).toEqual(['de:segeln']);
    expect(await uris('', { domain: 'hafenblatt.EXAMPLE' })).toEqual(['de:segeln']);
    expect(await uris('', { country: 'DE' })).toEqual(['de:segeln']);
    expect(await uris('Sturm', { from: '2026-03-05' })).toEqual(['de:segeln']);
    expect(await uris('Sturm', { to: '2026-03-05T08:00:00Z' })).toEqual(['de:raketen']);
  });

  it('pages without gaps or repeats', async () => {
    const all = await uris('', { limit: 100 });
    const pages = [];
    for (let offset = 0; offset < all.length; offset += 5)
      pages.push(...(await uris('', { limit: 5, offset })));
    expect(pages).toEqual(all);
    expect(new Set(all).size).toBe(stories.length - 3);
  });

  it('takes nothing as syntax', async () => {
    for (const words of [
      '*',
      'title.de:*',
      '" OR *',
      '\\',
      '(((',
      '_exists_:uri',
      '/.*/',
      '{"match_all":{}}',
    ])
      expect(await uris(words)).toEqual([]);
  });

  it('answers the costliest words that are allowed', async () => {
    const numbered = Array.from({ length: MAX_WORDS }, (_, n) => n);
    const costly = [
      numbered.map((n) => `wort${n}`).join(' '),
      numbered.map((n) => String.fromCodePoint(0x4e00 + n)).join(''),
      numbered.map((n) => String.fromCodePoint(0x1f600 + n)).join(''),
      'ท่าเรือ'.repeat(40),
    ];
    for (const words of costly) await expect(search(words)).resolves.toBeDefined();
  });

  it('refuses more with a reason', async () => {
    const refused: [Partial<ArticleSearch>, RegExp][] = [
      [{ words: 'x'.repeat(MAX_WORDS_CHARACTERS + 1) }, /characters/],
      [{ words: 'a '.repeat(MAX_WORDS + 1) }, /33 words/],
      [{ words: '箭'.repeat(MAX_WORDS + 1) }, /33 words/],
      [{ limit: 101 }, /limit is 101/],
      [{ limit: Number.NaN }, /limit/],
      [{ offset: 9_991 }, /offset/],
      [{ offset: -1 }, /offset/],
      [{ from: 'yesterday' }, /from is "yesterday"/],
    ];
    for (const [more, why] of refused) {
      await expect(search('x', more)).rejects.toThrow(InvalidSearch);
      await expect(search('x', more)).rejects.toThrow(why);
    }
    expect(await uris('', { offset: 9_990 })).toEqual([]);
  });
});

it('applies to an index that is there without touching it', async () => {
  expect(await applyIndex(client, { prefix })).toMatchObject({ index: 'unchanged' });
  expect(await uris('Rakete')).toEqual(['de:raketen']);
});
