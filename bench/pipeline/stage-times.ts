import { stageNames, type Receipt, type StageName } from '@wirefold/contracts';
import { quantile } from '../shared/statistics.ts';

/** Where the time of the articles went in one stage, by the steps in their receipts. */
export interface StageTimes {
  readonly stage: StageName;
  /** Time in the stage: of the chunk of messages that the article came with. */
  readonly tookP50Ms: number;
  readonly tookP99Ms: number;
  /** Time between the stage before and this one: on the topic, and waiting for the messages ahead. */
  readonly waitedP50Ms: number;
  /** Seconds after the first publication when the stage was done with its first and last article. */
  readonly firstDoneS: number;
  readonly lastDoneS: number;
}

export function stageTimes(receipts: readonly Receipt[], publishedAtMs: number): StageTimes[] {
  return stageNames.flatMap((stage) => {
    const tookMs: number[] = [];
    const waitedMs: number[] = [];
    const doneMs: number[] = [];
    for (const { steps } of receipts) {
      const index = steps.findIndex((step) => step.stage === stage);
      const step = steps[index];
      if (step === undefined) continue;
      const before = steps[index - 1];
      const at = Date.parse(step.at);
      doneMs.push(at);
      tookMs.push(step.tookMs);
      waitedMs.push(Math.max(0, at - step.tookMs - (before ? Date.parse(before.at) : publishedAtMs)));
    }
    if (doneMs.length === 0) return [];
    return [
      {
        stage,
        tookP50Ms: quantile(tookMs, 0.5),
        tookP99Ms: quantile(tookMs, 0.99),
        waitedP50Ms: quantile(waitedMs, 0.5),
        firstDoneS: (quantile(doneMs, 0) - publishedAtMs) / 1000,
        lastDoneS: (quantile(doneMs, 1) - publishedAtMs) / 1000,
      },
    ];
  });
}
