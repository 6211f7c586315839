import {
  deadLetterTopic,
  originalHeaders,
  REDRIVE_OF_HEADER,
  REDRIVES_HEADER,
  topics,
  type DeadLetterMark,
  type MarkKind,
  type StageName,
} from '@wirefold/contracts';
import {
  compressionType,
  createBatchProducer,
  innermostError,
  messageBytes,
  sendUntilTaken,
  type BatchProducer,
  type Kafka,
  type PlacedMessage,
  type Message,
} from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import type { DeadLetter } from './fold-letters.ts';
import type { LetterPlace } from './letter.ts';
import { readOriginals } from './read-letters.ts';

/** A letter that was published again. */
export interface Redriven {
  readonly letter: DeadLetter;
  /** Identity of what was published: inside the pipeline the same as before. */
  readonly origin: string;
  readonly redrives: number;
}

/** Publishes dead letters again and marks them. */
export interface Redriver {
  /**
   * Publishes the originals of letters again, each where it was read, those of a topic in their order.
   *
   * @param onPublished called when some are acknowledged: only now they may be marked
   * @returns letters that could not be published, with the reason
   */
  readonly publish: (
    letters: readonly DeadLetter[],
    onPublished: (redriven: readonly Redriven[]) => Promise<void>,
  ) => Promise<{ readonly letter: DeadLetter; readonly why: string }[]>;
  /** Says of all records of the letters that have no mark yet what was done about them. */
  readonly mark: (letters: readonly DeadLetter[], kind: MarkKind) => Promise<void>;
  readonly close: () => Promise<void>;
}

const BATCH_BYTES = 960_000;
const BATCH_MESSAGES = 500;

export async function createRedriver(
  kafka: Kafka,
  compression: keyof typeof compressionType,
): Promise<Redriver> {
  const producer = createBatchProducer(kafka, silentLog);
  await producer.connect();
  const send = (batch: readonly Prepared[]) => sendBatch(producer, compressionType[compression], batch);

  return {
    publish: async (letters, onPublished) => {
      const skipped: { letter: DeadLetter; why: string }[] = [];
      const left = new Set(letters);
      const publishBatch = async (batch: readonly Prepared[]) => {
        for (const { letter } of batch) left.delete(letter);
        let redriven: Redriven[];
        try {
          redriven = await send(batch);
        } catch (error) {
          const [only] = batch;
          if (batch.length > 1 || only === undefined || !isTooLarge(error)) throw error;
          skipped.push({ letter: only.letter, why: `${only.letter.topic} does not take a message so large` });
          return;
        }
        await onPublished(redriven);
      };
      for (const [stage, ofStage] of byStage(letters)) {
        let batch: Prepared[] = [];
        let bytes = 0;
        const flush = async () => {
          const full = batch;
          batch = [];
          bytes = 0;
          if (full.length > 0) await publishBatch(full);
        };
        const byPlace = new Map(ofStage.map((letter) => [`${letter.partition}/${letter.offset}`, letter]));
        await readOriginals(kafka, stage, ofStage, async (record) => {
          const letter = byPlace.get(`${record.partition}/${record.offset}`);
          if (letter === undefined) return;
          const message = redrivenMessage(record, letter);
          const size = messageBytes(message);
          if (bytes + size > BATCH_BYTES || batch.length >= BATCH_MESSAGES) await flush();
          batch.push({ letter, message });
          bytes += size;
        });
        await flush();
      }
      return [...skipped, ...[...left].map((letter) => ({ letter, why: 'it is no longer there' }))];
    },
    mark: async (letters, kind) => {
      for (const [stage, ofStage] of byStage(letters)) {
        const places = ofStage.flatMap(({ unmarked }) => unmarked);
        for (let from = 0; from < places.length; from += BATCH_MESSAGES) {
          const marked = places.slice(from, from + BATCH_MESSAGES);
          const messages = marked.map((place) => markMessage(place, kind));
          await sendUntilTaken(producer, {
            topicMessages: [{ topic: deadLetterTopic(stage).name, messages }],
          });
        }
      }
    },
    close: () => producer.disconnect(),
  };
}

interface Prepared {
  readonly letter: DeadLetter;
  readonly message: RedrivenMessage;
}

interface RedrivenMessage extends Message {
  readonly headers: Record<string, Buffer[]>;
  readonly partition: number;
  readonly timestamp: string;
}

/** Sends letters of one stage; gives the identity of each. */
async function sendBatch(
  producer: BatchProducer,
  compression: number,
  batch: readonly Prepared[],
): Promise<Redriven[]> {
  const topic = batch[0]?.letter.topic ?? '';
  const records = await sendUntilTaken(producer, {
    compression,
    topicMessages: [{ topic, messages: batch.map(({ message }) => message) }],
  });
  const next = new Map(records.map(({ partition, baseOffset }) => [partition, BigInt(baseOffset ?? 0)]));
  return batch.map(({ letter, message: { partition, timestamp } }) => {
    const offset = next.get(partition) ?? 0n;
    next.set(partition, offset + 1n);
    const own = `${topic}/${partition}/${offset}@${timestamp}`;
    return {
      letter,
      origin: topic === topics.scraped.name ? own : letter.origin,
      redrives: letter.redrives + 1,
    };
  });
}

/** A record with an older time could be gone, by retention, before ingest has read it. */
const OLDEST_MS = topics.scraped.retentionMs / 2;

/**
 * The original as it was, to the partition where it was, with the count of redrives.
 *
 * A scraped record keeps its time: it orders versions that have no time of their own, and what is published again must not
 * win over what came since.
 */
export function redrivenMessage(
  record: PlacedMessage,
  letter: DeadLetter,
  nowMs = Date.now(),
): RedrivenMessage {
  const headers = originalHeaders(record.headers);
  headers[REDRIVES_HEADER] = [Buffer.from(String(letter.redrives + 1))];
  const isWayIn = letter.topic === topics.scraped.name;
  if (isWayIn && (letter.redrives === 0 || headers[REDRIVE_OF_HEADER] === undefined))
    headers[REDRIVE_OF_HEADER] = [Buffer.from(letter.origin)];
  const timestamp = isWayIn ? Math.min(Math.max(letter.originalTimestamp, nowMs - OLDEST_MS), nowMs) : nowMs;
  return {
    key: record.key,
    value: record.value,
    headers,
    partition: letter.originalPartition,
    timestamp: String(timestamp),
  };
}

function markMessage({ partition, offset }: LetterPlace, kind: MarkKind): Message {
  const headers: DeadLetterMark = {
    'wirefold-mark': kind,
    'wirefold-marked': `${partition}/${offset}`,
    'wirefold-marked-at': new Date().toISOString(),
  };
  // Behind the letter, on its partition: so the two are deleted in their order.
  return { key: null, value: null, partition, headers };
}

function byStage(letters: readonly DeadLetter[]): Map<StageName, DeadLetter[]> {
  const stages = new Map<StageName, DeadLetter[]>();
  for (const letter of letters) {
    const ofStage = stages.get(letter.stage) ?? [];
    ofStage.push(letter);
    stages.set(letter.stage, ofStage);
  }
  return stages;
}

const isTooLarge = (error: unknown): boolean => innermostError(error).type === 'MESSAGE_TOO_LARGE';
