import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Publisher, ReceiptWatch } from '@wirefold/cli';
import { topics, type Outcome, type StageName } from '@wirefold/contracts';
import { readRanges } from '@wirefold/kafka';
import { eventually, type TestKafka, type TestPipeline } from '@wirefold/testing';
import type { CommandLine } from './command-line.ts';
import { beginRun, type PipelineRun } from './pipeline-run.ts';

interface Books {
  readonly published: number;
  readonly outcomes: Record<Outcome, number>;
  readonly waiting: number;
  readonly gap: number;
  readonly redriven: number;
  readonly noLongerKept: number;
  readonly foreignRecords: number;
  readonly lost: readonly { readonly uri: string; readonly origin: string; readonly stage: string }[];
  readonly stages: readonly {
    readonly stage: StageName;
    readonly in: number;
    readonly passedOn: number;
    readonly waiting: number;
    readonly gap: number;
  }[];
}

let run: PipelineRun;
let kafka: TestKafka;
let pipeline: TestPipeline;
let publisher: Publisher;
let watch: ReceiptWatch;
let wirefold: CommandLine;

beforeAll(async () => {
  run = await beginRun();
  ({ kafka, pipeline, publisher, watch, wirefold } = run);
}, 240_000);

afterAll(() => run?.stop(), 60_000);

