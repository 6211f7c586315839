import {
  readHeader,
  readRedrives,
  REDRIVE_OF_HEADER,
  stageNames,
  stageTopics,
  topics,
  type Receipt,
  type StageName,
  type Step,
} from '@wirefold/contracts';
import {
  partitionOfKey,
  readTopic,
  topicRanges,
  withAdmin,
  type Kafka,
  type PlacedMessage,
} from '@wirefold/kafka';
import type { LetterStatus } from './dead-letters/fold-letters.ts';
import { readLetters } from './dead-letters/read-letters.ts';
import { committedOffsets } from './ledger/read-ledger.ts';
import { readReceipts } from './receipts.ts';

/** Where a message stands that has no outcome yet. */
export interface TracedPlace {
  /** The stage that has it in its input topic. */
  readonly stage: StageName;
  readonly partition: number;
  readonly offset: number;
  /** Messages of the partition that come before it; undefined where the stage has handled it, and nothing came of it. */
  readonly ahead: number | undefined;
}

/** One time that a message was published: by the scraper, or again out of the dead letters. */
export interface Attempt {
  readonly origin: string;
  readonly redrives: number;
  readonly publishedAt: string;
  readonly steps: readonly Step[];
  readonly receipt: Receipt | undefined;
  readonly place: TracedPlace | undefined;
  readonly deadLetter: { readonly id: string; readonly status: LetterStatus } | undefined;
}

/** The way of one published message of an article. Steps, receipt and place are those of its last attempt. */
export interface Trace extends Attempt {
  /** The stage that has it in its input topic, where there is no receipt yet. */
  readonly waitsFor: StageName | undefined;
  /** The first time and each redrive, in order. */
  readonly attempts: readonly Attempt[];
}

interface Seen {
  readonly origin: string;
  readonly redrives: number;
  /** Origin of the message that it is a redrive of, as the record says; its own where it says none. */
  readonly root: string;
  publishedAt: string;
  steps: readonly Step[];
  place: TracedPlace | undefined;
  receipt: Receipt | undefined;
}

/** Looks an article up on every topic; the oldest message first. */
export async function traceArticle(kafka: Kafka, uri: string, groupPrefix: string): Promise<Trace[]> {
  // Before the topics are read: so what is committed has come out on what is read, see takeSnapshot.
  const { committed, partitions, lows } = await withAdmin(kafka, async (admin) => ({
    committed: new Map(
      await Promise.all(
        stageNames.map(async (stage) => [stage, await committedOffsets(admin, groupPrefix, stage)] as const),
      ),
    ),
    partitions: (await topicRanges(admin, topics.indexed.name)).length,
    lows: new Map(
      await Promise.all(
        stageNames.map(async (stage) => {
          const ranges = await topicRanges(admin, stageTopics[stage].input.name);
          return [stage, ranges.map(({ low }) => Number(low))] as const;
        }),
      ),
    ),
  }));
  const attempts = new Map<string, Seen>();
  const attempt = (origin: string, redrives: number, root: string, publishedAt: string): Seen => {
    const key = `${origin} ${redrives}`;
    const known = attempts.get(key);
    if (known !== undefined) return known;
    const fresh: Seen = {
      origin,
      redrives,
      root,
      publishedAt,
      steps: [],
      place: undefined,
      receipt: undefined,
    };
    attempts.set(key, fresh);
    return fresh;
  };

  for (const stage of stageNames) {
    await readKey(kafka, stageTopics[stage].input.name, uri, (message) => {
      const { topic, partition, headers, timestamp } = message;
      const offset = Number(message.offset);
      const own = `${topic}/${partition}/${message.offset}@${timestamp}`;
      const isWayIn = topic === topics.scraped.name;
      const origin = isWayIn ? own : (readHeader(headers, 'ce_id') ?? own);
      const redrives = readRedrives(headers);
      const root = (isWayIn && redrives > 0 ? readHeader(headers, REDRIVE_OF_HEADER) : undefined) ?? origin;
      const seen = attempt(origin, redrives, root, isoOf(timestamp));
      const next = Math.max(committed.get(stage)?.get(partition) ?? 0, lows.get(stage)?.[partition] ?? 0);
      const ahead = offset < next ? undefined : offset - next;
      seen.place = { stage, partition, offset, ahead };
      if (!isWayIn) seen.steps = stepsOf(message.value);
    });
  }
  const ofUri = new Set([...attempts.values()].map(({ origin }) => origin));
  await readReceipts(
    kafka,
    (receipt) => {
      if (receipt.uri !== uri && !ofUri.has(receipt.origin)) return;
      const { origin, redrives = 0 } = receipt;
      const seen = attempt(origin, redrives, origin, isoOf(origin.split('@').at(-1) ?? ''));
      seen.receipt = receipt;
      seen.steps = receipt.steps;
      seen.place = undefined;
    },
    [partitionOfKey(topics.indexed.name, uri, partitions)],
  );
  return messagesOf(await withDeadLetters(kafka, [...attempts.values()]));
}

