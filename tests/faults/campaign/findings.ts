import {
  deadLetterTopic,
  parseMessage,
  readHeader,
  receipt,
  stageNames,
  topics,
  type Receipt,
} from '@wirefold/contracts';
import { readRanges, topicRanges, withAdmin, type Kafka, type PlacedMessage } from '@wirefold/kafka';
import type { IndexedDocument, PublishedRecord } from './books.ts';
import type { Story } from './stories.ts';
import type { World } from './world.ts';

/** Ends of the topics that are read for the books, by topic and partition. */
export type Marks = ReadonlyMap<string, readonly { readonly partition: number; readonly offset: bigint }[]>;

const bookTopics = [
  topics.scraped.name,
  topics.indexed.name,
  ...stageNames.map((stage) => deadLetterTopic(stage).name),
];

/** Where the topics end now: what comes after belongs to the run that begins. */
export const markTopics = (kafka: Kafka): Promise<Marks> =>
  withAdmin(kafka, async (admin) => {
    const marks = new Map<string, { partition: number; offset: bigint }[]>();
    for (const topic of bookTopics) {
      const ranges = await topicRanges(admin, topic);
      marks.set(
        topic,
        ranges.map(({ partition, high }) => ({ partition, offset: high })),
      );
    }
    return marks;
  });

/** Everything that was written to a topic since it was marked, in the order of each partition. */
async function readSince(kafka: Kafka, topic: string, marks: Marks): Promise<PlacedMessage[]> {
  const from = new Map((marks.get(topic) ?? []).map(({ partition, offset }) => [partition, offset]));
  const kept = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  const ranges = kept.map((range) => ({ ...range, low: from.get(range.partition) ?? range.low }));
  const messages: PlacedMessage[] = [];
  await readRanges(kafka, topic, ranges, (message) => {
    messages.push(message);
  });
  return messages;
}

/** What was really published: after a broken send, the topic alone knows. */
export async function readPublished(
  kafka: Kafka,
  marks: Marks,
  stories: ReadonlyMap<string, Story>,
): Promise<PublishedRecord[]> {
  const messages = await readSince(kafka, topics.scraped.name, marks);
  return messages.map(({ topic, partition, offset, timestamp, headers }) => {
    const story = stories.get(readHeader(headers, 'ce_id') ?? '');
    if (story === undefined) throw new Error(`${topic}/${partition}/${offset} is of another run`);
    return { story, origin: `${topic}/${partition}/${offset}@${timestamp}` };
  });
}

export async function readReceipts(kafka: Kafka, marks: Marks): Promise<Map<string, Receipt[]>> {
  const receipts = new Map<string, Receipt[]>();
  for (const { value } of await readSince(kafka, topics.indexed.name, marks)) {
    const parsed = parseMessage(receipt, value);
    if ('problem' in parsed) throw new Error(`a receipt breaks its contract: ${parsed.problem.message}`);
    const known = receipts.get(parsed.value.origin);
    if (known === undefined) receipts.set(parsed.value.origin, [parsed.value]);
    else known.push(parsed.value);
  }
  return receipts;
}

/** Origins of the dead letters of all stages. */
export async function readDeadLetters(kafka: Kafka, marks: Marks): Promise<string[]> {
  const letters: string[] = [];
  for (const stage of stageNames) {
    for (const { headers } of await readSince(kafka, deadLetterTopic(stage).name, marks))
      letters.push(readHeader(headers, 'wirefold-origin') ?? 'no origin');
  }
  return letters;
}

const PAGE = 5000;

/** Every document of a run, hidden ones and tombstones too. */
export async function readDocuments(
  { elasticsearch, index }: World,
  run: string,
): Promise<IndexedDocument[]> {
  await elasticsearch.indices.refresh({ index });
  const documents: IndexedDocument[] = [];
  let after: unknown;
  for (;;) {
    const answer = await elasticsearch.search<IndexedDocument>({
      index,
      size: PAGE,
      query: { prefix: { uri: `urn:${run}:` } },
      _source: ['uri', 'version', 'origin'],
      sort: [{ id: 'asc' }],
      ...(after === undefined ? {} : { search_after: after as [] }),
    });
    const { hits } = answer.hits;
    documents.push(...hits.flatMap(({ _source: document }) => (document === undefined ? [] : [document])));
    if (hits.length < PAGE) return documents;
    after = hits.at(-1)?.sort;
  }
}
