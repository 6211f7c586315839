import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { documentId, type EnrichedArticle, type StoryLink } from '@wirefold/contracts';
import {
  afterwards,
  answerWith,
  startHttpFaultProxy,
  type HttpFault,
  type ProxiedRequest,
} from '@wirefold/testing';
import { anArticle } from './enriched-articles.ts';
import { openIndexBed, permutations } from './index-bed.ts';

/** What a kill reaches, in whatever order it and the copies of the killed come: on a real Elasticsearch. */
jest.setTimeout(120_000);

const bed = await openIndexBed();
afterAll(bed.close);

const SECRET = 'Geheimnis';

let round = 0;
/** A story with uris of its own. */
function newStory() {
  round += 1;
  const uriOf = (name: string) => `urn:kills:${round}:${name}`;
  let place = 0;
  /** An article that tells the story; without `of` it is the one that the story began with. */
  const article = (name: string, story: Partial<StoryLink> & { readonly of?: string } = {}) => {
    const { of, ...given } = story;
    place += 1;
    return anArticle({
      uri: uriOf(name),
      title: SECRET,
      body: `${SECRET}, wie es ${name} erzählt.`,
      origin: `news.article.scraped.v1/0/${place}@${Date.UTC(2026, 2, 1)}`,
      story: {
        id: documentId(uriOf('root')),
        relation: of === undefined ? 'original' : 'copy',
        ...(of === undefined ? {} : { of: uriOf(of) }),
        score: 1,
        why: [{ sign: 'sentences', reason: SECRET }],
        ...given,
      },
    });
  };
  return { uriOf, article };
}

/** As publishers kill: without the text, and so without the story. */
function killOf(article: EnrichedArticle, fields: Partial<EnrichedArticle> = {}): EnrichedArticle {
  const { story: _story, ...rest } = article;
  return {
    ...rest,
    version: 9,
    pubStatus: 'canceled',
    title: '',
    body: '',
    origin: `${article.origin}1`,
    ...fields,
  };
}

/** Who is visible, who was wiped by whom; nothing of a text is left of the latter. */
async function fates(uris: readonly string[]): Promise<string[]> {
  await bed.client.indices.refresh({ index: bed.firstIndex });
  const visible = await bed.client.search<{ uri: string }>({
    index: bed.readAlias,
    size: uris.length,
    query: { terms: { uri: [...uris] } },
  });
  const shown = new Set(visible.hits.hits.map(({ _source }) => _source?.uri));
  return await Promise.all(
    uris.map(async (uri) => {
      const document = await bed.stored(uri);
      const isCanceled = document?.pubStatus === 'canceled';
      if (isCanceled) expect(JSON.stringify(document)).not.toContain(SECRET);
      expect(shown.has(uri)).toBe(document !== undefined && !isCanceled);
      const fate = isCanceled ? (document.killedBy?.split(':').at(-1) ?? 'killed') : 'there';
      return `${uri.split(':').at(-1)} ${document === undefined ? 'missing' : fate}`;
    }),
  );
}

