import { systemClock } from '@wirefold/pipeline';
import { outcomes, stageNames, stageTopics, topics, type Outcome, type StageName } from '@wirefold/contracts';
import { topicRanges, withAdmin, type Kafka, type Admin } from '@wirefold/kafka';
import { readLetters } from './dead-letters/read-letters.ts';
import { readReceipts } from './receipts.ts';

/** How a stage stands. */
export interface StageStatus {
  readonly stage: StageName;
  /** Messages in its input topic that it has not handled. */
  readonly lag: number;
  /** Messages a second that it handled while it was watched. */
  readonly perSecond: number;
  /** Dead letters of it about which nothing was done yet. */
  readonly deadLetters: number;
}

export interface PipelineStatus {
  /** Messages that scrapers published, as far as they are kept. */
  readonly published: number;
  readonly stages: readonly StageStatus[];
  /** Published messages by how they ended. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Published messages without a receipt yet. */
  readonly underway: number;
}

/** Lag of every stage: what is on its input topic and not committed by its group. */
export async function stageLags(
  admin: Admin,
  groupPrefix: string,
): Promise<Map<StageName, { lag: number; done: number }>> {
  const lags = await Promise.all(
    stageNames.map(async (stage) => {
      const topic = stageTopics[stage].input.name;
      const ranges = await topicRanges(admin, topic);
      const [offsets] = await admin.fetchOffsets({ groupId: `${groupPrefix}.${stage}`, topics: [topic] });
      const committed = new Map(
        offsets?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]),
      );
      let lag = 0n;
      let done = 0n;
      for (const { partition, low, high } of ranges) {
        const at = committed.get(partition) ?? -1n;
        const position = at < low ? low : at;
        lag += high - position;
        done += position;
      }
      return [stage, { lag: Number(lag), done: Number(done) }] as const;
    }),
  );
  return new Map(lags);
}

async function count(admin: Admin, topic: string): Promise<number> {
  const ranges = await topicRanges(admin, topic);
  return ranges.reduce((sum, { low, high }) => sum + Number(high - low), 0);
}

/**
 * Asks the broker how the pipeline stands. Rates are measured over `watchMs`.
 *
 * @throws Error where the broker does not answer
 */
export async function pipelineStatus(
  kafka: Kafka,
  groupPrefix: string,
  watchMs: number,
): Promise<PipelineStatus> {
  return withAdmin(kafka, async (admin) => {
    const before = await stageLags(admin, groupPrefix);
    const startedAt = performance.now();
    await systemClock.sleep(watchMs);
    const after = await stageLags(admin, groupPrefix);
    const seconds = (performance.now() - startedAt) / 1000;
    const waiting = (await readLetters(kafka, stageNames)).filter(({ status }) => status === 'waiting');
    const stages = stageNames.map((stage) => ({
      stage,
      lag: after.get(stage)?.lag ?? 0,
      perSecond: Math.round(((after.get(stage)?.done ?? 0) - (before.get(stage)?.done ?? 0)) / seconds),
      deadLetters: waiting.filter((letter) => letter.stage === stage).length,
    }));
    const ended = await countOutcomes(kafka);
    const published = await count(admin, topics.scraped.name);
    const sum = outcomes.reduce((total, outcome) => total + ended[outcome], 0);
    return { published, stages, outcomes: ended, underway: Math.max(0, published - sum) };
  });
}

/** Counts how the published messages ended. */
export async function countOutcomes(kafka: Kafka): Promise<Record<Outcome, number>> {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  await readReceipts(kafka, ({ outcome }, before) => {
    counts[outcome] += 1;
    if (before !== undefined) counts[before.outcome] -= 1;
  });
  return counts;
}
