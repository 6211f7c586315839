/** Run by speed.ts as a process of its own: cleans page after page, and says on standard output how long it took and how much memory. */
import { createClean, eldDetection } from '@wirefold/clean';
import { articleOf } from '../../tests/articles.ts';
import { pageRows, readPage } from './quality-data.ts';

/** Compilers are warm after so many pages. */
const WARM_UP_PAGES = 60;

const part = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
const clean = createClean(eldDetection);
const rows = pageRows().filter((_, index) => part === undefined || index % 2 === part - 1);
let [wallMs, cpuMicroseconds, count] = [0, 0, 0];
for (const [index, row] of [...rows.slice(0, WARM_UP_PAGES), ...rows].entries()) {
  const { html, url } = readPage(row);
  const article = articleOf({ content: html, contentType: 'text/html', url });
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  clean(article);
  if (index < WARM_UP_PAGES) continue;
  const { user, system } = process.cpuUsage(cpu);
  wallMs += performance.now() - began;
  cpuMicroseconds += user + system;
  count += 1;
}
console.log(
  JSON.stringify({
    pagesPerSecond: (count / wallMs) * 1000,
    pagesPerCpuSecond: (count / cpuMicroseconds) * 1e6,
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
  }),
);