describe('a kill reaches', () => {
  it('every article of the story, when it is of the head that it began with; a follow-up stays', async () => {
    const { article, uriOf } = newStory();
    const root = article('root');
    const followUp = article('later', {
      of: 'root',
      relation: 'follow-up',
      id: documentId(uriOf('later')),
    });
    const copyOfLater = article('later-copy', { of: 'later', id: documentId(uriOf('later')) });
    await bed.handle([
      root,
      article('copy', { of: 'root' }),
      article('translated', { of: 'copy', relation: 'translation' }),
      article('edited', { of: 'copy', relation: 'local-edit' }),
      followUp,
      copyOfLater,
    ]);
    expect(await bed.kinds([killOf(root)])).toEqual(['pass']);
    expect(await fates(['root', 'copy', 'translated', 'edited', 'later', 'later-copy'].map(uriOf))).toEqual([
      'root killed',
      'copy root',
      'translated root',
      'edited root',
      'later there',
      'later-copy there',
    ]);
  });

  it('every article of the story, when it is of a head that came later', async () => {
    const { article, uriOf } = newStory();
    const head = article('head', { of: 'root', head: true });
    await bed.handle([article('root'), head, article('copy', { of: 'root' })]);
    await bed.handle([killOf(head)]);
    expect(await fates(['root', 'head', 'copy'].map(uriOf))).toEqual([
      'root head',
      'head killed',
      'copy head',
    ]);
    // What comes only now has never heard of the head.
    const [late] = await bed.handle([article('late', { of: 'root' })]);
    expect(late).toMatchObject({ kind: 'pass', output: { outcome: 'indexed', pubStatus: 'canceled' } });
    expect(JSON.stringify(late)).not.toContain(SECRET);
    expect(await fates([uriOf('late')])).toEqual(['late head']);
  });

  it('the article that the story began with, when that one comes after the kill of the head', async () => {
    const { article, uriOf } = newStory();
    const head = article('head', { of: 'root', head: true });
    await bed.handle([head]);
    await bed.handle([killOf(head)]);
    await bed.handle([article('root')]);
    await bed.handle([article('copy', { of: 'root' })]);
    expect(await fates(['root', 'copy'].map(uriOf))).toEqual(['root head', 'copy head']);
  });

  it('copies of a copy and theirs, but nothing it was copied from', async () => {
    const { article, uriOf } = newStory();
    const copy = article('a', { of: 'root' });
    await bed.handle([
      article('root'),
      article('other', { of: 'root' }),
      copy,
      article('b', { of: 'a', relation: 'local-edit' }),
      article('c', { of: 'b', relation: 'translation' }),
    ]);
    await bed.handle([killOf(copy)]);
    expect(await fates(['root', 'other', 'a', 'b', 'c'].map(uriOf))).toEqual([
      'root there',
      'other there',
      'a killed',
      'b a',
      'c a',
    ]);
    // In flight while all that happened.
    await bed.handle([article('d', { of: 'c' })]);
    expect(await fates([uriOf('d')])).toEqual(['d a']);
  });

  it('a copy of a copy that was there before the copy', async () => {
    const { article, uriOf } = newStory();
    const killed = article('a', { of: 'root' });
    await bed.handle([article('root'), killed, article('c', { of: 'b' })]);
    await bed.handle([killOf(killed)]);
    expect(await fates([uriOf('c')])).toEqual(['c there']);
    await bed.handle([article('b', { of: 'a' })]);
    expect(await fates(['b', 'c'].map(uriOf))).toEqual(['b a', 'c a']);
  });

  it('the story that the kill tells, and the one that was known before it', async () => {
    const { article, uriOf } = newStory();
    // When it was indexed, clean had forgotten the story; meanwhile others are linked to both.
    const alone = { id: documentId(uriOf('head')) };
    const known = article('head', alone);
    await bed.handle([
      known,
      article('root'),
      article('copy', { of: 'root' }),
      article('late', { ...alone, of: 'head' }),
    ]);
    await bed.handle([killOf(known, { story: article('head', { of: 'root', head: true }).story })]);
    expect(await fates(['head', 'root', 'copy', 'late'].map(uriOf))).toEqual([
      'head killed',
      'root head',
      'copy head',
      'late head',
    ]);
  });

  it('copies of which the message itself says so', async () => {
    const { article, uriOf } = newStory();
    await bed.handle([article('copy', { of: 'root', killedBy: uriOf('root') })]);
    expect(await fates([uriOf('copy')])).toEqual(['copy root']);
  });

  it('more copies than a page has', async () => {
    const { article, uriOf } = newStory();
    const root = article('root');
    await bed.handle([root]);
    const copies = Array.from({ length: 1201 }, (_, number) => article(`copy-${number}`, { of: 'root' }));
    for (let from = 0; from < copies.length; from += 240) await bed.handle(copies.slice(from, from + 240));
    expect(await bed.kinds([killOf(root)])).toEqual(['pass']);
    await bed.client.indices.refresh({ index: bed.firstIndex });
    const { hits } = await bed.client.search({
      index: bed.firstIndex,
      size: 1300,
      query: { term: { 'story.id': documentId(uriOf('root')) } },
    });
    expect(hits.hits).toHaveLength(1202);
    expect(JSON.stringify(hits)).not.toContain(SECRET);
  });

  it('only what there is of its own, where articles are not folded', async () => {
    const { article, uriOf } = newStory();
    const { story: _story, ...alone } = article('alone');
    await bed.handle([alone, article('root')]);
    await bed.handle([killOf(alone)]);
    expect(await fates(['alone', 'root'].map(uriOf))).toEqual(['alone killed', 'root there']);
  });
});

describe('in every order', () => {
  const inStory = () => {
    const { article, uriOf } = newStory();
    const root = article('root');
    const messages = {
      root,
      copy: article('copy', { of: 'root' }),
      translated: article('translated', { of: 'copy', relation: 'translation' }),
      kill: killOf(root),
    };
    return { messages, uris: ['root', 'copy', 'translated'].map(uriOf) };
  };
  const names = ['root', 'copy', 'translated', 'kill'] as const;
  const orders = permutations(names);
  const ended = ['root killed', 'copy root', 'translated root'];

  it.each(orders.map((order) => [order.join(', '), order] as const))(
    'one after the other: %s',
    async (_what, order) => {
      const { messages, uris } = inStory();
      for (const name of order) await bed.handle([messages[name]]);
      expect(await fates(uris)).toEqual(ended);
      // All of it again, as after a reset of offsets.
      for (const name of order) await bed.handle([messages[name]]);
      expect(await fates(uris)).toEqual(ended);
    },
  );

  it.each(orders.map((order) => [order.join(', '), order] as const))(
    'in one batch: %s',
    async (_what, order) => {
      const { messages, uris } = inStory();
      await bed.handle(order.map((name) => messages[name]));
      expect(await fates(uris)).toEqual(ended);
    },
  );

  it('the head killed before or after each of the others', async () => {
    for (const order of permutations(['root', 'head', 'copy', 'kill'] as const)) {
      const { article, uriOf } = newStory();
      const head = article('head', { of: 'root', head: true });
      // A kill that comes before its article says by itself what it is of, as clean remembers it.
      const kill = killOf(head, { story: head.story });
      const messages = { root: article('root'), head, copy: article('copy', { of: 'root' }), kill };
      for (const name of order) await bed.handle([messages[name]]);
      expect([order, await fates(['root', 'head', 'copy'].map(uriOf))]).toEqual([
        order,
        ['root head', 'head killed', 'copy head'],
      ]);
    }
  });

  it('at the same moment, from several processes', async () => {
    const others = [bed.newStage(), bed.newStage(), bed.newStage()];
    const stories = Array.from({ length: 60 }, inStory);
    // Each kind of message is on a partition of its own, and each process has one.
    const work = names.map(async (name, number) => {
      for (let from = 0; from < stories.length; from += 4) {
        const batch = stories.slice(from, from + 4).map(({ messages }) => messages[name]);
        const kinds = await bed.kinds(batch, others[number]);
        expect(kinds.every((kind) => kind === 'pass' || kind === 'stale')).toBe(true);
      }
    });
    await Promise.all(work);
    expect(await fates(stories.flatMap(({ uris }) => uris))).toEqual(stories.flatMap(() => ended));
  });
});

