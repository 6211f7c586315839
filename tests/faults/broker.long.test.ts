import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient } from '@wirefold/article-index';
import { deadLetterTopic, stageNames, stageTopics, topics } from '@wirefold/contracts';
import {
  buildServices,
  eventually,
  jsonOf,
  ownEngines,
  sampleMessage,
  startTestPipeline,
  testEngines,
  testKafka,
  type TestEngines,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import {
  handledBy,
  say,
  sleep,
  startLoad,
  untilNoLag,
  untilReady,
  untilWorkResumes,
  watchProbes,
  type Load,
  type ProbeWatch,
} from './kafka-load.ts';

/** 30 s, and some noise of a busy machine. */
const RESUMES_WITHIN_MS = 40_000;
const UNREADY_WITHIN_MS = 60_000;
const HANGS_MS = 90_000;

jest.setTimeout(240_000);

/** All five services, under load all the time, on one broker that is taken away and given back. */
describe('the pipeline', () => {
  let broker: TestEngines;
  let others: TestEngines;
  let kafka: TestKafka;
  let pipeline: TestPipeline;
  let load: Load;
  let services: { readonly name: (typeof stageNames)[number]; readonly url: string }[];
  const uri = (number: number) => `urn:broker:${pipeline.prefix}:${number}`;

  beforeAll(async () => {
    await buildServices(stageNames);
    [broker, others] = await Promise.all([ownEngines(['kafka']), testEngines(['elasticsearch', 'redis'])]);
    kafka = await testKafka(broker.kafkaBrokers);
    pipeline = await startTestPipeline({ ...others, kafkaBrokers: broker.kafkaBrokers });
    services = [...pipeline.services].map(([name, { url }]) => ({ name, url }));
    load = await startLoad(
      kafka,
      topics.scraped,
      (number) => ({ key: uri(number), value: sampleMessage('ingest', { uri: uri(number) }) }),
      { count: 5 },
    );
    await untilWorkResumes(services, 'the start', RESUMES_WITHIN_MS);
  }, 150_000);

  afterAll(async () => {
    for (const { kill } of pipeline?.services.values() ?? []) kill('SIGKILL');
    await Promise.all([...(pipeline?.services.values() ?? [])].map(({ exited }) => exited));
    await kafka?.close();
    await Promise.all([broker?.stop(), others?.stop()]);
  });

  const engine = () => {
    const process = broker.processes?.kafka;
    if (process === undefined) throw new Error('Kafka is not an embedded one');
    return process;
  };

  const pidsThatEnded = async () => {
    const ended = await Promise.all(
      [...pipeline.services.values()].map(({ exited }) =>
        Promise.race([exited, sleep(0).then(() => undefined)]),
      ),
    );
    return ended.filter((code) => code !== undefined);
  };

  /** While the broker is away: alive all the time, unready soon; and it works again when the broker is back. */
  async function takenAway(what: string, away: (watch: ProbeWatch) => Promise<void>) {
    const watch = watchProbes(services);
    try {
      await away(watch);
      await untilWorkResumes(services, what, RESUMES_WITHIN_MS);
      await untilReady(services);
    } finally {
      await watch.stop();
    }
    expect(watch.notLive).toEqual([]);
    expect(await pidsThatEnded()).toEqual([]);
  }

  it.each(['SIGTERM', 'SIGKILL'] as const)('goes on when its broker was restarted by %s', async (signal) => {
    await takenAway(`a restart by ${signal}`, async () => {
      engine().kill(signal);
      await engine().restart();
    });
  });

  it('waits while its broker hangs for 90 s, says so, and goes on by itself', async () => {
    await takenAway('a hang of 90 s', async (watch) => {
      engine().kill('SIGSTOP');
      try {
        await eventually(
          'every service is unready',
          () => watch.unreadyAfterMs.size === services.length || undefined,
          UNREADY_WITHIN_MS,
        );
        say(`a hang: unready after ${Math.max(...watch.unreadyAfterMs.values())} ms at most`);
        await sleep(HANGS_MS - Math.max(...watch.unreadyAfterMs.values()));
      } finally {
        engine().kill('SIGCONT');
      }
    });
  });

  it('after all of that each article has its one outcome, and is in the index once', async () => {
    const published = await load.stop();
    for (const name of stageNames)
      await untilNoLag(kafka, `${pipeline.prefix}.${name}`, stageTopics[name].input, 90_000);
    const receipts = await kafka.messages(topics.indexed, published);
    // A receipt may be repeated; the first one of an origin counts.
    const firsts = new Map<string, string>();
    for (const receipt of receipts) {
      const { origin, outcome, uri: of } = jsonOf<{ origin: string; outcome: string; uri: string }>(receipt);
      if (!firsts.has(origin)) firsts.set(origin, `${outcome} ${of}`);
    }
    const scraped = await kafka.messages(topics.scraped, published);
    say(
      `${published} articles, ${scraped.length - published} published twice, ${receipts.length - firsts.size} receipts repeated`,
    );
    expect(firsts.size).toBe(scraped.length);
    const indexed = [...firsts.values()].filter((first) => first.startsWith('indexed '));
    expect(new Set(indexed).size).toBe(published);
    // What the test itself had to publish twice is the same version again.
    const rest = [...firsts.values()].filter((first) => !first.startsWith('indexed '));
    expect(rest.every((first) => first.startsWith('unchanged ') || first.startsWith('stale '))).toBe(true);
    expect(rest.length + indexed.length).toBe(scraped.length);
    for (const name of stageNames) expect(await kafka.messages(deadLetterTopic(name), 0)).toEqual([]);

    const elasticsearch = elasticsearchClient({ urls: [others.elasticsearchUrl], requestTimeoutMs: 30_000 });
    try {
      const { readAlias } = articleIndex({ prefix: pipeline.prefix });
      await elasticsearch.indices.refresh({ index: readAlias });
      expect((await elasticsearch.count({ index: readAlias })).count).toBe(published);
    } finally {
      await elasticsearch.close();
    }
    expect(await handledBy(services[0]?.url ?? '')).toBeGreaterThanOrEqual(published);
    await pipeline.stop();
    expect(await Promise.all([...pipeline.services.values()].map(({ exited }) => exited))).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });
});
