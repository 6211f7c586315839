import { describe, expect, it } from '@jest/globals';
import { documentId, enrichedArticle, type EnrichedArticle } from '@wirefold/contracts';
import { toDocument, type ArticleDocument } from './document.ts';
import { wiped } from './tombstone.ts';

const uri = 'https://kuestenbote.example/1';
const indexedAt = '2026-03-01T09:00:00.000Z';

const anArticle = (fields: Record<string, unknown> = {}): EnrichedArticle =>
  enrichedArticle.parse({
    id: documentId(uri),
    uri,
    url: uri,
    publishedAt: '2026-03-01T10:00:00+02:00',
    version: 1,
    versionCreated: '2026-03-01T08:30:00.1234567890123Z',
    pubStatus: 'usable',
    byline: 'Wiebke Petersen',
    contentHash: 'hash',
    origin: 'news.article.scraped.v1/0/1@1772323200000',
    steps: [],
    title: 'Der Sturm',
    titleFrom: 'publisher',
    body: 'Sturm über Kiel und Kiel.',
    language: { tag: 'de-DE', confidence: 1, from: 'text' },
    residue: [
      { kind: 'caption', text: 'Wellen' },
      { kind: 'share', text: 'Teilen' },
      { kind: 'caption', text: 'Gischt' },
    ],
    extraction: { method: 'text', wordCount: 5 },
    translation: { status: 'translated', language: 'en', title: 'The storm', body: 'Storm.', engine: 'x' },
    entities: [],
    ...fields,
  });

const document = (fields: Record<string, unknown> = {}) =>
  toDocument(anArticle(fields), indexedAt) as ArticleDocument;

