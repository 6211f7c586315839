import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import {
  afterwards,
  answerWith,
  startHttpFaultProxy,
  type HttpFault,
  type ProxiedRequest,
} from '@wirefold/testing';
import { openIndexBed } from './index-bed.ts';
import { fatesOf, killOf, newStory } from './killed-stories.ts';

/** Kills while Elasticsearch fails, or while a copy is on its way: on a real one. */
jest.setTimeout(120_000);

const bed = await openIndexBed();
afterAll(bed.close);
const fates = (uris: readonly string[]) => fatesOf(bed, uris);

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
