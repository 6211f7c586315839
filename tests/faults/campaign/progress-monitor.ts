import { setTimeout as sleep } from 'node:timers/promises';
import { stageNames, stageTopics, type StageName } from '@wirefold/contracts';
import { topicRanges, withAdmin, type Kafka } from '@wirefold/kafka';

/** How far a stage is with its input topic. */
export interface StageProgress {
  /** Messages that are committed. */
  readonly done: number;
  readonly lag: number;
}

export interface ProgressMonitor {
  /** Reads every stage now, in the order of the flow; undefined where the broker does not answer. */
  readonly read: () => Promise<ReadonlyMap<StageName, StageProgress> | undefined>;
  /** Waits until no stage has anything left to do; false where that is not so in time. */
  readonly untilDrained: (withinMs: number) => Promise<boolean>;
  /**
   * Seconds until each of these stages has made progress, beginning now; the largest. Stages that have nothing to do don't
   * count; undefined where none has.
   */
  readonly resumedAfter: (stages: readonly StageName[], withinMs: number) => Promise<number | undefined>;
}

const ANSWER_WITHIN_MS = 4000;
const LOOK_MS = 200;

export function monitorProgress(kafka: Kafka, groupPrefix: string): ProgressMonitor {
  // One stage after the other: what ingest had committed when it was asked, clean has in its topic when it is asked next.
  const ask = () =>
    withAdmin(kafka, async (admin) => {
      const progress = new Map<StageName, StageProgress>();
      for (const stage of stageNames) {
        const topic = stageTopics[stage].input.name;
        const [offsets] = await admin.fetchOffsets({ groupId: `${groupPrefix}.${stage}`, topics: [topic] });
        const done = (offsets?.partitions ?? []).reduce(
          (sum, { offset }) => sum + Math.max(0, Number(offset)),
          0,
        );
        const high = (await topicRanges(admin, topic)).reduce((sum, range) => sum + Number(range.high), 0);
        progress.set(stage, { done, lag: high - done });
      }
      return progress;
    });
  const read = () => Promise.race([ask().catch(() => undefined), sleep(ANSWER_WITHIN_MS, undefined)]);

  const until = async <Found>(
    find: (progress: ReadonlyMap<StageName, StageProgress>) => Found | undefined,
    withinMs: number,
  ): Promise<Found | undefined> => {
    const giveUpAt = performance.now() + withinMs;
    do {
      const progress = await read();
      const found = progress && find(progress);
      if (found !== undefined) return found;
      await sleep(LOOK_MS);
    } while (performance.now() < giveUpAt);
    return undefined;
  };

  return {
    read,
    untilDrained: async (withinMs) =>
      (await until(
        (progress) => ([...progress.values()].every(({ lag }) => lag === 0) ? true : undefined),
        withinMs,
      )) ?? false,
    resumedAfter: async (stages, withinMs) => {
      const begun = performance.now();
      const before = await until((progress) => progress, withinMs);
      if (before === undefined) return Infinity;
      const waiting = new Set(stages.filter((stage) => (before.get(stage)?.lag ?? 0) > 0));
      if (waiting.size === 0) return undefined;
      await until((progress) => {
        for (const stage of waiting) {
          if ((progress.get(stage)?.done ?? 0) > (before.get(stage)?.done ?? 0)) waiting.delete(stage);
        }
        return waiting.size === 0 ? true : undefined;
      }, withinMs);
      return waiting.size === 0 ? (performance.now() - begun) / 1000 : Infinity;
    },
  };
}
