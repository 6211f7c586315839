import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import { openIndexBed, permutations } from './index-bed.ts';
import { fatesOf, killOf, newStory, SECRET } from './killed-stories.ts';

/** What a kill reaches, in whatever order it and the copies of the killed come: on a real Elasticsearch. */
jest.setTimeout(120_000);

const bed = await openIndexBed();
afterAll(bed.close);
const fates = (uris: readonly string[]) => fatesOf(bed, uris);

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

  it('only what was made from it, when it was the head once and is not any more', async () => {
    const { article, uriOf } = newStory();
    const once = article('root', { head: true });
    const head = article('head', { of: 'root', head: true });
    await bed.handle([once, head, article('copy', { of: 'root' }), article('other', { of: 'head' })]);
    // Clean knows who the head is by now; what is in the index knows who it was.
    await bed.handle([killOf(once, { story: article('root').story })]);
    expect(await fates(['root', 'head', 'copy', 'other'].map(uriOf))).toEqual([
      'root killed',
      'head there',
      'copy root',
      'other there',
    ]);
    await bed.handle([article('late', { of: 'head' })]);
    expect(await fates([uriOf('late')])).toEqual(['late there']);
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