describe('when Elasticsearch fails in the middle of a kill', () => {
  const pathOf = (part: string) => (request: ProxiedRequest) => request.path.includes(part);
  const down: HttpFault = answerWith(503, { error: { type: 'unavailable' }, status: 503 });
  let bulks = 0;
  const secondBulk = (request: ProxiedRequest) => request.path.includes('_bulk') && ++bulks % 2 === 0;
  const cases: readonly [string, (request: ProxiedRequest) => boolean, HttpFault][] = [
    ['at what is there', pathOf('_mget'), down],
    ['at what is there, by another’s answer', pathOf('_mget'), answerWith(200, '{"docs":[]}')],
    ['at the refresh', pathOf('_refresh'), down],
    ['at the search for copies', pathOf('_search'), down],
    ['at the search for copies, by a page of a proxy', pathOf('_search'), answerWith(200, '<html>')],
    ['at the wiping', secondBulk, down],
    ['after the wiping', secondBulk, afterwards(() => 'reset')],
  ];

  it.each(cases)('%s: it is an outage, and done again', async (_what, on, fault) => {
    const proxy = await startHttpFaultProxy(bed.elasticsearchUrl);
    const stage = bed.newStage({ ELASTICSEARCH_URL: proxy.url });
    const { article, uriOf } = newStory();
    const root = article('root');
    await bed.handle([root, article('copy', { of: 'root' })]);
    // Past what the stage asks once.
    await bed.kinds([article('else', { id: documentId(uriOf('else')) })], stage);
    bulks = 0;
    const met = proxy.add(fault, { on, times: 1 });
    try {
      const [failed] = await bed.handle([killOf(root)], stage);
      expect(met()).toBe(1);
      expect(failed?.kind).toBe('outage');
      expect(await bed.kinds([killOf(root)], stage)).toEqual(['pass']);
      expect(await fates(['root', 'copy'].map(uriOf))).toEqual(['root killed', 'copy root']);
    } finally {
      await proxy.close();
    }
  });

  it('a copy whose look for kills fails is an outage, and wiped when it comes again', async () => {
    const proxy = await startHttpFaultProxy(bed.elasticsearchUrl);
    const stage = bed.newStage({ ELASTICSEARCH_URL: proxy.url });
    const { article, uriOf } = newStory();
    const root = article('root');
    await bed.handle([root]);
    const copy = article('copy', { of: 'root' });
    // Between the copy's first look and its last, the kill comes; and the last look fails.
    proxy.add(
      async (request, forward) => {
        const answer = await forward(request);
        await bed.handle([killOf(root)]);
        return answer;
      },
      { on: pathOf('_mget'), times: 1 },
    );
    const met = proxy.add(down, { on: pathOf('_mget'), times: 1 });
    try {
      expect(await bed.kinds([copy], stage)).toEqual(['outage']);
      expect(met()).toBe(1);
      expect(await fates([uriOf('copy')])).toEqual(['copy there']);
      expect(await bed.kinds([copy], stage)).toEqual(['pass']);
      expect(await fates([uriOf('copy')])).toEqual(['copy root']);
    } finally {
      await proxy.close();
    }
  });

  it('a kill that comes between a copy’s look and its write still reaches it', async () => {
    const proxy = await startHttpFaultProxy(bed.elasticsearchUrl);
    const stage = bed.newStage({ ELASTICSEARCH_URL: proxy.url });
    const { article, uriOf } = newStory();
    const root = article('root');
    await bed.handle([root]);
    proxy.add(
      async (request, forward) => {
        await bed.handle([killOf(root)]);
        return forward(request);
      },
      { on: pathOf('_bulk'), times: 1 },
    );
    try {
      const [result] = await bed.handle([article('copy', { of: 'root' })], stage);
      expect(result).toMatchObject({ kind: 'pass', output: { pubStatus: 'canceled' } });
      expect(await fates([uriOf('copy')])).toEqual(['copy root']);
    } finally {
      await proxy.close();
    }
  });
});

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
