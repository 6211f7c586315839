import { foldTruth } from '../../tests/quality/fold-corpus.ts';
import { median } from '../shared/statistics.ts';
import { markdownTable } from '../shared/terminal.ts';
import {
  methods,
  type FoldQualityReport,
  type GeneratedReport,
  type OwnReport,
  type OwnPart,
  type ShuffleResult,
} from './measure-quality.ts';
import { APART, JOINED_BY_OTHERS, type OwnScore } from './own-scores.ts';
import type { Agreement, GeneratedScore, PairScore } from './scores.ts';

const points = (value: number) => value.toFixed(3).replace(/^(-?)0/, '$1');
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const prf = ({ f1, precision, recall }: PairScore) => [points(f1), points(precision), points(recall)];

const RETRANSLATED = 'retranslated';

/** A report as Markdown. */
export function renderFoldQuality({ generated, own }: FoldQualityReport): string {
  const sections = [
    ...(generated === undefined ? [] : renderGenerated(generated)),
    ...(['open', 'held', 'seen', 'blind'] as const).flatMap((split) => renderOwn(split, own[split])),
  ];
  return sections.join('\n\n');
}

function renderGenerated({ articles, scores, shuffles, chunks, scorerAgrees }: GeneratedReport): string[] {
  const heads = [
    `generated set (${articles} articles)`,
    'same language F1',
    'P',
    'R',
    'dailies merged',
    'across F1',
    'P',
    'R',
    'retranslations',
  ];
  const rows = Object.entries(scores).flatMap(([part, byMethod]) =>
    methods.map((method) => [`${method}: ${part}`, ...generatedCells(byMethod[method])]),
  );
  const whole = Object.values(scores)[0];
  const kinds = Object.keys(whole?.folding.byKind ?? {}).toSorted();
  return [
    markdownTable(heads, rows),
    markdownTable(
      ['found of each kind', 'all', ...methods],
      kinds.map((kind) => [
        kind,
        String(whole?.folding.byKind[kind]?.[1]),
        ...methods.map((method) => String(whole?.[method].byKind[kind]?.[0])),
      ]),
    ),
    ...(shuffles.length === 0 ? [] : [renderShuffles(shuffles)]),
    `one by one instead of in chunks of 60: ${agreementCells(chunks).join(', ')}`,
    scorerAgrees === undefined
      ? "the set's own scorer is not there"
      : `the set's own scorer ${scorerAgrees ? 'comes to the same figures' : 'DOES NOT COME TO THE SAME FIGURES'}`,
  ];
}

function generatedCells({ sameLanguage, across, dailiesMerged, byKind }: GeneratedScore): string[] {
  const [found, all] = byKind[RETRANSLATED] ?? [0, 0];
  return [
    ...prf(sameLanguage),
    String(dailiesMerged),
    ...prf(across),
    `${points(found / Math.max(1, all))} (${found} of ${all})`,
  ];
}

const agreementCells = ({ sameLanguage, across, ofAllPairs }: Agreement): string[] => [
  `same language ${points(sameLanguage)}`,
  `across ${points(across)}`,
  `${(ofAllPairs * 100).toFixed(3)} % of all pairs`,
];

function renderShuffles(shuffles: readonly ShuffleResult[]): string {
  const middle = (value: (result: ShuffleResult) => number) => points(median(shuffles.map(value)));
  return markdownTable(
    [
      'shuffled arrivals against `published`',
      'same language, F1 of joined pairs',
      'across',
      'of all pairs',
      'F1 to the truth, same language',
      'across',
      'dailies merged',
    ],
    [
      ...shuffles.map(({ seed, agreement, sameLanguageF1, acrossF1, dailiesMerged }) => [
        `seed ${seed}`,
        points(agreement.sameLanguage),
        points(agreement.across),
        `${(agreement.ofAllPairs * 100).toFixed(3)} %`,
        points(sameLanguageF1),
        points(acrossF1),
        String(dailiesMerged),
      ]),
      [
        'median',
        middle(({ agreement }) => agreement.sameLanguage),
        middle(({ agreement }) => agreement.across),
        '',
        middle(({ sameLanguageF1 }) => sameLanguageF1),
        middle(({ acrossF1 }) => acrossF1),
        '',
      ],
    ],
  );
}

function renderOwn(split: OwnPart, { articles, groups, folding, baselines }: OwnReport): string[] {
  const cells = ({ sameLanguage, across, betweenGroups }: OwnScore) => [
    ...prf(sameLanguage),
    ...prf(across),
    String(betweenGroups),
  ];
  const { confusion } = folding;
  const truths = foldTruth.options.filter((truth) => confusion[truth] !== undefined);
  const outcomes = [
    'copy',
    'local-edit',
    'correction',
    'update',
    'translation',
    JOINED_BY_OTHERS,
    'follow-up',
    APART,
  ];
  return [
    markdownTable(
      [
        `own pairs, ${split} (${groups} groups, ${articles} articles)`,
        'same language F1',
        'P',
        'R',
        'across F1',
        'P',
        'R',
        'between groups',
      ],
      [
        ['folding', ...cells(folding)],
        ...Object.entries(baselines).map(([method, score]) => [method, ...cells(score)]),
      ],
    ),
    markdownTable(
      [`${split}: truth, and what became of the pair`, ...outcomes, 'one story'],
      truths.map((truth) => {
        const row = confusion[truth];
        const all = Object.values(row).reduce((sum, count) => sum + count, 0);
        const apart = (row[APART] ?? 0) + (row['follow-up'] ?? 0);
        return [
          truth,
          ...outcomes.map((outcome) => String(row[outcome] ?? '')),
          `${all - apart} of ${all} (${percent((all - apart) / all)})`,
        ];
      }),
    ),
  ];
}