const article = (name: string) => ({
  uri: `urn:ledger:${name}`,
  value: Buffer.from(
    JSON.stringify({
      uri: `urn:ledger:${name}`,
      content: `Die Meldung ${name} aus Köln. Sie hat einen zweiten Satz.`,
    }),
  ),
});
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}${number}`);

async function publishAndWait(publications: readonly ReturnType<typeof article>[]): Promise<void> {
  const published = await publisher.publish(publications);
  const origins = published.map(({ origin }) => origin);
  expect(await watch.wait(origins, 90_000)).toBe(true);
}

async function ledger(...options: string[]): Promise<{ readonly code: number; readonly books: Books }> {
  const { code, out } = await wirefold('ledger', '--json', ...options);
  return { code, books: JSON.parse(out) as Books };
}

/** A ledger as soon as nothing waits: what is committed follows the receipts by a moment. */
const settledLedger = (code: number) =>
  eventually(
    'nothing waits',
    async () => {
      const found = await ledger();
      return found.books.waiting === 0 && found.code === code ? found.books : undefined;
    },
    60_000,
  );
const stageOf = ({ stages }: Books, stage: StageName) => stages.find((one) => one.stage === stage);
const sumOf = ({ outcomes }: Books) => Object.values(outcomes).reduce((sum, count) => sum + count, 0);

async function stop(stage: StageName): Promise<void> {
  const service = pipeline.services.get(stage);
  service?.kill('SIGTERM');
  await service?.exited;
}

describe('the ledger', () => {
  it('balances: published is the sum of the outcomes', async () => {
    await publishAndWait([
      ...names('a', 5).map(article),
      article('a0'),
      { uri: 'urn:ledger:broken', value: Buffer.from('{') },
    ]);
    const books = await settledLedger(0);
    expect(books).toMatchObject({
      published: 7,
      outcomes: { indexed: 5, unchanged: 1, rejected: 1, stale: 0, folded: 0 },
      gap: 0,
      redriven: 0,
      noLongerKept: 0,
      foreignRecords: 0,
      lost: [],
    });
    expect(books.stages.map(({ stage, in: arrived, passedOn }) => [stage, arrived, passedOn])).toEqual([
      ['ingest', 7, 5],
      ['clean', 5, 5],
      ['translate', 5, 5],
      ['enrich', 5, 5],
      ['index', 5, 0],
    ]);
    const table = await wirefold('ledger');
    expect(table).toMatchObject({ code: 0, out: expect.stringContaining('nothing is lost') });
    expect(table.out).toContain('7 published = 5 indexed + 0 folded + 1 unchanged + 0 stale + 1 rejected');
  }, 180_000);

  it('takes forged headers of a scraped message for what they are', async () => {
    const { uri, value } = article('forged');
    const [first] = await kafka.messages(topics.scraped, 1);
    await kafka.publish(topics.scraped, {
      key: uri,
      value,
      headers: {
        'wirefold-redrives': '7',
        'wirefold-redrive-of': `${topics.scraped.name}/${first?.partition}/0@${first?.timestamp}`,
        ce_id: `${topics.scraped.name}/${first?.partition}/0@${first?.timestamp}`,
      },
    });
    const books = await eventually('it is indexed', async () => {
      const found = await settledLedger(0);
      return found.outcomes.indexed === 6 ? found : undefined;
    });
    expect(books).toMatchObject({ published: 8, gap: 0, redriven: 1, foreignRecords: 0 });
  }, 180_000);

  it('shows no gap while the pipeline is at work', async () => {
    const before = (await settledLedger(0)).published;
    const stories = names('b', 3000).map(article);
    const publishing = publishAndWait(stories);
    let looks = 0;
    const done = new AbortController();
    void publishing.finally(() => done.abort());
    while (!done.signal.aborted) {
      const { code, books } = await ledger();
      expect([code, books.gap, books.lost]).toEqual([0, 0, []]);
      expect(sumOf(books) + books.waiting).toBe(books.published);
      looks += 1;
    }
    await publishing;
    expect(looks).toBeGreaterThan(0);
    expect(await settledLedger(0)).toMatchObject({ published: before + stories.length, gap: 0 });
  }, 240_000);

  it('and the trace say where messages wait', async () => {
    await stop('enrich');
    const before = await kafka.committed(`${pipeline.prefix}.translate`, topics.cleaned);
    await publisher.publish(names('c', 3).map(article));
    // One partition: so it is known who stands before whom.
    await publisher.publish(
      [article('c0'), article('c0')].map(({ uri }, version) => ({
        uri,
        value: Buffer.from(
          JSON.stringify({ uri, content: `Fassung ${version} der Meldung aus Köln.`, version: version + 1 }),
        ),
      })),
    );
    await eventually('they are with enrich', async () =>
      (await kafka.committed(`${pipeline.prefix}.translate`, topics.cleaned)) >= before + 5
        ? true
        : undefined,
    );
    const { code, books } = await ledger();
    expect(code).toBe(0);
    expect(books).toMatchObject({ waiting: 5, gap: 0 });
    expect(stageOf(books, 'enrich')?.waiting).toBe(5);

    const traces = JSON.parse((await wirefold('trace', 'urn:ledger:c0', '--json')).out) as {
      readonly waitsFor: string;
      readonly place: { readonly stage: string; readonly ahead: number };
    }[];
    expect(traces.map(({ waitsFor, place }) => [waitsFor, place.stage])).toEqual(
      Array.from({ length: 3 }, () => ['enrich', 'enrich']),
    );
    const [first = -1, second = -1, third = -1] = traces.map(({ place }) => place.ahead);
    expect(first).toBeGreaterThanOrEqual(0);
    expect([second > first, third]).toEqual([true, second + 1]);
    expect((await wirefold('trace', 'urn:ledger:c0')).out).toMatch(
      /waits for enrich \(partition \d+, offset \d+\), behind \d+ message/,
    );

    await pipeline.start('enrich');
    expect(await settledLedger(0)).toMatchObject({ gap: 0 });
  }, 240_000);

  it('finds messages that a stage has committed without a word, and names them', async () => {
    const before = await settledLedger(0);
    await stop('ingest');
    const lost = names('lost', 3);
    const published = await publisher.publish(lost.map(article));
    const groupId = `${pipeline.prefix}.ingest`;
    const ends = await kafka.admin.fetchTopicOffsets(topics.scraped.name);
    await eventually(
      'the offsets are set',
      async () => {
        await kafka.admin.setOffsets({
          groupId,
          topic: topics.scraped.name,
          partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
        });
        return true;
      },
      60_000,
    );
    await pipeline.start('ingest');
    await publishAndWait([article('after')]);
    const books = await settledLedger(1);
    expect(books).toMatchObject({ published: before.published + 4, gap: 3, waiting: 0 });
    expect(stageOf(books, 'ingest')?.gap).toBe(3);
    expect(new Map(books.lost.map(({ uri, origin }) => [uri, origin]))).toEqual(
      new Map(published.map(({ uri, origin }) => [uri, origin])),
    );
    const table = await wirefold('ledger', '--max', '1');
    expect(table).toMatchObject({ code: 1, out: expect.stringContaining('and 2 more') });
    expect((await wirefold('trace', 'urn:ledger:lost1')).out).toContain('lost: handled by ingest');
  }, 240_000);

  it('takes what retention has removed for no longer kept, and not for lost', async () => {
    const before = await settledLedger(1);
    const ends = await kafka.admin.fetchTopicOffsets(topics.scraped.name);
    await kafka.admin.deleteTopicRecords({
      topic: topics.scraped.name,
      partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
    });
    // A read that began before ends all the same.
    let read = 0;
    const ranges = ends.map(({ partition, high }) => ({ partition, low: 0n, high: BigInt(high) }));
    await readRanges(kafka.kafka, topics.scraped.name, ranges, () => {
      read += 1;
    });
    expect(read).toBe(0);
    const books = await settledLedger(0);
    // The lost ones are on no later topic: with the scraped records all trace of them is gone.
    expect(books).toMatchObject({
      published: 0,
      gap: 0,
      noLongerKept: before.published - 3,
      foreignRecords: 0,
    });
  }, 180_000);
});