describe('toDocument', () => {
  it('puts the original and its translation into their languages', () => {
    expect(document()).toMatchObject({
      language: 'de',
      languageTag: 'de-DE',
      title: { de: 'Der Sturm', en: 'The storm' },
      body: { de: 'Sturm über Kiel und Kiel.', en: 'Storm.' },
      translation: { status: 'translated', language: 'en', engine: 'x' },
      suggest: ['Der Sturm', 'The storm'],
    });
    expect(document().translation).not.toHaveProperty('body');
  });

  it('never puts a translation in the place of an English original', () => {
    const { title } = document({ language: { tag: 'en', confidence: 1, from: 'text' } });
    expect(title).toEqual({ en: 'Der Sturm' });
  });

  it('writes no empty text', () => {
    const empty = document({
      title: '',
      titleFrom: 'none',
      body: '',
      translation: { status: 'untranslated', language: 'en' },
    });
    expect(empty).toMatchObject({ title: {}, body: {}, suggest: [] });
  });

  it('writes every time in UTC and milliseconds, and one to sort by', () => {
    expect(document()).toMatchObject({
      publishedAt: '2026-03-01T08:00:00.000Z',
      versionCreated: '2026-03-01T08:30:00.123Z',
      date: '2026-03-01T08:00:00.000Z',
      indexedAt,
    });
    expect(document({ publishedAt: undefined }).date).toBe('2026-03-01T08:30:00.123Z');
  });

  it('keeps what the page says of itself, times in UTC, and nothing that the mapping does not know', () => {
    const page = {
      authors: ['Wiebke Petersen'],
      publishedAt: '2026-03-01T10:00:00+02:00',
      modifiedAt: '2026-03-01T11:00:00+02:00',
      section: 'Küste',
      keywords: ['Sturm', 'Kiel'],
      image: { url: 'https://kuestenbote.example/sturm.jpg', caption: 'Wellen' },
      canonicalUrl: uri,
      publisher: 'Küstenbote',
      isPaywalled: false,
      description: 'Es stürmt.',
    };
    const { publishedAt: _published, ...kept } = page;
    expect(document({ page: { ...page, mood: 7 } }).page).toEqual({
      ...kept,
      modifiedAt: '2026-03-01T09:00:00.000Z',
    });
    expect(document()).not.toHaveProperty('page');
    expect(document({ page, pubStatus: 'canceled' })).not.toHaveProperty('page');
  });

  it('keeps why a text looks translated by a machine, each sign once as a facet', () => {
    const why = [
      { sign: 'tokens', reason: 'loose', text: "Rau ' s" },
      { sign: 'tokens', reason: 'loose', text: "Ode ' s" },
      { sign: 'origin', reason: 'elsewhere', text: 'ko' },
    ];
    expect(document({ translationese: { score: 0.79, why } }).translationese).toEqual({
      score: 0.79,
      signs: ['tokens', 'origin'],
      why,
    });
    expect(document()).not.toHaveProperty('translationese');
    expect(document({ translationese: { score: 0.79, why }, pubStatus: 'canceled' })).not.toHaveProperty(
      'translationese',
    );
  });

  it('keeps residue by its kind', () => {
    expect(document()).toMatchObject({
      residue: { caption: ['Wellen', 'Gischt'], share: ['Teilen'] },
      residueKinds: ['caption', 'share'],
    });
  });

  it('makes distinct facets of mentions and keeps the mentions', () => {
    const kiel = {
      type: 'place',
      text: 'Kiel',
      name: 'Kiel (city)',
      id: 'geonames:2891122',
      country: 'de',
      location: { lat: 54.3, lon: 10.1 },
    };
    const entities = [
      { ...kiel, start: 11, end: 15 },
      { ...kiel, start: 20, end: 24 },
      { type: 'date', text: 'heute', start: 0, end: 5, value: '2026-03-01' },
      { type: 'date', text: 'bald', start: 0, end: 4 },
      { type: 'person', text: 'Petersen', start: 0, end: 8 },
    ];
    expect(document({ entities })).toMatchObject({
      entities: { place: ['Kiel (city)'], person: ['Petersen'] },
      entityIds: ['geonames:2891122'],
      names: ['Kiel (city)', 'Kiel', 'Petersen'],
      countries: ['DE'],
      places: [{ lat: 54.3, lon: 10.1 }],
      dates: ['2026-03-01'],
      mentions: entities,
    });
  });

  it('keeps unknown fields apart from its own, and no content from before cleaning', () => {
    const { extra, ...own } = document({
      places: 'not a point',
      source: { name: 'Küstenbote', logo: 'x.png' },
      content: '<p>',
      contentType: 'text/html',
    });
    expect(extra).toEqual({ places: 'not a point', source: { logo: 'x.png' } });
    expect(own.places).toEqual([]);
    expect(own.source).toEqual({ name: 'Küstenbote' });
    expect(own).not.toHaveProperty('content');
    expect(document()).not.toHaveProperty('extra');
  });

  it('keeps the text of a withheld article', () => {
    expect(document({ pubStatus: 'withheld' })).toMatchObject({
      pubStatus: 'withheld',
      body: { de: expect.any(String) },
    });
  });

  it('leaves of a canceled article what it needs to stay canceled, and nothing else', () => {
    const canceled = document({ pubStatus: 'canceled', source: { name: 'Küstenbote' }, secret: 'Sturm' });
    expect(Object.keys(canceled).toSorted()).toEqual(
      [
        'date',
        'id',
        'indexedAt',
        'origin',
        'publishedAt',
        'pubStatus',
        'source',
        'steps',
        'uri',
        'version',
        'versionCreated',
      ].toSorted(),
    );
  });

  const story = {
    id: documentId('urn:root'),
    relation: 'copy',
    of: 'urn:root',
    score: 0.9,
    why: [{ sign: 'sentences', reason: 'Sturm' }],
  };

  it('keeps the story, with its reasons; of a canceled article without them', () => {
    const { why: _why, ...kept } = story;
    expect(document({ story }).story).toEqual(story);
    expect(document({ story: { ...story, rumour: 'Sturm' }, pubStatus: 'canceled' }).story).toEqual(kept);
  });

  it('leaves of a copy of a killed article a tombstone that says whose kill it was', () => {
    const copy = document({ story: { ...story, killedBy: 'urn:root' } });
    expect(copy).toMatchObject({ pubStatus: 'canceled', killedBy: 'urn:root', version: 1, indexedAt });
    expect(copy.hashes).toEqual({ body: document().hashes.body });
    expect(JSON.stringify(copy)).not.toMatch(/Sturm|Wellen|storm|Petersen/);
  });

  it('wipes a document that is there, under its own version', () => {
    const before = { ...document({ story }), history: [], changed: ['title'] as const };
    const after = wiped(before, 'urn:root', '2026-03-02T00:00:00Z');
    expect(after).toMatchObject({
      version: before.version,
      versionCreated: before.versionCreated,
      pubStatus: 'canceled',
      killedBy: 'urn:root',
      indexedAt: '2026-03-02T00:00:00.000Z',
      history: [],
      changed: ['title'],
    });
    expect(JSON.stringify(after)).not.toMatch(/Sturm|Wellen|storm|Petersen/);
    expect(wiped(after, 'urn:root', '2026-03-02T00:00:00Z')).toEqual(after);
  });

  it('can be written as JSON without undefined values', () => {
    expect(JSON.parse(JSON.stringify(document()))).toEqual(document());
  });
});
