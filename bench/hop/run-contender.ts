import type { ContenderReport, Job } from './job.ts';
import { createMeter, type Meter } from './meter.ts';

/** Starts a hop; resolves to how to end it. */
export type StartContender = (job: Job, meter: Meter) => Promise<() => Promise<void>>;

/** Main function of a contender's process: does the job of its command line, reports the measurement, ends. */
export async function runContender(start: StartContender): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const job = JSON.parse(process.argv[2] ?? '') as Job;
  const { promise: measured, resolve } = Promise.withResolvers<void>();
  const meter = createMeter(job, (result) => {
    report({ kind: 'measured', result });
    resolve();
  });
  const stop = await start(job, meter);
  report({ kind: 'running' });
  await measured;
  await stop();
  process.exit(0);
}

function report(message: ContenderReport): void {
  process.send?.(message);
}

/** The change that every hop makes. */
export function changed<Article extends object>(article: Article): Article & { byline: string } {
  return { ...article, byline: 'Wirefold bench' };
}
