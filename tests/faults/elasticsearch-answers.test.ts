import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  afterwards,
  answerWith,
  buildServices,
  delayAnswer,
  eventually,
  probe,
  refuseDocuments,
  startHttpFaultProxy,
  testEngines,
  testKafka,
  type HttpFault,
  type HttpFaultProxy,
  type ProxiedRequest,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { startIndexRun, type IndexRun } from './index-run.ts';

/** What comes back from Elasticsearch is spoiled on the way, by a proxy in front of the real one. */
jest.setTimeout(60_000);

const TIMEOUT_MS = 4000;

let engines: TestEngines;
let kafka: TestKafka;
let proxy: HttpFaultProxy;
let index: IndexRun;

beforeAll(async () => {
  await buildServices(['index']);
  engines = await testEngines(['kafka', 'elasticsearch']);
  kafka = await testKafka(engines.kafkaBrokers);
  proxy = await startHttpFaultProxy(engines.elasticsearchUrl);
  index = await startIndexRun(engines, kafka, {
    ELASTICSEARCH_URL: proxy.url,
    INDEX_TIMEOUT_MS: String(TIMEOUT_MS),
    OUTAGE_MAX_BACKOFF_MS: '500',
  });
  await index.expectIndexed(await settledArticles(6));
}, 120_000);

afterEach(() => proxy.mend());

afterAll(async () => {
  await index?.stop();
  await proxy?.close();
  await kafka?.close();
  await engines?.stop();
});

async function settledArticles(count: number): Promise<number[]> {
  const numbers = await index.publish(count);
  await index.settled();
  return numbers;
}

const isBulk = ({ path }: Pick<ProxiedRequest, 'path'>) => path.includes('/_bulk');
const error = (status: number, type: string) =>
  answerWith(status, { error: { type, reason: 'by a test' }, status });
const html = { 'content-type': 'text/html' };
const page = '<!doctype html><html><body>Please log in</body></html>';
/** What is not Elasticsearch, and does not say that it were. */
const stranger =
  (status: number): HttpFault =>
  () => ({ status, headers: html, body: Buffer.from(page) });
/** An answer to the right number of documents, with nothing about them. */
const emptyItems: HttpFault = (request, forward) => {
  const count = request.body.toString('utf8').trimEnd().split('\n').length / 2;
  return answerWith(200, { items: Array.from({ length: count }, () => ({ index: null })) })(request, forward);
};

interface WholeFault {
  readonly what: string;
  readonly fault: HttpFault;
  /** The outage's code. */
  readonly code: RegExp;
  /** Only bulk requests meet it; readiness is asked by others. */
  readonly bulkOnly?: true;
  /** Requests that it spoils before it is over; 12 when absent. */
  readonly times?: number;
}

const WHOLE_FAULTS: readonly WholeFault[] = [
  {
    what: 'too many requests (429)',
    fault: error(429, 'es_rejected_execution_exception'),
    code: /es_rejected/,
  },
  { what: 'a proxy without Elasticsearch (503)', fault: stranger(503), code: /503/ },
  { what: 'credentials that have expired (401)', fault: error(401, 'security_exception'), code: /401/ },
  { what: 'rights that are taken away (403)', fault: error(403, 'security_exception'), code: /403/ },
  { what: 'a proxy that wants a login (407)', fault: stranger(407), code: /407/ },
  { what: 'a proxy that understands nothing (400)', fault: stranger(400), code: /400/ },
  {
    what: 'a page of something else, with 200',
    fault: stranger(200),
    code: /NOT_ELASTICSEARCH/,
  },
  {
    what: 'a page in Elasticsearch’s name',
    fault: answerWith(200, page, html),
    code: /BAD_ANSWER/,
    bulkOnly: true,
  },
  { what: 'nothing but null', fault: answerWith(200, 'null'), code: /BAD_ANSWER/, bulkOnly: true },
  { what: 'items without anything in them', fault: emptyItems, code: /BAD_ANSWER/, bulkOnly: true },
  {
    what: 'JSON that is cut off, after the write was applied',
    fault: afterwards((answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) })),
    code: /BAD_ANSWER/,
    bulkOnly: true,
  },
  {
    what: 'a connection that is reset in the middle of the answer, after the write was applied',
    fault: afterwards(() => 'reset'),
    code: /ECONNRESET|UND_ERR_SOCKET|CONNECTION|ABORTED/,
    bulkOnly: true,
  },
  {
    what: 'no answer in time, after the write was applied',
    fault: afterwards(() => 'hold'),
    code: /TIMEOUT/,
    bulkOnly: true,
    times: 4,
  },
];

