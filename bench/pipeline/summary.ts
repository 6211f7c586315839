import { median, spread, type Spread } from '../shared/statistics.ts';
import { markdownTable } from '../shared/terminal.ts';
import type { Run } from './run.ts';

export interface PipelineSummary {
  readonly articlesPerSecond: Spread;
  readonly drainedSeconds: Spread;
  /** Of the five services together. */
  readonly serviceCpuSecondsPer10k: Spread;
}

export function summarise(runs: readonly Run[], services: readonly string[]): PipelineSummary {
  const cpu = (run: Run) =>
    run.used
      .filter(({ name }) => services.includes(name))
      .reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return {
    articlesPerSecond: spread(runs.map(({ articlesPerSecond }) => articlesPerSecond)),
    drainedSeconds: spread(runs.map(({ seconds }) => seconds)),
    serviceCpuSecondsPer10k: spread(runs.map((run) => (cpu(run) / run.articles) * 10_000)),
  };
}

/** The tables of the result: medians over the runs. */
export function renderSummary(runs: readonly Run[], summary: PipelineSummary): string {
  const line = ({ median: middle, min, max }: Spread, digits: number) =>
    `${middle.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
  const names = runs[0]?.used.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const used = runs.flatMap((run) => {
      const found = run.used.find((one) => one.name === name);
      return found === undefined ? [] : [{ ...found, run }];
    });
    const times = runs.flatMap((run) => run.stages.filter(({ stage }) => stage === name));
    const middle = (values: readonly number[], digits: number) =>
      values.length === 0 ? '' : median(values).toFixed(digits);
    return [
      name,
      middle(
        used.map(({ cpuSeconds, run }) => (cpuSeconds / run.articles) * 10_000),
        1,
      ),
      middle(
        used.map(({ cpuSeconds, run }) => (cpuSeconds / run.seconds) * 100),
        0,
      ),
      middle(
        used.map(({ peakRssMiB }) => peakRssMiB),
        0,
      ),
      middle(
        times.map(({ tookP50Ms }) => tookP50Ms),
        0,
      ),
      middle(
        times.map(({ tookP99Ms }) => tookP99Ms),
        0,
      ),
      middle(
        times.map(({ waitedP50Ms }) => waitedP50Ms),
        0,
      ),
      middle(
        times.map(({ firstDoneS }) => firstDoneS),
        1,
      ),
      middle(
        times.map(({ lastDoneS }) => lastDoneS),
        1,
      ),
    ];
  });
  return [
    `articles/s               ${line(summary.articlesPerSecond, 0)}`,
    `drained after            ${line(summary.drainedSeconds, 1)} s`,
    `CPU s/10k, five services ${line(summary.serviceCpuSecondsPer10k, 1)}`,
    '',
    markdownTable(
      [
        'process',
        'CPU s/10k',
        '% of a core',
        'peak RSS MiB',
        'chunk p50 ms',
        'chunk p99 ms',
        'waited p50 ms',
        'first done s',
        'last done s',
      ],
      rows,
    ),
  ].join('\n');
}
