import { markdownTable } from '../shared/terminal.ts';
import type { CleanReport } from './measure.ts';
import type { Speed } from './speed.ts';
import type { ResidueScore } from './scores.ts';

const points = (value: number) => value.toFixed(3).replace(/^(-?)0/, '$1');
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

const speedOf = ({ pagesPerSecond, pagesPerCpuSecond }: Speed) =>
  `${pagesPerSecond.toFixed(0)} by the clock, ${pagesPerCpuSecond.toFixed(0)} by CPU time`;

/** A report as Markdown. @param withPages each page, too, the worst first */
export function renderClean(report: CleanReport, withPages: boolean): string {
  const { bySet, peer, languages } = report;
  const pages = Object.entries(bySet).map(([set, { f1, precision, recall, pages: count, below30 }]) => [
    `${set} (${count} pages)`,
    points(f1),
    points(precision),
    points(recall),
    String(below30),
    peer?.bySet[set] === undefined ? '' : points(peer.bySet[set].f1),
  ]);
  const residue = (name: string, score: ResidueScore) => [
    name,
    points(score.f1),
    points(score.precision),
    points(score.recall),
    points(score.textF1),
    score.traps === 0 ? '' : `${score.trapsKept}/${score.traps}`,
  ];
  const sections = [
    markdownTable(['pages', 'F1', 'precision', 'recall', 'F1 < .3', peer?.name ?? 'no peer'], pages),
    peer &&
      `AEB and fundus pooled, ours minus the peer's: ${points(peer.difference[0])} to ${points(peer.difference[1])} (95 %)`,
    `pages/s on one thread: ${speedOf(report.speed)}${peer ? `; the peer ${speedOf(peer.speed)}` : ''}; peak RSS ${report.speed.peakRssMiB.toFixed(0)} MiB`,
    markdownTable(
      ['residue', 'F1', 'precision', 'recall', 'text F1', 'traps kept'],
      [residue('made', report.made), residue('natural', report.natural)],
    ),
    ...[report.made, report.natural].map(({ byType }) =>
      Object.entries(byType)
        .map(([type, [removed, all]]) => `${type} ${removed}/${all}`)
        .join(', '),
    ),
    `language of ${languages.texts} sentences in ${languages.languages} languages: ${percent(languages.sentences)}; of their first words, 20 characters at most: ${percent(languages.short)}, with the page's hint (one in ten is wrong): ${percent(languages.shortWithHints)}`,
    withPages &&
      markdownTable(
        ['page', 'F1', 'precision', 'recall', 'peer'],
        report.pages.map(({ id, lang, f1, precision, recall, peerF1 }) => [
          `${id} ${lang}`,
          points(f1),
          points(precision),
          points(recall),
          peerF1 === undefined ? '' : points(peerF1),
        ]),
      ),
  ];
  return sections.filter(Boolean).join('\n\n');
}
