import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient } from '@wirefold/article-index';
import {
  beginStageRun,
  buildServices,
  eventually,
  jsonOf,
  terminate,
  type LaunchedService,
  type StageRun,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { groupOf, joins, launchMember, subjectOf } from './group-members.ts';
import { handledBy, say, watchCommits } from './kafka-load.ts';
import { useEngines } from '../engines.ts';

jest.setTimeout(180_000);

let engines: TestEngines;
let kafka: TestKafka;
const launched: LaunchedService[] = [];

useEngines(
  () => buildServices(['ingest', 'index']),
  (begun) => ({ engines, kafka } = begun),
);

afterEach(async () => {
  for (const service of launched) service.kill('SIGKILL');
  await Promise.all(launched.map(({ exited }) => exited));
  launched.length = 0;
});

describe('a process that was frozen for longer than its session', () => {
  const ARTICLES = 1500;
  const first = (run: StageRun) => Array.from({ length: ARTICLES }, (_, number) => run.good(number));
  const second = (run: StageRun) =>
    Array.from({ length: ARTICLES }, (_, number) =>
      run.good(number, { version: 2, record: ARTICLES + number }),
    );

  it.each(['ingest', 'index'] as const)(
    'of %s does not take back what another one has done meanwhile, and joins again',
    async (stage) => {
      const run = await beginStageRun(subjectOf(stage), engines, kafka);
      const commits = watchCommits(kafka, run.group, subjectOf(stage).input);
      await run.publish(...first(run));
      const zombie = launchMember(launched, stage, run);
      const zombieUrl = await zombie.ready;
      await eventually('it is in the middle', async () => (await handledBy(zombieUrl)) > 100 || undefined);
      zombie.kill('SIGSTOP');
      expect(await run.committed()).toBeLessThan(ARTICLES);
      const other = launchMember(launched, stage, run);
      await run.publish(...second(run));
      await run.untilCommitted(2 * ARTICLES, 60_000);
      const handledBefore = await handledBy(await other.ready);

      const joinedBefore = joins(zombie);
      zombie.kill('SIGCONT');
      await eventually('it has joined again', () => joins(zombie) > joinedBefore || undefined, 40_000);
      await eventually(
        'two share the group',
        async () => {
          const { state, members } = await groupOf(kafka, run);
          return (state === 'Stable' && members.length === 2) || undefined;
        },
        40_000,
      );
      // The first version once more: whoever knows the second one calls it stale.
      await run.publish(...first(run).slice(0, 120));
      await run.untilCommitted(2 * ARTICLES + 120, 60_000);
      await commits.stop();
      expect(commits.wentBack).toEqual([]);
      expect(await handledBy(await other.ready)).toBeGreaterThan(handledBefore);
      expect(await run.deadLetters(0)).toEqual([]);
      const outputs = await run.outputs(2 * ARTICLES);
      const byVersion = (version: number) =>
        new Set(
          outputs.filter((output) => jsonOf(output)['version'] === version).map(({ key }) => String(key)),
        );
      expect(byVersion(1).size).toBe(ARTICLES);
      expect(byVersion(2).size).toBe(ARTICLES);
      const stale = (await run.receipts(120)).filter((receipt) => jsonOf(receipt)['outcome'] === 'stale');
      say(
        `a frozen ${stage}: ${outputs.length - 2 * ARTICLES} outputs repeated, ${stale.length} called stale`,
      );
      expect(new Set(stale.map(({ key }) => String(key))).size).toBeGreaterThanOrEqual(120);
      if (stage === 'index') await expectIndexed(run.name, 2);
      for (const service of [zombie, other]) expect((await terminate(service)).code).toBe(0);
    },
  );

  async function expectIndexed(prefix: string, version: number) {
    const client = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
    try {
      const { readAlias } = articleIndex({ prefix });
      await client.indices.refresh({ index: readAlias });
      expect((await client.count({ index: readAlias })).count).toBe(ARTICLES);
      expect((await client.count({ index: readAlias, query: { term: { version } } })).count).toBe(ARTICLES);
    } finally {
      await client.close();
    }
  }
});
