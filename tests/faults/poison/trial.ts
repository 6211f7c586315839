import { stageTopics, type StageName, type Topic } from '@wirefold/contracts';
import { partitionOfKey } from '@wirefold/kafka';
import { sampleMessage } from '@wirefold/testing';
import { STORY, type Poison } from './poison.ts';
import { packRecord, type PackedRecord } from './publish.ts';

/** A poison between two good articles that are right before and behind it, in each stage that it comes to. */
export interface Trial {
  readonly poison: Poison;
  readonly before: PackedRecord;
  readonly record: PackedRecord;
  readonly behind: PackedRecord;
}

let articles = 0;

/** The uri of an article that the partitioner puts onto a partition. */
function uriOn(partition: number, topic: Topic): string {
  for (;;) {
    articles += 1;
    const uri = `urn:poison:${articles}`;
    if (partitionOfKey(topic.name, uri, topic.partitions) === partition) return uri;
  }
}

/** A good article, as the stage before would write it. */
export async function goodArticle(
  into: StageName,
  partition: number,
  contentType: 'text/plain' | 'text/html',
): Promise<PackedRecord> {
  const topic = stageTopics[into].input as Topic;
  const uri = uriOn(partition, topic);
  const page = `<html><body><article>${`<p>${STORY}</p>`.repeat(3)}</article></body></html>`;
  const fields = contentType === 'text/html' ? { contentType, content: page, language: 'en' } : {};
  const value = sampleMessage(into, { uri, record: articles, fields });
  return packRecord({ topic, partition, uri }, { value: Buffer.from(JSON.stringify(value)) });
}

export async function makeTrial(poison: Poison, partition: number): Promise<Trial> {
  const topic = stageTopics[poison.into].input as Topic;
  const uri = uriOn(partition, topic);
  const [before, record, behind] = [
    await goodArticle(poison.into, partition, 'text/plain'),
    await packRecord({ topic, partition, uri }, poison.record(uri), poison.packing),
    await goodArticle(poison.into, partition, hasPages(poison.into) ? 'text/html' : 'text/plain'),
  ];
  const isUndecodable = poison.ending.outcome === 'rejected' && poison.ending.reason === 'undecodable';
  if (!isUndecodable || poison.packing === undefined) return { poison, before, record, behind };
  return { poison, before, record: { ...record, key: null, value: record.packed }, behind };
}

const hasPages = (stage: StageName) => stage === 'ingest' || stage === 'clean';

/** The origin that the pipeline knows a good article by: between the stages it is written in it. */
export function originOf({ topic, value }: PackedRecord, published: string): string {
  if (topic.name === stageTopics.ingest.input.name) return published;
  return (JSON.parse(String(value)) as { origin: string }).origin;
}

/** A list in another order, the same one each time. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const list = [...items];
  let state = seed;
  for (let last = list.length - 1; last > 0; last -= 1) {
    // A linear congruential generator, of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [list[last], list[other]] = [list[other] as Item, list[last] as Item];
  }
  return list;
}
