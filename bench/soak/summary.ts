import { markdownTable } from '../shared/terminal.ts';
import type { SoakResult } from './soak.ts';

const MOST_RSS_MIB = 256;
const MOST_GROWTH_PERCENT = 5;

/** What was not reached, a sentence each. */
export function missedBars({ published, settled, trends }: SoakResult): string[] {
  const missed = trends.flatMap(({ service, medianRssMiB, growthPercent }) => [
    ...(medianRssMiB > MOST_RSS_MIB
      ? [`${service} takes ${medianRssMiB.toFixed(0)} MiB, more than ${MOST_RSS_MIB}`]
      : []),
    ...(growthPercent > MOST_GROWTH_PERCENT
      ? [`${service} grew by ${growthPercent.toFixed(1)} %, more than ${MOST_GROWTH_PERCENT}`]
      : []),
  ]);
  if (settled !== published) missed.push(`${published - settled} of ${published} messages have no outcome`);
  return missed;
}

export function renderSoak(result: SoakResult, missed: readonly string[]): string {
  const { published, settled, repeatedReceipts, backlogAtEnd, outcomes, trends } = result;
  const rows = trends.map((trend) => [
    trend.service,
    ...[trend.medianRssMiB, trend.peakRssMiB, trend.firstRssMiB, trend.lastRssMiB].map((mebibytes) =>
      mebibytes.toFixed(0),
    ),
    trend.growthPercent.toFixed(1),
    trend.firstHeapMiB.toFixed(0),
    trend.lastHeapMiB.toFixed(0),
  ]);
  const counts = Object.entries(outcomes).map(([name, count]) => `${count} ${name}`);
  return [
    `published ${published}, with an outcome ${settled}: ${counts.join(', ')}`,
    `receipts that came again ${repeatedReceipts}; on the way when the load ended ${backlogAtEnd}`,
    '',
    markdownTable(
      [
        'service',
        'median RSS MiB',
        'peak RSS MiB',
        'first window',
        'last window',
        'growth %',
        'heap first MiB',
        'heap last MiB',
      ],
      rows,
    ),
    '',
    missed.length === 0 ? 'all bars are met' : `missed:\n${missed.map((one) => `  ${one}`).join('\n')}`,
  ].join('\n');
}
