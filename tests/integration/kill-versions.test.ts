import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { documentId, type EnrichedArticle } from '@wirefold/contracts';
import { openIndexBed } from './index-bed.ts';
import { fatesOf, killOf, newStory } from './killed-stories.ts';

/** What brings a canceled article back and what does not, and text that comes after its kill: on a real Elasticsearch. */
jest.setTimeout(120_000);

const bed = await openIndexBed();
afterAll(bed.close);
const fates = (uris: readonly string[]) => fatesOf(bed, uris);

describe('what was wiped comes back', () => {
  const killedStory = async () => {
    const story = newStory();
    const root = story.article('root');
    const copy = story.article('copy', { of: 'root' });
    await bed.handle([root, copy]);
    await bed.handle([killOf(root)]);
    return { ...story, root, copy };
  };
  const own = (article: EnrichedArticle): EnrichedArticle => ({
    ...article,
    story: { id: article.id, relation: 'original', score: 1, why: [] },
  });

  it('by no replay and no scrape of the killed article, and by an explicit newer version of it', async () => {
    const { root, uriOf } = await killedStory();
    expect(await bed.kinds([root])).toEqual(['stale']);
    const scraped = { ...root, version: 9, versionCreated: '2026-03-09T08:00:00Z' };
    expect(await bed.kinds([{ ...scraped, versionFrom: 'scrape' }])).toEqual(['stale']);
    // Not even text under the very version of the kill.
    expect(await bed.kinds([{ ...root, version: 9 }])).toEqual(['stale']);
    expect(await fates([uriOf('root')])).toEqual(['root killed']);
    expect(await bed.kinds([{ ...scraped, versionFrom: 'publisher' }])).toEqual(['pass']);
    expect(await fates(['root', 'copy'].map(uriOf))).toEqual(['root there', 'copy root']);
  });

  it('by no replay, no scrape and no newer version of a copy that is still one', async () => {
    const { copy, uriOf } = await killedStory();
    expect(await bed.kinds([copy])).toEqual(['pass']);
    expect(await bed.kinds([{ ...copy, version: 2, versionFrom: 'scrape' }])).toEqual(['stale']);
    expect(await bed.kinds([{ ...copy, version: 3 }])).toEqual(['pass']);
    expect(await fates([uriOf('copy')])).toEqual(['copy root']);
    expect(await bed.stored(uriOf('copy'))).toMatchObject({ version: 3 });
  });

  it('not by forgetting what it is a copy of, nor by a scrape that says so', async () => {
    const { copy, uriOf } = await killedStory();
    expect(await bed.kinds([own({ ...copy, version: 2 })])).toEqual(['pass']);
    expect(await bed.kinds([own({ ...copy, version: 3, body: 'Anders.', versionFrom: 'scrape' })])).toEqual([
      'stale',
    ]);
    expect(await fates([uriOf('copy')])).toEqual(['copy root']);
  });

  it('by a newer version of its own with another text', async () => {
    const { copy, uriOf } = await killedStory();
    const mended = own({ ...copy, version: 2, title: 'Ohne', body: 'Etwas ganz anderes.' });
    expect(await bed.kinds([mended])).toEqual(['pass']);
    expect(await fates([uriOf('copy')])).toEqual(['copy there']);
    expect((await bed.stored(uriOf('copy')))?.body.de).toBe('Etwas ganz anderes.');
  });

  it('as a new copy of a killed article, or of a head, that came back', async () => {
    const { article, uriOf } = newStory();
    const head = article('head', { of: 'root', head: true });
    await bed.handle([article('root'), head]);
    await bed.handle([killOf(head)]);
    expect(await bed.kinds([{ ...head, version: 10 }])).toEqual(['pass']);
    await bed.handle([article('new', { of: 'head' })]);
    expect(await fates(['root', 'head', 'new'].map(uriOf))).toEqual(['root head', 'head there', 'new there']);
  });
});

describe('text that comes after its kill', () => {
  const late = (article: EnrichedArticle, kill: EnrichedArticle): EnrichedArticle => ({
    ...article,
    version: kill.version,
    versionCreated: kill.versionCreated,
    versionFrom: 'scrape',
    pubStatus: 'canceled',
    origin: `${article.origin}7`,
  });

  it('is stale, stays out, and shows the kill what it reaches', async () => {
    const { article, uriOf } = newStory();
    const head = article('head', { of: 'root', head: true });
    const kill = killOf(head);
    // Nobody knows of which story this kill is.
    await bed.handle([article('root'), article('copy', { of: 'root' }), kill]);
    expect(await fates(['root', 'copy'].map(uriOf))).toEqual(['root there', 'copy there']);
    const before = await bed.stored(uriOf('head'));
    expect(await bed.kinds([late(head, kill)])).toEqual(['stale']);
    expect(await fates(['root', 'head', 'copy'].map(uriOf))).toEqual([
      'root head',
      'head killed',
      'copy head',
    ]);
    // It is still the kill's tombstone: the kill, come again, is no text that came too late.
    expect(await bed.stored(uriOf('head'))).toMatchObject({
      origin: kill.origin,
      indexedAt: before?.indexedAt,
      story: { id: documentId(uriOf('root')), head: true },
    });
    expect(await bed.kinds([kill])).toEqual(['pass']);
  });
});

describe('a kill holds although its version is the lower one', () => {
  it('when it has no number, and is about what was there before it', async () => {
    const { article, uriOf } = newStory();
    const root = { ...article('root'), version: 4 };
    const kill = killOf(root, { version: 0, versionCreated: '2026-03-02T08:00:00Z' });
    await bed.handle([root, article('copy', { of: 'root' })]);
    const [result] = await bed.handle([kill]);
    expect(result).toMatchObject({ kind: 'pass', output: { version: 4 } });
    expect(await fates(['root', 'copy'].map(uriOf))).toEqual(['root killed', 'copy root']);
    // Come again, it is the same kill; and what it is older than is still older.
    expect(await bed.kinds([kill, root])).toEqual(['pass', 'stale']);
    expect(await bed.kinds([{ ...root, version: 5, versionCreated: '2026-03-03T08:00:00Z' }])).toEqual([
      'pass',
    ]);
    expect(await bed.kinds([kill])).toEqual(['stale']);
  });

  it('when the text was only scraped later', async () => {
    const { article, uriOf } = newStory();
    const kill = killOf(article('root'), { version: 1 });
    const root = {
      ...article('root'),
      versionFrom: 'scrape' as const,
      versionCreated: '2026-03-05T08:00:00Z',
    };
    await bed.handle([root]);
    expect(await bed.kinds([kill])).toEqual(['pass']);
    expect(await fates([uriOf('root')])).toEqual(['root killed']);
  });

  it('but not over what the publisher made after it', async () => {
    const { article, uriOf } = newStory();
    const root = { ...article('root'), versionCreated: '2026-03-05T08:00:00Z' };
    await bed.handle([root]);
    expect(await bed.kinds([killOf(root, { version: 1, versionCreated: '2026-03-02T08:00:00Z' })])).toEqual([
      'stale',
    ]);
    expect(await fates([uriOf('root')])).toEqual(['root there']);
  });
});
