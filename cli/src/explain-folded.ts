import type { CleanedArticle, StoryLink } from '@wirefold/contracts';
import { figuresOf } from '@wirefold/folding';
import { oneLine, terminalSafe } from './terminal.ts';

/** What folding found of one article. */
export interface FoldedLine {
  readonly uri: string;
  /** Absent where a canceled or withheld article has no text, and nothing is known of it. */
  readonly story?: StoryLink;
}

const TITLE_CHARACTERS = 100;
const SENTENCE_CHARACTERS = 110;
const MOST_SENTENCES = 3;
const MOST_FIGURES = 12;

/** How an article stands to its story, for people: the sentences that it shares with the one that it is compared with, and the figures that differ. */
export function explainFolded(
  { uri, story }: FoldedLine,
  texts: ReadonlyMap<string, CleanedArticle>,
): string {
  if (story === undefined) return terminalSafe(`${uri}: no text, and nothing is known of it`);
  const relation = story.of === undefined ? story.relation : `${story.relation} of ${story.of}`;
  const facts = [
    `score ${story.score.toFixed(2)}`,
    ...(story.agency === undefined ? [] : [`credited to ${story.agency}`]),
    ...(story.head ? ['head of its story'] : []),
    ...(story.covered ? ['neither translated nor enriched again'] : []),
    ...(story.killedBy === undefined ? [] : [`wiped by the kill of ${story.killedBy}`]),
  ];
  const lines = [
    `${oneLine(uri, TITLE_CHARACTERS)}: ${relation}`,
    `  story ${story.id}; ${facts.join('; ')}`,
    ...story.why.map(({ sign, reason }) => `  ${sign}: ${reason}`),
    ...evidence(texts.get(uri), story.of === undefined ? undefined : texts.get(story.of), story.of),
  ];
  return terminalSafe(lines.join('\n'));
}

function evidence(
  article: CleanedArticle | undefined,
  other: CleanedArticle | undefined,
  of: string | undefined,
): string[] {
  if (of === undefined || article === undefined) return [];
  if (other === undefined) return [`  the text of ${of} is not in this run`];
  const [sentences, others] = [sentencesOf(article), sentencesOf(other)];
  const there = new Set(others.map(plain));
  const shared = sentences.filter((sentence) => there.has(plain(sentence)));
  return [
    `  sentences: ${shared.length} of its ${sentences.length} are among the other's ${others.length}`,
    ...shared.slice(0, MOST_SENTENCES).map((sentence) => `    "${oneLine(sentence, SENTENCE_CHARACTERS)}"`),
    ...figureLines(figures(article), figures(other)),
  ];
}

function sentencesOf({ body, language }: CleanedArticle): string[] {
  const segmenter = new Intl.Segmenter(language.tag, { granularity: 'sentence' });
  return Array.from(segmenter.segment(body), ({ segment }) => segment.trim()).filter(
    (sentence) => sentence !== '',
  );
}

const plain = (sentence: string): string =>
  sentence
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const figures = ({ body, language }: CleanedArticle): Set<string> =>
  new Set(figuresOf(body, language.tag.split('-')[0] ?? '').map(({ value }) => value));

function figureLines(own: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const list = (values: readonly string[]) =>
    values.length === 0
      ? 'none'
      : `${values.slice(0, MOST_FIGURES).join(', ')}${values.length > MOST_FIGURES ? ', …' : ''}`;
  const both = [...own].filter((value) => others.has(value));
  const here = [...own].filter((value) => !others.has(value));
  const there = [...others].filter((value) => !own.has(value));
  return [`  figures: in both ${list(both)}; only here ${list(here)}; only there ${list(there)}`];
}