type TracedAttempt = Attempt & { readonly root: string };

async function withDeadLetters(kafka: Kafka, seen: readonly Seen[]): Promise<TracedAttempt[]> {
  const rejecting = seen.flatMap(({ receipt }) => (receipt?.outcome === 'rejected' ? [receipt.stage] : []));
  const letters = await readLetters(kafka, [...new Set(rejecting)]);
  return seen.map((one) => {
    const letter = letters.find(
      ({ stage, origin, redrives }) =>
        one.receipt?.outcome === 'rejected' &&
        stage === one.receipt.stage &&
        origin === one.origin &&
        redrives === one.redrives,
    );
    return { ...one, deadLetter: letter && { id: letter.id, status: letter.status } };
  });
}

/** Puts the attempts of a message together. Whom a scraped record is a redrive of is its own word: it must be of this article. */
function messagesOf(attempts: readonly TracedAttempt[]): Trace[] {
  const origins = new Set(attempts.map(({ origin }) => origin));
  const rootOf = new Map<string, string>();
  for (const { origin, root } of attempts) if (root !== origin && origins.has(root)) rootOf.set(origin, root);
  const messages = new Map<string, Attempt[]>();
  for (const { root: _root, ...attempt } of attempts) {
    const key = rootOf.get(attempt.origin) ?? attempt.origin;
    messages.set(key, [...(messages.get(key) ?? []), attempt]);
  }
  return [...messages]
    .flatMap(([origin, unordered]) => {
      const ordered = unordered.toSorted(
        (one, other) => one.redrives - other.redrives || one.publishedAt.localeCompare(other.publishedAt),
      );
      const [first, last] = [ordered[0], ordered.at(-1)];
      if (first === undefined || last === undefined) return [];
      const waitsFor = last.receipt === undefined ? last.place?.stage : undefined;
      return [{ ...last, origin, publishedAt: first.publishedAt, waitsFor, attempts: ordered }];
    })
    .toSorted(
      (one, other) =>
        one.publishedAt.localeCompare(other.publishedAt) || one.origin.localeCompare(other.origin),
    );
}

async function readKey(
  kafka: Kafka,
  topic: string,
  key: string,
  onMessage: (message: PlacedMessage) => void,
): Promise<void> {
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  await readTopic(
    kafka,
    topic,
    (message) => {
      if (message.key?.toString() === key) onMessage(message);
    },
    [partitionOfKey(topic, key, ranges.length)],
  );
}

/** Milliseconds as ISO 8601; a producer may write any time, and somebody else's origin anything. */
function isoOf(ms: string): string {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function stepsOf(value: Buffer | null): readonly Step[] {
  try {
    const { steps } = JSON.parse(value?.toString() ?? '') as { steps?: Step[] };
    return Array.isArray(steps) ? steps : [];
  } catch {
    return [];
  }
}
