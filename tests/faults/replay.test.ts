import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient, type ArticleDocument } from '@wirefold/article-index';
import { stageNames, stageTopics, topics } from '@wirefold/contracts';
import {
  buildServices,
  commitOffsets,
  eventually,
  outcomesOf,
  startTestPipeline,
  terminate,
  testEngines,
  testKafka,
  type TestEngines,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import { Redis } from 'ioredis';
import { seededRandom } from '../../bench/shared/random.ts';
import { planStories } from './campaign/stories.ts';

const STORIES = 800;

jest.setTimeout(150_000);

/** Operations reads the whole scraped topic again, to mend or to move: the index must come out the same. */
describe('a full replay of the scraped topic', () => {
  let engines: TestEngines;
  let kafka: TestKafka;
  let pipeline: TestPipeline;
  let elasticsearch: ReturnType<typeof elasticsearchClient>;
  let before: State;

  beforeAll(async () => {
    await buildServices(stageNames);
    engines = await testEngines();
    kafka = await testKafka(engines.kafkaBrokers);
    pipeline = await startTestPipeline(engines, { SESSION_TIMEOUT_MS: '6000' });
    elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
    const stories = planStories(seededRandom(11), 'replay', STORIES);
    await kafka.publish(topics.scraped, ...stories);
    await untilDrained();
    before = await state();
  }, 240_000);

  afterAll(async () => {
    await elasticsearch?.close();
    await pipeline?.stop();
    await kafka?.close();
    await engines?.stop();
  });

  /** No stage has anything left to do; asked in the order of the flow. */
  async function untilDrained() {
    for (const stage of stageNames) {
      const { name } = stageTopics[stage].input;
      await eventually(
        `${stage} is done`,
        async () => {
          const high = (await kafka.admin.fetchTopicOffsets(name)).reduce(
            (sum, end) => sum + Number(end.high),
            0,
          );
          return (await kafka.committed(`${pipeline.prefix}.${stage}`, name)) === high ? true : undefined;
        },
        90_000,
      );
    }
  }

  /** What depends on the articles that an article was folded with: those that are folded anew may meet in another order. */
  const ofItsStory = new Set<string>([
    'story',
    'hashes',
    'translation',
    'mentions',
    'entities',
    'entityIds',
    'names',
    'countries',
    'places',
    'dates',
  ] satisfies (keyof ArticleDocument)[]);

  interface State {
    /** Of every document, hidden ones too, without the times at which Wirefold worked on it; by its id. */
    readonly all: ReadonlyMap<string, string>;
    /** The same without what depends on its story. */
    readonly withoutStories: ReadonlyMap<string, string>;
    /** Documents that another's kill reached. */
    readonly reached: ReadonlySet<string>;
  }

  async function state(): Promise<State> {
    const { firstIndex: index } = articleIndex({ prefix: pipeline.prefix });
    await elasticsearch.indices.refresh({ index });
    const answer = await elasticsearch.search<ArticleDocument>({
      index,
      size: 10_000,
      sort: [{ id: 'asc' }],
    });
    const [all, withoutStories, reached] = [
      new Map<string, string>(),
      new Map<string, string>(),
      new Set<string>(),
    ];
    for (const { _source: document } of answer.hits.hits) {
      const { id, indexedAt: _indexedAt, steps: _steps, ...lasting } = document as ArticleDocument;
      const fields = Object.entries(lasting).toSorted(([one], [other]) => (one < other ? -1 : 1));
      all.set(id, JSON.stringify(fields));
      withoutStories.set(id, JSON.stringify(fields.filter(([name]) => !ofItsStory.has(name))));
      if (lasting.killedBy !== undefined) reached.add(id);
    }
    return { all, withoutStories, reached };
  }

  /** Ends ingest, takes its group back to the first message and starts it again; gives its outcomes. */
  async function replay(): Promise<Readonly<Record<string, number>>> {
    const ingest = pipeline.services.get('ingest');
    if (ingest === undefined) throw new Error('no ingest');
    expect((await terminate(ingest)).code).toBe(0);
    const offsets = (await kafka.admin.fetchTopicOffsets(topics.scraped.name)).map(({ partition, low }) => ({
      partition,
      offset: low,
    }));
    await commitOffsets(kafka, `${pipeline.prefix}.ingest`, topics.scraped.name, offsets);
    const { url } = await pipeline.start('ingest');
    await untilDrained();
    return outcomesOf(url);
  }

  it('changes nothing in the index, and passes nothing on, where Redis knows it all', async () => {
    expect(before.all.size).toBeGreaterThan(400);
    const { passed = 0 } = await replay();
    expect(passed).toBe(0);
    expect((await state()).all).toEqual(before.all);
  });

  it('changes nothing in the index where Redis has forgotten it all: more work, the same documents', async () => {
    const redis = new Redis(engines.redisUrl);
    const keys = await redis.keys(`*${pipeline.prefix}:*`);
    expect(keys.length).toBeGreaterThan(400);
    await redis.del(keys);
    redis.disconnect();
    const { passed = 0 } = await replay();
    expect(passed).toBeGreaterThan(400);
    const after = await state();
    // Whom a kill reaches beside its own article is told by who was there first, where Redis has forgotten it.
    const reached = new Set([...before.reached, ...after.reached]);
    const lasting = ({ withoutStories }: State) => [...withoutStories].filter(([id]) => !reached.has(id));
    expect(lasting(after)).toEqual(lasting(before));
  });
});
