import { deadLetterTopic, type StageName } from '@wirefold/contracts';
import {
  readRanges,
  readTopic,
  topicRanges,
  withAdmin,
  type Kafka,
  type PlacedMessage,
} from '@wirefold/kafka';
import { createLetterFold, type DeadLetter, type LetterFold } from './fold-letters.ts';
import { readLetterRecord, type LetterPlace } from './letter.ts';

/** Reads all dead letters of a stage and what was done about them. Originals are not kept in memory. */
export async function foldStage(kafka: Kafka, stage: StageName): Promise<LetterFold> {
  const fold = createLetterFold(stage);
  await readTopic(kafka, deadLetterTopic(stage).name, (message) => {
    const { partition, offset } = message;
    fold.add({ partition, offset: Number(offset) }, readLetterRecord(stage, message));
  });
  return fold;
}

/** All dead letters of some stages. */
export async function readLetters(kafka: Kafka, stages: readonly StageName[]): Promise<DeadLetter[]> {
  const folds = await Promise.all(stages.map((stage) => foldStage(kafka, stage)));
  return folds.flatMap((fold) => fold.letters());
}

/** Reads the records of some letters of one stage, in the order of the topic. Those that are gone are left out. */
export async function readOriginals(
  kafka: Kafka,
  stage: StageName,
  places: readonly LetterPlace[],
  onOriginal: (message: PlacedMessage) => void | Promise<void>,
): Promise<void> {
  const topic = deadLetterTopic(stage).name;
  const kept = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  const wanted = new Map<number, Set<number>>();
  for (const { partition, offset } of places) {
    const offsets = wanted.get(partition) ?? new Set();
    wanted.set(partition, offsets.add(offset));
  }
  const ranges = kept.flatMap(({ partition, low, high }) => {
    const offsets = [...(wanted.get(partition) ?? [])]
      .map(BigInt)
      .filter((offset) => offset >= low && offset < high);
    if (offsets.length === 0) return [];
    const sorted = offsets.toSorted((one, other) => (one < other ? -1 : 1));
    return [{ partition, low: sorted[0] as bigint, high: (sorted.at(-1) as bigint) + 1n }];
  });
  await readRanges(kafka, topic, ranges, (message) =>
    wanted.get(message.partition)?.has(Number(message.offset)) ? onOriginal(message) : undefined,
  );
}
