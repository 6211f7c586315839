import { describe, expect, it, jest } from '@jest/globals';
import { storyLink } from '@wirefold/contracts';
import type { Folded } from '@wirefold/folding';
import {
  foldable,
  foldOne,
  NOON,
  publish,
  REDISES,
  TEXTS,
  textOf,
  useFoldRedis,
  type FoldRedis,
} from '../folding.ts';

/** Stories in a real Redis, and in a real Redis Cluster. */
jest.setTimeout(40_000);

const HOUR_MS = 3_600_000;
let texts = 100_000;
const fresh = () => textOf((texts += 1));

describe.each(REDISES)('on %s', (kind) => {
  let redis: FoldRedis;
  useFoldRedis(kind, (begun) => {
    redis = begun;
  });
  const worker: FoldRedis['worker'] = (options) => redis.worker(options);

  describe('a story', () => {
    it('has its copies, in one batch and after it', async () => {
      const folding = await worker();
      const body = fresh();
      const [first, second, other] = await folding.fold([
        foldable('first', { body }),
        foldable('second', { body }),
        foldable('other', { body: fresh() }),
      ]);
      const { id } = foldable('first');
      expect(first?.link).toEqual({ id, relation: 'original', score: 1, why: [], head: true });
      expect(second?.link).toMatchObject({ id, relation: 'copy', of: 'urn:fold:first', covered: true });
      expect(second?.link.head).toBeUndefined();
      expect(storyLink.parse(second?.link)).toEqual(second?.link);
      expect(other?.link).toMatchObject({ id: foldable('other').id, relation: 'original', head: true });
      expect(await publish(folding, foldable('third', { body }))).toMatchObject({ id, relation: 'copy' });
    });

    it('says whether what it is a copy of is surely published', async () => {
      const folding = await worker();
      const body = fresh();
      const original = await foldOne(folding, foldable('unconfirmed', { body }));
      const early = await foldOne(folding, foldable('early copy', { body }));
      await folding.confirm([original.record]);
      const late = await foldOne(folding, foldable('late copy', { body }));
      expect(original).toMatchObject({ isKnown: false, isBasisPublished: false });
      expect(early).toMatchObject({ isKnown: false, isBasisPublished: false });
      expect(late).toMatchObject({ isKnown: false, isBasisPublished: true });
    });

    it('gives an article that comes again the same link, confirmed or not', async () => {
      const folding = await worker();
      const body = fresh();
      const articles = [
        foldable('once', { body }),
        foldable('twice', { body: `${body} Nobody had said that before.`, title: 'Twice' }),
      ];
      const before = await folding.fold(articles);
      const again = await folding.fold(articles);
      await folding.confirm(again.map((one) => (one as Folded).record));
      const after = await (await worker()).fold(articles);
      for (const [index, one] of before.entries()) {
        expect(again[index]?.link).toEqual(one?.link);
        expect(after[index]?.link).toEqual(one?.link);
        expect([again[index]?.isKnown, after[index]?.isKnown]).toEqual([false, true]);
      }
    });

    it('keeps its id through new versions of its members and of the one that began it', async () => {
      const folding = await worker();
      const body = fresh();
      const { id } = await publish(folding, foldable('root', { body }));
      await publish(folding, foldable('member', { body }));
      expect(await publish(folding, foldable('member', { body: `${body} ${textOf(5, 1)}` }))).toMatchObject({
        id,
      });
      expect(await publish(folding, foldable('root', { body: `${textOf(6, 1)} ${body}` }))).toMatchObject({
        id,
        relation: 'original',
      });
      // Nothing of what it was.
      expect(await publish(folding, foldable('root', { body: fresh() }))).toMatchObject({ id });
      expect(await publish(folding, foldable('late', { body }))).toMatchObject({ id });
    });

    it('takes another translation into one language, but no report of the same event', async () => {
      const folding = await worker({ prefix: `${redis.prefix}-translators` });
      const { id } = await publish(folding, foldable('second', { title: TEXTS.title, body: TEXTS.bridge }));
      const inGerman = (name: string, body: string) =>
        publish(folding, foldable(name, { language: 'de', title: name, body, publishedMs: NOON + 1 }));
      expect(await inGerman('erste', TEXTS.bridgeInGerman)).toMatchObject({ id, relation: 'translation' });
      expect(await inGerman('zweite', TEXTS.bridgeInOtherGerman)).toMatchObject({
        id,
        relation: 'translation',
        of: 'urn:fold:second',
      });
      expect((await inGerman('bericht', TEXTS.bridgeReportInGerman)).id).not.toBe(id);
    });

    it('keeps a translation through its new versions', async () => {
      const folding = await worker();
      const { id } = await publish(folding, foldable('bridge', { title: TEXTS.title, body: TEXTS.bridge }));
      const german = foldable('bruecke', { language: 'de', title: 'Risse', body: TEXTS.bridgeInGerman });
      expect(await publish(folding, german)).toMatchObject({ id, relation: 'translation' });
      const more = `${TEXTS.bridgeInGerman}\n\nDas Ministerium will am Freitag mehr sagen.`;
      expect(await publish(folding, { ...german, body: more })).toMatchObject({
        id,
        relation: 'translation',
      });
      const paper = foldable('zeitung', { language: 'de', title: 'Risse', body: TEXTS.bridgeInGerman });
      expect(await publish(folding, paper)).toMatchObject({ id, relation: 'copy' });
      const next = foldable('next', {
        title: 'Hauliers block ferry',
        body: TEXTS.bridgeNextDay,
        publishedMs: NOON + 24 * HOUR_MS,
      });
      expect(await publish(folding, next)).toMatchObject({
        id: next.id,
        relation: 'follow-up',
        head: true,
      });
    });

    it('goes by the last of several versions in one batch', async () => {
      const folding = await worker();
      for (let round = 0; round < 10; round += 1) {
        const [first, last] = [fresh(), fresh()];
        const article = (body: string) => foldable(`versions ${round}`, { body });
        const folded = await folding.fold([article(first), article(last)]);
        await folding.confirm(folded.map((one) => (one as Folded).record));
        expect(folded.map((one) => one?.link.id)).toEqual([article('').id, article('').id]);
        expect((await foldOne(folding, article(last))).record.contentKey).toBe(folded[1]?.record.contentKey);
        expect(await publish(folding, foldable(`copy of the last ${round}`, { body: last }))).toMatchObject({
          id: article('').id,
          relation: 'copy',
        });
      }
    });

    it('of too few words is none', async () => {
      const folding = await worker();
      const short = foldable('short', { body: 'Only seven words, to be told apart.' });
      expect(await folding.fold([short, short])).toEqual([undefined, undefined]);
      expect(await folding.fold([])).toEqual([]);
    });
  });

  describe('the head of a story', () => {
    it('is the earliest, and goes over to the agency’s own; the id stays', async () => {
      const folding = await worker();
      const body = fresh();
      const { id } = await publish(folding, foldable('paper', { body }));
      const later = foldable('later paper', { body, publishedMs: NOON + 1 });
      expect((await publish(folding, later)).head).toBeUndefined();
      const earlier = foldable('earlier paper', { body, publishedMs: NOON - 1 });
      expect(await publish(folding, earlier)).toMatchObject({ id, head: true });
      const credited = foldable('crediting paper', { body, credits: ['dpa'], publishedMs: NOON + 2 });
      expect(await publish(folding, credited)).toMatchObject({ id, head: true, agency: 'dpa' });
      const agencys = foldable('agency', {
        body,
        source: { domain: 'www.dpa.com' },
        publishedMs: NOON + 3,
      });
      expect(await publish(folding, agencys)).toMatchObject({ id, head: true, agency: 'dpa' });
      expect((await publish(folding, { ...earlier, ...foldable('last', { body }) })).head).toBeUndefined();
      const again = await foldOne(folding, agencys);
      expect(again.link).toMatchObject({ id, head: true });
      expect((await foldOne(folding, foldable('paper', { body }))).link.head).toBeUndefined();
      const rewritten = await publish(folding, foldable('paper', { body: `${body} ${textOf(7, 1)}` }));
      expect(rewritten).toMatchObject({ id });
      expect(rewritten.head).toBeUndefined();
    });

    it('stays with the one that came first, of equals', async () => {
      const folding = await worker();
      const body = fresh();
      for (const name of ['m', 'a', 'z'])
        expect((await publish(folding, foldable(name, { body }))).head).toBe(name === 'm' ? true : undefined);
    });
  });

  describe('a kill', () => {
    it('of what began a story reaches all that comes later', async () => {
      const folding = await worker();
      const body = fresh();
      const root = foldable('killed root', { body });
      const { id } = await publish(folding, root);
      expect((await publish(folding, foldable('copy before', { body }))).killedBy).toBeUndefined();
      expect(await folding.kill(root)).toMatchObject({ id, relation: 'original' });
      expect(await publish(folding, foldable('copy behind', { body }))).toMatchObject({
        id,
        killedBy: root.uri,
      });
      expect((await foldOne(folding, foldable('copy before', { body }))).link).toMatchObject({
        id,
        killedBy: root.uri,
      });
      const rewritten = { ...foldable('copy before', { body: `${body} ${textOf(8, 1)}` }) };
      expect((await publish(folding, rewritten)).killedBy).toBe(root.uri);
    });

    it('of the head reaches all of the story', async () => {
      const folding = await worker();
      const body = fresh();
      await publish(folding, foldable('paper before', { body }));
      const head = foldable('head', { body, source: { domain: 'dpa.com' } });
      await publish(folding, head);
      expect(await folding.kill(head)).toMatchObject({ head: true });
      expect((await publish(folding, foldable('paper behind', { body }))).killedBy).toBe(head.uri);
      expect((await foldOne(folding, foldable('paper before', { body }))).link.killedBy).toBe(head.uri);
      // What began the story as well, whatever it says now.
      const rewritten = foldable('paper before', { body: `${body} ${textOf(9, 1)}` });
      expect((await publish(folding, rewritten)).killedBy).toBe(head.uri);
    });

    it('of another copy reaches only what is a copy of that one', async () => {
      const folding = await worker();
      const body = fresh();
      const edited = `${textOf(texts + 50_000, 3)} ${body}`;
      await publish(folding, foldable('kept', { body }));
      const copy = foldable('killed copy', { body: edited });
      await publish(folding, copy);
      await folding.kill(copy);
      const copyOfCopy = await publish(folding, foldable('copy of the copy', { body: edited }));
      expect(copyOfCopy).toMatchObject({ of: copy.uri, killedBy: copy.uri });
      expect((await foldOne(folding, foldable('copy of the copy', { body: edited }))).link.killedBy).toBe(
        copy.uri,
      );
      expect((await publish(folding, foldable('copy of the kept', { body }))).killedBy).toBeUndefined();
      expect((await foldOne(folding, foldable('kept', { body }))).link.killedBy).toBeUndefined();
    });

    it('of an article that nobody knows says so', async () => {
      const folding = await worker();
      expect(await folding.kill(foldable('unknown'))).toBeUndefined();
    });
  });

  it('a story takes one text in a language, told by names and figures alone', async () => {
    const { store } = await worker();
    const root = { uri: 'urn:root', language: 'en', rank: 0, publishedMs: NOON };
    const storyId = foldable('languages').id;
    const join = (uri: string, language: string, isUnsure: boolean) =>
      store.join({ storyId, uri, language, isUnsure, rank: 0, publishedMs: NOON + 1, root });
    const joined = { kind: 'joined', head: 'urn:root' };
    expect(await join('urn:de', 'de', true)).toEqual(joined);
    expect(await join('urn:de:2', 'de', true)).toEqual({ kind: 'refused' });
    expect(await join('urn:en', 'en', true)).toEqual({ kind: 'refused' });
    expect(await join('urn:fr', 'fr', true)).toEqual(joined);
    expect(await join('urn:de:copy', 'de', false)).toEqual(joined);
    // The same again, as after a crash.
    expect(await join('urn:de', 'de', true)).toEqual(joined);
  });

  it.each([
    ['textHours', 2, { title: '', body: textOf(1) }, { title: '', body: textOf(1) }, 'copy'],
    [
      'translationHours',
      2,
      { title: TEXTS.title, body: TEXTS.bridge },
      { language: 'de', body: TEXTS.bridgeInGerman },
      'translation',
    ],
    [
      'followUpHours',
      // More than the two are apart by their publication.
      31,
      { title: TEXTS.title, body: TEXTS.bridge },
      { body: TEXTS.bridgeNextDay, publishedMs: NOON + 30 * HOUR_MS },
      'follow-up',
    ],
  ] as const)('%s is how long the other one is found', async (window, hours, known, later, relation) => {
    let nowMs = Date.now();
    const folding = await worker({
      prefix: `${redis.prefix}:${window}`,
      nowMs: () => nowMs,
      windows: { [window]: hours },
    });
    await publish(folding, foldable('known', known));
    nowMs += (hours - 0.1) * HOUR_MS;
    const inTime = foldable('in time', later);
    expect((await foldOne(folding, inTime)).link.relation).toBe(relation);
    nowMs += 0.2 * HOUR_MS;
    // Not by way of the other one.
    await redis.flush();
    nowMs -= (hours + 0.1) * HOUR_MS;
    await publish(folding, foldable('known', known));
    nowMs += (hours + 0.1) * HOUR_MS;
    expect((await foldOne(folding, foldable('too late', later))).link.relation).toBe('original');
  });
});