describe('index waits, gives nothing up and goes on by itself, when it is answered with', () => {
  it.each(WHOLE_FAULTS)('$what', async ({ fault, code, bulkOnly, times = 12 }) => {
    const before = await index.run.committed();
    const met = proxy.add(fault, bulkOnly ? { on: isBulk } : {});
    // Few for each partition: a single article must not be taken for the culprit either.
    const numbers = await index.publish(12);
    await eventually('it was tried several times', () => (met() >= times ? true : undefined));
    await eventually('partitions wait', async () => ((await index.waiting()) > 0 ? true : undefined));
    expect(
      index.service
        .output()
        .split('\n')
        .filter((line) => line.includes('waits'))
        .at(-1),
    ).toMatch(new RegExp(`"code":"(?:${code.source})`));
    expect((await probe(index.service.url, 'live')).status).toBe(200);
    if (!bulkOnly) expect((await probe(index.service.url, 'ready')).error).toHaveProperty('elasticsearch');
    expect(await index.run.committed()).toBe(before);
    expect(await index.ends(numbers)).toEqual([]);

    proxy.mend();
    await index.settled();
    await index.expectIndexed(numbers);
    expect(await index.waiting()).toBe(0);
    expect((await probe(index.service.url, 'ready')).status).toBe(200);
  });
});

describe('when Elasticsearch is busy and refuses single documents (429 inside a 200)', () => {
  const busy = {
    status: 429,
    error: { type: 'es_rejected_execution_exception', reason: 'rejected execution: queue is full' },
  };

  it('index writes them later: none is lost, doubled or dead', async () => {
    const met = proxy.add(
      refuseDocuments((source) => /:\d*[37]"/.test(source), busy),
      { on: isBulk, times: 20 },
    );
    const numbers = await index.publish(100);
    await index.settled();
    expect(met()).toBeGreaterThan(3);
    await index.expectIndexed(numbers);
  });

  it('an older version never takes the place of a newer one', async () => {
    const numbers = index.fresh(12);
    // Of each article the second of four versions is refused, while the others are written.
    const met = proxy.add(
      refuseDocuments((source) => /"version":2,/.test(source), busy),
      { on: isBulk, times: 12 },
    );
    await index.publishVersions(
      [1, 2, 3, 4].flatMap((version) => numbers.map((number) => ({ number, version }))),
    );
    await index.settled();
    expect(met()).toBeGreaterThan(1);
    const documents = await index.documents(numbers);
    expect(documents.map(({ version }) => version)).toEqual(numbers.map(() => 4));
    const ends = await index.ends(numbers);
    expect(ends).toHaveLength(4 * numbers.length);
    expect(new Set(ends.map(({ origin }) => origin)).size).toBe(4 * numbers.length);
    // The refused ones came after the newest was there.
    expect(ends.filter(({ outcome }) => outcome === 'stale').length).toBeGreaterThan(0);
    expect(ends.every(({ outcome }) => outcome === 'indexed' || outcome === 'stale')).toBe(true);
    expect(await index.deadReasons(numbers)).toEqual([]);
  });
});

describe('when Elasticsearch is slow', () => {
  it('index is no slower than it, stays alive, and takes it for no outage', async () => {
    const delayMs = 3000;
    proxy.add(delayAnswer(delayMs), { on: isBulk });
    const requestsBefore = proxy.count(isBulk);
    const numbers = await index.publish(60);
    const begunMs = performance.now();
    await eventually('a request is on its way', () =>
      proxy.count(isBulk) > requestsBefore ? true : undefined,
    );
    expect((await probe(index.service.url, 'live')).status).toBe(200);
    expect((await probe(index.service.url, 'ready')).status).toBe(200);
    await index.settled();
    // Partitions are written side by side, and each chunk in one request: not one delay after the other.
    expect(performance.now() - begunMs).toBeLessThan(4 * delayMs);
    expect(proxy.count(isBulk) - requestsBefore).toBeLessThanOrEqual(18);
    await index.expectIndexed(numbers);
    expect(await index.waiting()).toBe(0);
  });
});
