import { outcomes, type Outcome } from '@wirefold/contracts';
import { markdownTable } from '../../../bench/shared/terminal.ts';
import type { RunReport } from './run.ts';

/** What a campaign of runs came to. */
export interface CampaignSummary {
  readonly runs: number;
  readonly published: number;
  readonly documents: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly repeatedReceipts: Readonly<Record<string, number>>;
  /** Broken promises by kind. */
  readonly violations: Readonly<Record<string, number>>;
  /** How often each fault struck, and the longest time until the stages that it held up went on. */
  readonly faults: readonly {
    readonly name: string;
    readonly times: number;
    readonly longestResumeSeconds: number | undefined;
  }[];
  readonly longestDrainSeconds: number;
  readonly minutes: number;
}

export function summariseCampaign(reports: readonly RunReport[]): CampaignSummary {
  const violations: Record<string, number> = {};
  for (const { kind } of reports.flatMap((report) => report.violations))
    violations[kind] = (violations[kind] ?? 0) + 1;
  const repeatedReceipts: Record<string, number> = {};
  for (const [what, count] of reports.flatMap((report) => Object.entries(report.repeatedReceipts)))
    repeatedReceipts[what] = (repeatedReceipts[what] ?? 0) + count;
  const struck = Map.groupBy(
    reports.flatMap((report) => report.faults),
    ({ name }) => name,
  );
  const sum = (count: (report: RunReport) => number) =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    runs: reports.length,
    published: sum(({ published }) => published),
    documents: sum(({ documents }) => documents),
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, sum((report) => report.outcomes[outcome])]),
    ) as Record<Outcome, number>,
    repeatedReceipts,
    violations,
    faults: [...struck]
      .map(([name, times]) => ({
        name,
        times: times.length,
        longestResumeSeconds: longest(times.map(({ resumedAfterSeconds }) => resumedAfterSeconds)),
      }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    longestDrainSeconds: Math.max(0, ...reports.map(({ drainSeconds }) => drainSeconds)),
    minutes: sum(({ seconds }) => seconds) / 60,
  };
}

function longest(seconds: readonly (number | undefined)[]): number | undefined {
  const known = seconds.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

export function renderCampaign(summary: CampaignSummary): string {
  const { runs, published, documents, repeatedReceipts, minutes, longestDrainSeconds } = summary;
  const ended = outcomes.map((outcome) => `${summary.outcomes[outcome]} ${outcome}`).join(', ');
  const broken = Object.entries(summary.violations).map(([kind, count]) => `${count} ${kind}`);
  const repeated = Object.entries(repeatedReceipts).map(([what, count]) => `${count} ${what}`);
  return [
    `${runs} runs, ${published} messages published in ${minutes.toFixed(0)} min: ${ended}; ${documents} documents`,
    `promises broken: ${broken.join(', ') || '0'}; redeliveries inside the pipeline: ${repeated.join(', ') || '0'}; longest drain ${longestDrainSeconds.toFixed(1)} s`,
    '',
    markdownTable(
      ['fault', 'times', 'longest resume, s'],
      summary.faults.map(({ name, times, longestResumeSeconds }) => [
        name,
        String(times),
        longestResumeSeconds?.toFixed(1) ?? '-',
      ]),
    ),
  ].join('\n');
}
