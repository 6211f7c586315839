import { setTimeout as sleep } from 'node:timers/promises';
import { stageNames, type StageName } from '@wirefold/contracts';
import { afterwards, answerWith, delayAnswer, refuseDocuments, type HttpFault } from '@wirefold/testing';
import type { Random } from '../../../bench/shared/random.ts';
import type { World } from './world.ts';

/** Something that goes wrong for a while. */
export interface Fault {
  readonly name: string;
  /** Stages that can't work while it lasts. */
  readonly affects: readonly StageName[];
  /** Whether Redis loses its data. */
  readonly losesMemory?: boolean;
  /** Strikes; resolves when all is well again, as far as the fault goes. */
  readonly strike: (world: World, random: Random) => Promise<void>;
}

const BUSY = { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'the queue is full' } };

const between = (random: Random, fromMs: number, toMs: number) => fromMs + random.below(toMs - fromMs);

const serviceFaults: readonly Fault[] = [
  {
    name: 'kill -9 of a service',
    affects: [],
    strike: (world, random) => random.pick(world.services).end('SIGKILL'),
  },
  {
    name: 'kill -9 of every process of a stage',
    affects: [],
    strike: async ({ services }, random) => {
      const stage = random.pick(stageNames);
      await Promise.all(
        services.filter(({ name }) => name === stage).map((service) => service.end('SIGKILL')),
      );
    },
  },
  {
    name: 'SIGTERM of a service',
    affects: [],
    strike: (world, random) => random.pick(world.services).end('SIGTERM'),
  },
  {
    name: 'a service sleeps beyond its session timeout',
    affects: [],
    strike: async ({ services }, random) => {
      const service = random.pick(services);
      service.signal('SIGSTOP');
      await sleep(between(random, 7000, 11_000));
      service.signal('SIGCONT');
    },
  },
  {
    name: 'processes of a stage join and leave',
    affects: [],
    strike: async (world, random) => {
      const stage = random.pick(stageNames);
      for (let round = 0; round < 3; round += 1) {
        const more = world.add(stage);
        await more.ready;
        await sleep(between(random, 300, 2000));
        await more.stop(random.next() < 0.5 ? 'SIGTERM' : 'SIGKILL');
      }
    },
  },
];

const kafkaFaults: readonly Fault[] = [
  {
    name: 'the broker is killed and comes back',
    affects: stageNames,
    strike: async ({ engines }, random) => {
      engines.kafka.kill('SIGKILL');
      await sleep(between(random, 500, 5000));
      await engines.kafka.restart();
    },
  },
  {
    name: 'the broker hangs',
    affects: stageNames,
    strike: async ({ engines }, random) => {
      engines.kafka.kill('SIGSTOP');
      await sleep(between(random, 2000, 12_000));
      engines.kafka.kill('SIGCONT');
    },
  },
];

const redisFaults: readonly Fault[] = [
  {
    name: 'Redis is killed and comes back empty',
    affects: ['ingest'],
    losesMemory: true,
    strike: async ({ engines }, random) => {
      engines.redis.kill('SIGKILL');
      await sleep(between(random, 200, 3000));
      await engines.redis.restart();
    },
  },
  {
    name: 'Redis is flushed',
    affects: [],
    losesMemory: true,
    strike: async ({ redis }) => {
      await redis.flushall();
    },
  },
  {
    name: 'Redis is read-only',
    affects: ['ingest'],
    // A replica drops its data when its primary can't be had in full; this one keeps it, but that is luck.
    losesMemory: true,
    strike: async ({ redis }, random) => {
      await redis.replicaof('127.0.0.1', 1);
      await sleep(between(random, 1000, 5000));
      await redis.replicaof('NO', 'ONE');
    },
  },
  {
    name: 'Redis is out of memory',
    affects: ['ingest'],
    strike: async ({ redis }, random) => {
      await redis.config('SET', 'maxmemory', '1mb');
      await sleep(between(random, 1000, 5000));
      await redis.config('SET', 'maxmemory', '0');
    },
  },
];

const elasticsearchFaults: readonly Fault[] = [
  {
    name: 'Elasticsearch is killed and comes back',
    affects: ['index'],
    strike: async ({ engines }) => {
      engines.elasticsearch.kill('SIGKILL');
      await engines.elasticsearch.restart();
    },
  },
  {
    name: 'Elasticsearch hangs',
    affects: ['index'],
    strike: async ({ engines }, random) => {
      engines.elasticsearch.kill('SIGSTOP');
      await sleep(between(random, 2000, 8000));
      engines.elasticsearch.kill('SIGCONT');
    },
  },
  {
    name: 'the index does not take writes',
    affects: ['index'],
    strike: async ({ elasticsearch, index }, random) => {
      const block = (value: boolean | null) =>
        elasticsearch.indices.putSettings({
          index,
          settings: { 'index.blocks.read_only_allow_delete': value },
        });
      await block(true);
      await sleep(between(random, 1000, 5000));
      await block(null);
    },
  },
];

/** Faults in the answers of Elasticsearch; its work may be done all the same. */
const answerFaults: readonly Fault[] = (
  [
    ['Elasticsearch answers 503', () => answerWith(503, { error: { type: 'unavailable_shards_exception' } })],
    [
      'Elasticsearch refuses our credentials',
      () => answerWith(401, { error: { type: 'security_exception' } }),
    ],
    ['single documents are answered with 429', (random) => refuseDocuments(() => random.next() < 0.3, BUSY)],
    ['answers are lost after the write was applied', () => afterwards(() => 'hold')],
    ['answers are cut off in the middle', () => afterwards(() => 'reset')],
    ['each answer takes two seconds', () => delayAnswer(2000)],
  ] satisfies [string, (random: Random) => HttpFault][]
).map(([name, makeFault]) => ({
  name,
  affects: ['index'],
  strike: async ({ elasticsearchProxy }, random) => {
    elasticsearchProxy.add(makeFault(random));
    await sleep(between(random, 1000, 6000));
    elasticsearchProxy.mend();
  },
}));

/** Every fault of a run, one as likely as another. */
export const faults: readonly Fault[] = [
  ...serviceFaults,
  ...kafkaFaults,
  ...redisFaults,
  ...elasticsearchFaults,
  ...answerFaults,
];
