import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics, topics, type Topic } from '@wirefold/contracts';
import { applyTopics, createKafka, kafkaEnvironment, missingTopics } from '@wirefold/kafka';
import { parseEnvironment, silentLog } from '@wirefold/pipeline';
import { eventually, testEngines, type TestEngines } from '@wirefold/testing';
import kafkajs, { type Admin } from 'kafkajs';

let engines: TestEngines;
let admin: Admin;
const made: string[] = [];

beforeAll(async () => {
  engines = await testEngines(['kafka']);
  const variables = { KAFKA_BROKERS: engines.kafkaBrokers.join(',') };
  admin = createKafka(parseEnvironment(kafkaEnvironment, variables), 'topic-admin', silentLog).admin();
  await admin.connect();
}, 120_000);

afterAll(async () => {
  if (made.length > 0) await admin?.deleteTopics({ topics: made });
  await admin?.disconnect();
  await engines?.stop();
}, 30_000);

/** A topic of the test's own. */
function topic(settings: Partial<Topic> = {}): Topic {
  const name = `topic-admin-${randomUUID()}`;
  made.push(name);
  return { ...topics.scraped, name, partitions: 2, ...settings };
}

const WAIT_MS = 10_000;
const partitionsOf = async (name: string) =>
  (await admin.fetchTopicMetadata({ topics: [name] })).topics[0]?.partitions.length;

async function settingsOf(name: string): Promise<Record<string, string>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  });
  const entries = resources[0]?.configEntries ?? [];
  return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
}

/** Changes reach a broker's answers a moment after they are made. */
const untilSettings = (name: string, expected: Record<string, string>) =>
  eventually(
    `settings of ${name}`,
    async () => {
      expect(await settingsOf(name)).toMatchObject(expected);
      return true;
    },
    WAIT_MS,
  );

describe('applyTopics', () => {
  it('makes what is missing, and nothing the second time', async () => {
    const wanted = [topic(), topic({ cleanupPolicy: 'compact,delete', retentionMs: 5000 })];
    expect(await missingTopics(admin, wanted)).toEqual(wanted.map(({ name }) => name));
    const changes = await applyTopics(admin, wanted, 1);
    expect(changes).toEqual(wanted.map(({ name }) => ({ topic: name, change: 'created', details: [] })));
    expect(await missingTopics(admin, wanted)).toEqual([]);
    for (const { name, retentionMs, cleanupPolicy, maxMessageBytes } of wanted) {
      expect(await partitionsOf(name)).toBe(2);
      await untilSettings(name, {
        'retention.ms': String(retentionMs),
        'cleanup.policy': cleanupPolicy,
        'max.message.bytes': String(maxMessageBytes),
      });
    }
    const again = await applyTopics(admin, wanted, 1);
    expect(again.map(({ change }) => change)).toEqual(['unchanged', 'unchanged']);
  });

  it('changes settings, and says which; those of an operator stay', async () => {
    const before = topic({ retentionMs: 60_000 });
    await applyTopics(admin, [before], 1);
    const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: before.name };
    const own = { 'retention.ms': '60000', 'min.insync.replicas': '1', 'segment.bytes': '12345678' };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        { ...resource, configEntries: Object.entries(own).map(([name, value]) => ({ name, value })) },
      ],
    });
    await untilSettings(before.name, own);

    const [change] = await applyTopics(admin, [{ ...before, retentionMs: 120_000 }], 1);
    expect(change).toEqual({
      topic: before.name,
      change: 'changed',
      // The operator's request, like ours, replaced all settings: this one was back at the broker's default.
      details: expect.arrayContaining([
        'retention.ms: 60000 -> 120000',
        expect.stringMatching(/^max\.message\.bytes: \d+ -> 16777216$/),
      ]),
    });
    await untilSettings(before.name, { ...own, 'retention.ms': '120000', 'max.message.bytes': '16777216' });
    expect((await applyTopics(admin, [{ ...before, retentionMs: 120_000 }], 1))[0]?.change).toBe('unchanged');
  });

  it('adds partitions, and takes none away', async () => {
    const small = topic();
    await applyTopics(admin, [small], 1);
    const [more] = await applyTopics(admin, [{ ...small, partitions: 5 }], 1);
    expect(more).toEqual({ topic: small.name, change: 'changed', details: ['partitions: 2 -> 5'] });
    await eventually(
      '5 partitions',
      async () => ((await partitionsOf(small.name)) === 5 ? true : undefined),
      WAIT_MS,
    );
    expect((await applyTopics(admin, [small], 1))[0]?.change).toBe('unchanged');
    expect(await partitionsOf(small.name)).toBe(5);
  });

  it('may be called by many at once', async () => {
    const wanted = [topic(), topic()];
    const all = await Promise.all(Array.from({ length: 4 }, () => applyTopics(admin, wanted, 1)));
    expect(all).toHaveLength(4);
    expect(await missingTopics(admin, wanted)).toEqual([]);
    expect(await partitionsOf(wanted[0]?.name ?? '')).toBe(2);
  });

  it('takes the whole topology', async () => {
    await applyTopics(admin, allTopics, 1);
    expect((await applyTopics(admin, allTopics, 1)).map(({ change }) => change)).toEqual(
      allTopics.map(() => 'unchanged'),
    );
  });
});
