import { deadLetterTopic, type StageName } from '@wirefold/contracts';
import { withAdmin, type Kafka } from '@wirefold/kafka';
import type { DeadLetter } from './fold-letters.ts';
import { foldStage } from './read-letters.ts';
import type { Redriver } from './redrive.ts';

/**
 * Marks letters as purged, and deletes from the beginning of each dead letter topic what is done with. A letter behind one
 * that waits stays on the broker, marked, until that one is done with or retention takes it.
 *
 * @returns how many records were deleted
 */
export async function purgeLetters(
  kafka: Kafka,
  redriver: Redriver,
  stages: readonly StageName[],
  letters: readonly DeadLetter[],
): Promise<number> {
  await redriver.mark(letters, 'purged');
  let deleted = 0;
  for (const stage of stages) {
    // A record that a redelivery wrote later must not wait again when the mark of the first one is deleted.
    const before = (await foldStage(kafka, stage)).letters();
    for (const kind of ['redriven', 'purged'] as const)
      await redriver.mark(
        before.filter(({ status }) => status === kind),
        kind,
      );
    const keepFrom = (await foldStage(kafka, stage)).keepFrom();
    deleted += await deleteUpTo(kafka, deadLetterTopic(stage).name, keepFrom);
  }
  return deleted;
}

async function deleteUpTo(
  kafka: Kafka,
  topic: string,
  keepFrom: readonly { readonly partition: number; readonly offset: number }[],
): Promise<number> {
  return withAdmin(kafka, async (admin) => {
    const lows = new Map(
      (await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => [partition, Number(low)]),
    );
    const partitions = keepFrom
      .map(({ partition, offset }) => ({
        partition,
        offset,
        count: offset - (lows.get(partition) ?? offset),
      }))
      .filter(({ count }) => count > 0);
    if (partitions.length === 0) return 0;
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, offset }) => ({ partition, offset: String(offset) })),
    });
    return partitions.reduce((sum, { count }) => sum + count, 0);
  });
}
