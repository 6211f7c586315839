import type { Spread } from '../shared/statistics.ts';
import { markdownTable } from '../shared/terminal.ts';
import { ways, type SpeedReport } from './speed.ts';

const whole = ({ median, min, max }: Spread) => `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`;

/** A report as Markdown. */
export function renderFoldSpeed({ sizes, ratio }: SpeedReport): string {
  const rows = sizes.map(({ stories, articles, bytesOfStory, bytesOfArticle, speeds }) => [
    `${stories} (${articles})`,
    bytesOfStory.toFixed(0),
    bytesOfArticle.toFixed(0),
    ...speeds.map(({ perSecond, cpuUs }) => `${whole(perSecond)}; ${cpuUs.median.toFixed(0)} µs`),
  ]);
  const table = markdownTable(
    [
      'stories (articles)',
      'bytes a story',
      'an article',
      ...ways.map(({ name }) => `${name}: articles/s; CPU`),
    ],
    rows,
  );
  if (ratio === undefined) return table;
  const { median, min, max } = ratio.ratio;
  return `${table}\n\nin turns: ${whole(ratio.small)}/s at the fewest stories, ${whole(ratio.large)}/s at the most; ratio ${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
