import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { applyIndex } from '@wirefold/article-index';
import type { EngineProcess } from '@wirefold/engines';
import {
  buildServices,
  eventually,
  ownEngines,
  probe,
  testEngines,
  testKafka,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { startIndexRun, type IndexRun } from './index-run.ts';

/** What happens to Elasticsearch itself; spoiled answers are in elasticsearch-answers.test.ts. */
jest.setTimeout(150_000);

let shared: TestEngines;
let own: TestEngines;
let elasticsearch: EngineProcess;
let kafka: TestKafka;
let index: IndexRun;

beforeAll(async () => {
  await buildServices(['index']);
  shared = await testEngines(['kafka']);
  own = await ownEngines(['elasticsearch']);
  elasticsearch = own.processes?.elasticsearch as EngineProcess;
  kafka = await testKafka(shared.kafkaBrokers);
  const addresses = { ...shared, elasticsearchUrl: own.elasticsearchUrl };
  // The pause between attempts is as long as it is by default.
  index = await startIndexRun(addresses, kafka, { INDEX_TIMEOUT_MS: '4000' });
  const first = await index.publish(6);
  await index.settled();
  await index.expectIndexed(first);
}, 180_000);

afterAll(async () => {
  await index?.stop();
  await kafka?.close();
  await own?.stop();
  await shared?.stop();
});

/** Alive, not ready, nothing committed, no dead letter: as long as it takes. */
async function expectWaiting(forMs: number, numbers: readonly number[], committed: number): Promise<void> {
  const endsMs = performance.now() + forMs;
  while (performance.now() < endsMs) {
    expect((await probe(index.service.url, 'live')).status).toBe(200);
    const ready = await probe(index.service.url, 'ready');
    expect(ready.status).toBe(503);
    expect(ready.error).toHaveProperty('elasticsearch');
    await sleep(500);
  }
  expect(await index.run.committed()).toBe(committed);
  expect(await index.ends(numbers)).toEqual([]);
  expect(await index.deadReasons(numbers)).toEqual([]);
}

const untilAllWait = () =>
  eventually('all partitions wait', async () => ((await index.waiting()) === 6 ? true : undefined));

describe('index waits while Elasticsearch', () => {
  it('is gone for more than 20 s, and goes on within 30 s of its first answer', async () => {
    const before = await index.run.committed();
    elasticsearch.kill('SIGKILL');
    await index.untilNotReady('ECONNREFUSED');
    const numbers = await index.publish(120);
    await untilAllWait();
    await expectWaiting(21_000, numbers, before);
    await elasticsearch.restart();
    const answeredMs = performance.now();
    await eventually(
      'it goes on',
      async () => ((await index.ends(numbers)).length > 0 ? true : undefined),
      60_000,
    );
    const tookMs = performance.now() - answeredMs;
    process.stderr.write(
      `elasticsearch: from its first answer to the first receipt ${Math.round(tookMs)} ms\n`,
    );
    expect(tookMs).toBeLessThan(30_000);
    await index.settled(60_000);
    await index.expectIndexed(numbers);
    expect((await probe(index.service.url, 'ready')).status).toBe(200);
    expect(await index.waiting()).toBe(0);
  });

  it('hangs', async () => {
    const before = await index.run.committed();
    elasticsearch.kill('SIGSTOP');
    const numbers = await index.publish(60);
    try {
      await untilAllWait();
      await expectWaiting(2000, numbers, before);
    } finally {
      elasticsearch.kill('SIGCONT');
    }
    await index.settled(60_000);
    await index.expectIndexed(numbers);
    expect((await probe(index.service.url, 'ready')).status).toBe(200);
  });

  it.each(['write', 'read_only_allow_delete'])('blocks writing (%s)', async (block) => {
    const { client, index: names } = index;
    const set = (value: true | null) =>
      client.indices.putSettings({ index: names.firstIndex, settings: { [`index.blocks.${block}`]: value } });
    const before = await index.run.committed();
    await set(true);
    const numbers = await index.publish(60);
    try {
      await untilAllWait();
      await index.untilNotReady('does not take writes');
      await expectWaiting(1500, numbers, before);
    } finally {
      await set(null);
    }
    await index.settled();
    await index.expectIndexed(numbers);
  });

  it('has lost the alias that is written to, and readiness says what to do', async () => {
    const { client, index: names, run } = index;
    const before = await run.committed();
    await client.indices.deleteAlias({ index: names.firstIndex, name: names.writeAlias });
    const numbers = await index.publish(60);
    await untilAllWait();
    await index.untilNotReady('wirefold index apply');
    await expectWaiting(1500, numbers, before);
    // Nothing was made up in its place.
    expect(await client.indices.exists({ index: names.writeAlias })).toBe(false);
    await applyIndex(client, { prefix: run.name });
    await index.settled();
    await index.expectIndexed(numbers);
  });
});

describe('when a document does not fit the index', () => {
  /** A field that our mapping leaves alone, and that somebody maps by hand as what it is not. */
  const mapNotice = (ignoreMalformed: boolean) =>
    index.client.indices.putMapping({
      index: index.index.firstIndex,
      properties: { copyrightNotice: { type: 'date', ignore_malformed: ignoreMalformed } },
    });
  const misfit = { fields: { copyrightNotice: '© Küstenbote' } };

  it('only that one goes to the dead letters; its neighbours are indexed', async () => {
    await mapNotice(false);
    const [good, bad, more] = [
      await index.publish(60),
      await index.publish(3, misfit),
      await index.publish(60),
    ];
    await index.settled();
    await index.expectIndexed([...good, ...more]);
    expect(await index.deadReasons(bad)).toEqual(bad.map(() => 'mapping-conflict'));
    expect((await index.ends(bad)).map(({ outcome }) => outcome)).toEqual(bad.map(() => 'rejected'));
    expect(await index.documents(bad)).toEqual([]);
  });

  it('and most of a batch does not, it waits instead, and indexes all of them when the mapping is mended', async () => {
    const before = await index.run.committed();
    // At least five in each partition, whatever way their uris are dealt out.
    const numbers = await index.publish(120, misfit);
    await untilAllWait();
    expect(index.service.output()).toContain('"code":"MAPPING"');
    expect(await index.run.committed()).toBe(before);
    expect(await index.ends(numbers)).toEqual([]);
    await mapNotice(true);
    await index.settled();
    await index.expectIndexed(numbers);
  });

  const immense = '火'.repeat(40_000);
  const immenseFields = {
    contentHash: immense,
    body: `${immense} Text`,
    source: { name: '火'.repeat(4000), domain: 'x'.repeat(4000) },
    byline: '火'.repeat(4000),
    entities: [{ type: 'person', text: immense, start: 0, end: 40_000, id: immense, name: immense }],
    residue: [{ kind: 'other', text: immense }],
    translation: { status: 'untranslated', language: 'en', engine: immense, model: immense, reason: immense },
  };

  it('no word, name or id is too long for it', async () => {
    const numbers = [...(await index.publish(10)), ...(await index.publish(2, { fields: immenseFields }))];
    await index.settled();
    await index.expectIndexed(numbers);
  });

  it('and a mapping made by hand takes no immense term, that document alone goes to the dead letters', async () => {
    const mapIds = (characters: number) =>
      index.client.indices.putMapping({
        index: index.index.firstIndex,
        properties: { entityIds: { type: 'keyword', ignore_above: characters } },
      });
    await mapIds(1_000_000);
    const bad = await index.publish(1, { fields: immenseFields });
    const good = await index.publish(30);
    await index.settled();
    await mapIds(1024);
    await index.expectIndexed(good);
    expect(await index.deadReasons(bad)).toEqual(['mapping-conflict']);
  });
});
