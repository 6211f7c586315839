import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterTopic,
  readHeader,
  receipt as receiptContract,
  stageNames,
  topics,
  type Receipt,
  type StageName,
} from '@wirefold/contracts';
import {
  buildServices,
  jsonOf,
  metricsOf,
  startTestPipeline,
  testEngines,
  testKafka,
  type ServiceProcess,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import { corpus } from './poison/corpus.ts';
import type { Ending, Poison } from './poison/poison.ts';
import { poisonPublisher, type PackedRecord, type PoisonPublisher } from './poison/publish.ts';
import { goodArticle, makeTrial, originOf, shuffled, type Trial } from './poison/trial.ts';

const MIB = 1024 * 1024;
const GOOD_ARTICLES = 200;
const SEED = 20_261_125;
/** The bar is 2 s on a quiet machine, see the printed figures. */
const MOST_DELAY_MS = 10_000;
const MOST_MEMORY_BYTES = 512 * MIB;

let engines: TestEngines;
let kafka: TestKafka;
let pipeline: TestPipeline;
let publisher: PoisonPublisher;
let ended: StageName[];

beforeAll(async () => {
  engines = await testEngines();
  kafka = await testKafka(engines.kafkaBrokers);
  await buildServices(stageNames);
  // What a page costs is bounded by its counts; on a noisy machine the clock must not decide before them.
  pipeline = await startTestPipeline(engines, { LOG_LEVEL: 'warn', CLEAN_TIME_BUDGET_MS: '20000' });
  ended = [];
  for (const [name, { exited }] of pipeline.services) void exited.then(() => ended.push(name));
  publisher = await poisonPublisher(kafka.kafka);
}, 240_000);

afterAll(async () => {
  await publisher?.close();
  await pipeline?.stop();
  await kafka?.close();
  await engines?.stop();
}, 60_000);

interface Expected {
  readonly what: string;
  readonly origin: string;
  readonly ending: Exclude<Ending, { outcome: 'refused' }>;
  readonly sentAtMs: number;
  readonly record: PackedRecord;
}

const GOOD: Expected['ending'] = { outcome: 'indexed', because: 'it is good' };
/** All that was published. */
const expected: Expected[] = [];

async function publishGood(what: string, record: PackedRecord): Promise<Expected> {
  const published = await publisher.publish(record);
  return noted({ what, record, ending: GOOD, ...published, origin: originOf(record, published.origin) });
}

/** Gives undefined for what the broker refuses, as it is to. */
async function publishPoison({ poison, record }: Trial): Promise<Expected | undefined> {
  const { name: what, ending } = poison;
  if (ending.outcome === 'refused') {
    await expect(publisher.publish(record)).rejects.toThrow(ending.error);
    return undefined;
  }
  return noted({ what, record, ending, ...(await publisher.publish(record)) });
}

function noted(one: Expected): Expected {
  expected.push(one);
  return one;
}

const idOf = (message: TappedMessage) => readHeader(message.headers, 'ce_id') ?? '';

/** The receipts of messages, by origin; waits until each has one. */
async function receiptsOf(all: readonly Expected[], withinMs: number): Promise<Map<string, Receipt[]>> {
  const origins = new Set(all.map(({ origin }) => origin));
  const found = new Map<string, Receipt[]>();
  try {
    await kafka.messages(topics.indexed, origins.size, (message) => origins.has(idOf(message)), withinMs);
  } finally {
    const messages = await kafka.messages(topics.indexed, 0, (message) => origins.has(idOf(message)));
    for (const message of messages)
      found.set(idOf(message), [...(found.get(idOf(message)) ?? []), receiptContract.parse(jsonOf(message))]);
    const missing = all.filter(({ origin }) => !found.has(origin)).map(({ what }) => what);
    expect(missing).toEqual([]);
  }
  return found;
}

/** A message has one receipt, the right one; a rejected one has one dead letter, which holds it to the byte. */
async function check({ what, origin, ending, record }: Expected, receipts: readonly Receipt[] = []) {
  const { outcome } = ending;
  expect({ what, receipts }).toEqual({ what, receipts: [expect.objectContaining({ outcome, origin })] });
  if (outcome === 'indexed') return;
  const { stage, reason, error } = ending;
  const told = {
    stage,
    reason,
    error: expect.stringMatching(error),
    deadLetter: deadLetterTopic(stage).name,
  };
  expect({ what, ...receipts[0] }).toMatchObject({ what, ...told });
  const isLetter = ({ headers }: TappedMessage) => readHeader(headers, 'wirefold-origin') === origin;
  const letters = await kafka.messages(deadLetterTopic(stage), 1, isLetter);
  expect(letters).toHaveLength(1);
  const letter = letters[0] as TappedMessage;
  const said = (name: string) => readHeader(letter.headers, `wirefold-${name}`);
  expect([said('stage'), said('reason'), said('error')]).toEqual([stage, reason, told.error]);
  const original = await originalOf(letter, record);
  expect(letter.key?.toString('hex')).toBe(original.key?.toString('hex'));
  const [value, whole] = [letter.value, original.value];
  const isCut = said('cut') !== undefined;
  expect(isCut).toBe((whole?.length ?? 0) > deadLetterTopic(stage).maxMessageBytes);
  const kept = isCut ? (whole?.subarray(0, value?.length) ?? null) : whole;
  expect(value === null ? kept === null : kept !== null && value.equals(kept)).toBe(true);
}

/** What the stage that gave it up had read: as it was published, or as the stage before passed it on. */
async function originalOf(letter: TappedMessage, record: PackedRecord) {
  const [topic, partition, offset] = ['topic', 'partition', 'offset'].map((name) =>
    readHeader(letter.headers, `wirefold-${name}`),
  );
  if (topic === record.topic.name) return record;
  const isOriginal = (message: TappedMessage) =>
    String(message.partition) === partition && message.offset === offset;
  const [original] = await kafka.messages(topic ?? '', 1, isOriginal);
  return original as TappedMessage;
}

const largestDelays: { what: string; delayMs: number }[] = [];

describe('a poison between two good articles', () => {
  it.each(corpus.map((poison, index) => [poison.name, poison, index] as const))(
    '%s',
    async (name, poison: Poison, index) => {
      const trial = await makeTrial(poison, index % topics.scraped.partitions);
      const before = await publishGood(`before ${name}`, trial.before);
      const bad = await publishPoison(trial);
      const behind = await publishGood(`behind ${name}`, trial.behind);
      const all = [before, behind, ...(bad ? [bad] : [])];
      const receipts = await receiptsOf(all, 60_000);
      for (const { origin, sentAtMs, what } of [before, behind])
        largestDelays.push({ what, delayMs: Date.parse(receipts.get(origin)?.[0]?.at ?? '') - sentAtMs });
      const delays = largestDelays.slice(-2).map(({ delayMs }) => delayMs);
      for (const one of all) await check(one, receipts.get(one.origin));
      expect(Math.max(...delays)).toBeLessThan(MOST_DELAY_MS);
    },
    90_000,
  );
});

describe('all poisons at once', () => {
  it('end as they should among 200 good articles, which are all indexed', async () => {
    const trials: Trial[] = [];
    for (const [index, poison] of corpus.entries())
      trials.push(await makeTrial(poison, (index + 1) % topics.scraped.partitions));
    const good: PackedRecord[] = [];
    for (let n = 0; n < GOOD_ARTICLES; n += 1)
      good.push(
        await goodArticle('ingest', n % topics.scraped.partitions, n % 2 === 0 ? 'text/plain' : 'text/html'),
      );
    const all: Expected[] = [];
    for (const one of shuffled<Trial | PackedRecord>([...trials, ...good], SEED)) {
      if (!('poison' in one)) {
        all.push(await publishGood('a good article', one));
        continue;
      }
      all.push(await publishGood(`before ${one.poison.name}`, one.before));
      const bad = await publishPoison(one);
      if (bad) all.push(bad);
      all.push(await publishGood(`behind ${one.poison.name}`, one.behind));
    }
    const receipts = await receiptsOf(all, 120_000);
    for (const one of all) await check(one, receipts.get(one.origin));
  }, 240_000);

  it('left each message with one receipt, and each rejected one with one dead letter', async () => {
    const receipts = await kafka.messages(topics.indexed, expected.length);
    expect(receipts.map(idOf).toSorted()).toEqual(expected.map(({ origin }) => origin).toSorted());
    for (const stage of stageNames) {
      const rejectedHere = expected.filter(
        ({ ending }) => ending.outcome === 'rejected' && ending.stage === stage,
      );
      expect(await kafka.messages(deadLetterTopic(stage), 0)).toHaveLength(rejectedHere.length);
    }
  });

  it('left each service running, never restarted, within its memory', async () => {
    expect(ended).toEqual([]);
    const restarts = new Map<string, number | undefined>();
    for (const [name, { url }] of pipeline.services)
      restarts.set(name, (await metricsOf(url)).get('wirefold_consumer_restarts_total') ?? 0);
    expect([...restarts.values()]).toEqual(stageNames.map(() => 0));
    const [slowest] = largestDelays.toSorted((one, other) => other.delayMs - one.delayMs);
    const memory = await mostMemory();
    console.info(`largest delay of a neighbour: ${slowest?.delayMs} ms (${slowest?.what})`, memory);
    for (const [name, mebibytes] of Object.entries(memory))
      expect({ name, fits: mebibytes * MIB < MOST_MEMORY_BYTES }).toEqual({ name, fits: true });
  });

  it('left the pipeline as quick as it was', async () => {
    const after = await publishGood('the last article', await goodArticle('ingest', 0, 'text/html'));
    const [receipt] = (await receiptsOf([after], MOST_DELAY_MS)).get(after.origin) ?? [];
    expect(receipt).toMatchObject({ outcome: 'indexed' });
  }, 30_000);
});

/** The most memory that each service ever had, in MiB; nothing where the system does not tell. */
async function mostMemory(): Promise<Record<string, number>> {
  if (process.platform !== 'linux') return {};
  const peak = async ({ pid }: ServiceProcess) =>
    Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  const peaks = await Promise.all(
    [...pipeline.services].map(async ([name, service]) => [name, await peak(service)] as const),
  );
  return Object.fromEntries(peaks);
}
