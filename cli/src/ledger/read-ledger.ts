import {
  parseMessage,
  readHeader,
  readRedrives,
  receipt,
  stageNames,
  stageTopics,
  topics,
  type StageName,
} from '@wirefold/contracts';
import {
  readRanges,
  topicRanges,
  type Kafka,
  type PartitionRange,
  type PlacedMessage,
  type Admin,
} from '@wirefold/kafka';
import { uriOf } from '../dead-letters/letter.ts';
import { createBooks, type Ledger, type LostMessage } from './books.ts';

/** What is to be read, fixed before any of it is read. */
export interface Snapshot {
  /** By stage and partition, the first offset that the stage has yet to handle. */
  readonly committed: ReadonlyMap<StageName, ReadonlyMap<number, number>>;
  /** By topic. */
  readonly ranges: ReadonlyMap<string, readonly PartitionRange[]>;
}

export interface FoundLedger extends Ledger {
  /** Messages of the gap, as many as were asked for. */
  readonly lost: readonly (LostMessage & { readonly uri: string | undefined })[];
}

/**
 * Fixes what will be read, in an order that makes a pipeline at work look like one that was stopped for a moment:
 *
 * 1. The committed offsets. A stage commits only what it has sent on and what the broker has acknowledged; so all that
 *    came of a record before the committed offset is on its topic already, below any end that is read later.
 * 2. The ends of the later topics, receipts among them. Were they read before, a record could be committed in between
 *    while what came of it stands behind the end: a gap that is none.
 * 3. The end of the scraped topic, last: all that is on a later topic was published before.
 */
export async function takeSnapshot(admin: Admin, groupPrefix: string): Promise<Snapshot> {
  const committed = new Map(
    await Promise.all(
      stageNames.map(async (stage) => [stage, await committedOffsets(admin, groupPrefix, stage)] as const),
    ),
  );
  const ranges = new Map<string, readonly PartitionRange[]>();
  const later = Object.values(topics).filter((topic) => topic !== topics.scraped);
  for (const { name } of [...later, topics.scraped]) ranges.set(name, await topicRanges(admin, name));
  return { committed, ranges };
}

/** By partition, the first offset that a stage has yet to handle, where it has committed any. */
export async function committedOffsets(
  admin: Admin,
  groupPrefix: string,
  stage: StageName,
): Promise<ReadonlyMap<number, number>> {
  const topic = stageTopics[stage].input.name;
  const [found] = await admin.fetchOffsets({ groupId: `${groupPrefix}.${stage}`, topics: [topic] });
  return new Map((found?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]));
}

/**
 * Reads each topic once, up to the snapshot, and keeps the books. The scraped topic comes first: only what is known to be
 * published is counted. A second read of that topic finds the uris of a gap.
 */
export async function readLedger(
  kafka: Kafka,
  { committed, ranges }: Snapshot,
  maxLost: number,
  onRead: (messages: number) => void = () => undefined,
): Promise<FoundLedger> {
  const books = createBooks(ranges.get(topics.scraped.name) ?? []);
  let count = 0;
  const read = (topic: string, onMessage: (message: PlacedMessage) => void) =>
    readRanges(kafka, topic, ranges.get(topic) ?? [], (message) => {
      onMessage(message);
      count += 1;
      if (count % 1000 === 0) onRead(count);
    });

  for (const stage of stageNames) {
    const topic = stageTopics[stage].input.name;
    await read(topic, (message) => {
      const { partition } = message;
      const offset = Number(message.offset);
      const waits = offset >= (committed.get(stage)?.get(partition) ?? -1);
      const redrives = readRedrives(message.headers);
      if (topic === topics.scraped.name)
        books.published({ partition, offset, timestampMs: Number(message.timestamp) }, redrives, waits);
      else books.arrived(stage, originOf(message), redrives, waits);
    });
  }
  await read(topics.indexed.name, (message) => {
    const parsed = parseMessage(receipt, message.value);
    if ('value' in parsed) books.ended(parsed.value);
  });
  onRead(count);
  const ledger = books.ledger();
  return { ...ledger, lost: ledger.gap === 0 ? [] : await withUris(kafka, books.lost(maxLost)) };
}

/** Inside the pipeline the id of every event is its origin; a record that somebody else wrote may have it in the value alone. */
function originOf({ headers, value }: PlacedMessage): string {
  const id = readHeader(headers, 'ce_id');
  if (id !== undefined) return id;
  try {
    const { origin } = JSON.parse(value?.toString('utf8') ?? '') as { origin?: unknown };
    return typeof origin === 'string' ? origin : '';
  } catch {
    return '';
  }
}

async function withUris(kafka: Kafka, lost: readonly LostMessage[]): Promise<FoundLedger['lost']> {
  const uris = new Map<string, string | undefined>();
  const wanted = new Set(lost.map(({ partition, offset }) => `${partition}/${offset}`));
  const ranges = [...new Set(lost.map(({ partition }) => partition))].map((partition) => {
    const offsets = lost.filter((one) => one.partition === partition).map(({ offset }) => offset);
    return { partition, low: BigInt(Math.min(...offsets)), high: BigInt(Math.max(...offsets)) + 1n };
  });
  await readRanges(kafka, topics.scraped.name, ranges, ({ partition, offset, key, value }) => {
    const place = `${partition}/${offset}`;
    if (wanted.has(place)) uris.set(place, uriOf(value) ?? key?.toString('utf8'));
  });
  return lost.map((one) => ({ ...one, uri: uris.get(`${one.partition}/${one.offset}`) }));
}
