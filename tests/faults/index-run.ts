import { expect } from '@jest/globals';
import { articleIndex, elasticsearchClient, type ArticleDocument } from '@wirefold/article-index';
import { documentId, readHeader } from '@wirefold/contracts';
import type { EngineAddresses } from '@wirefold/engines';
import {
  beginStageRun,
  eventIds,
  jsonOf,
  stageSubjects,
  type SampleOptions,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TappedMessage,
  type TestKafka,
} from '@wirefold/testing';
import { untilNotReady, waitingPartitions } from './outage-probes.ts';

type Client = ReturnType<typeof elasticsearchClient>;

/** The index service at work, for tests that spoil what it stands on. */
export interface IndexRun {
  readonly run: StageRun;
  readonly service: ServiceProcess;
  /** Straight to the real Elasticsearch. */
  readonly client: Client;
  readonly index: ReturnType<typeof articleIndex>;
  /** Publishes new articles; gives their numbers. */
  readonly publish: (count: number, options?: Partial<SampleOptions>) => Promise<number[]>;
  /** Publishes versions, in this order. */
  readonly publishVersions: (versions: readonly { number: number; version: number }[]) => Promise<void>;
  /** Numbers of articles that are not used yet. */
  readonly fresh: (count: number) => number[];
  /** Resolves when all that was published is committed. */
  readonly settled: (withinMs?: number) => Promise<void>;
  readonly deadReasons: (numbers: readonly number[]) => Promise<(string | undefined)[]>;
  /** How each message about some articles ended, by its origin. */
  readonly ends: (
    numbers: readonly number[],
  ) => Promise<{ readonly origin: string; readonly outcome: string }[]>;
  readonly documents: (numbers: readonly number[]) => Promise<ArticleDocument[]>;
  /** Each has one document and one receipt, and none is a dead letter. */
  readonly expectIndexed: (numbers: readonly number[]) => Promise<void>;
  /** Partitions that wait for Elasticsearch, by the metric. */
  readonly waiting: () => Promise<number>;
  readonly untilNotReady: (because: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startIndexRun(
  addresses: EngineAddresses,
  kafka: TestKafka,
  environment: Readonly<Record<string, string>>,
): Promise<IndexRun> {
  const subject = stageSubjects.find(({ stage }) => stage === 'index') as StageSubject;
  const run = await beginStageRun(subject, addresses, kafka);
  const service = await run.start(environment);
  const client = elasticsearchClient({ urls: [addresses.elasticsearchUrl], requestTimeoutMs: 30_000 });
  const index = articleIndex({ prefix: run.name });
  let articles = 0;
  let records = 0;

  const fresh = (count: number) => {
    articles += count;
    return Array.from({ length: count }, (_, position) => articles - count + position);
  };
  const publishAll = async (versions: readonly ({ number: number } & Partial<SampleOptions>)[]) => {
    const messages = versions.map(({ number, ...options }, position) =>
      run.good(number, { record: records + position, ...options }),
    );
    records += versions.length;
    await run.publish(...messages);
  };
  const about = (numbers: readonly number[]) => {
    const uris = new Set(numbers.map((number) => run.uri(number)));
    return ({ key }: TappedMessage) => uris.has(key?.toString('utf8') ?? '');
  };
  const documents = async (numbers: readonly number[]) => {
    await client.indices.refresh({ index: index.firstIndex });
    const ids = numbers.map((number) => documentId(run.uri(number)));
    const found = await client.search<ArticleDocument>({
      index: index.firstIndex,
      size: 1000,
      query: { ids: { values: ids } },
    });
    return found.hits.hits.map(({ _source }) => _source as ArticleDocument);
  };
  const deadReasons = async (numbers: readonly number[]) =>
    (await run.deadLetters(0))
      .filter(about(numbers))
      .map(({ headers }) => readHeader(headers, 'wirefold-reason'));
  const ends = async (numbers: readonly number[]) => {
    const receipts = [...(await run.outputs(0)), ...(await run.receipts(0))].filter(about(numbers));
    return receipts.map((message) => jsonOf<{ origin: string; outcome: string }>(message));
  };
  return {
    run,
    service,
    client,
    index,
    fresh,
    publish: async (count, options = {}) => {
      const numbers = fresh(count);
      await publishAll(numbers.map((number) => ({ ...options, number })));
      return numbers;
    },
    publishVersions: publishAll,
    settled: (withinMs) => run.untilCommitted(records, withinMs),
    deadReasons,
    ends,
    documents,
    expectIndexed: async (numbers) => {
      expect(await deadReasons(numbers)).toEqual([]);
      const receipts = await ends(numbers);
      expect(receipts.map(({ outcome }) => outcome)).toEqual(numbers.map(() => 'indexed'));
      expect(new Set(eventIds((await run.outputs(0)).filter(about(numbers)))).size).toBe(numbers.length);
      expect(await documents(numbers)).toHaveLength(numbers.length);
    },
    waiting: () => waitingPartitions(service.url, 'elasticsearch'),
    untilNotReady: (because) => untilNotReady(service.url, 'elasticsearch', because),
    stop: async () => {
      service.kill('SIGKILL');
      await service.exited;
      await client.close();
    },
  };
}
