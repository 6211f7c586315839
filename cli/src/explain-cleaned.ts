import type { CleanedArticle, Residue } from '@wirefold/contracts';
import { oneLine, terminalSafe } from './terminal.ts';

const TITLE_CHARACTERS = 100;
const PIECE_CHARACTERS = 110;
const EVIDENCE_CHARACTERS = 60;

/** What clean made of an article, for people: where title and text come from, and each cut piece with its kind and reason. */
export function explainCleaned(article: CleanedArticle): string {
  const { title, titleFrom, language, extraction, residue, translationese, body } = article;
  const paragraphs = body === '' ? 0 : body.split('\n\n').length;
  const kinds = Math.max(0, ...residue.map(({ kind }) => kind.length));
  const lines = [
    `${oneLine(article.uri, TITLE_CHARACTERS)}: ${oneLine(title, TITLE_CHARACTERS) || 'no title'}`,
    `  title: ${titleFrom}; language: ${language.tag}, ${share(language.confidence)} sure, from the ${language.from}; text: ${paragraphs} paragraphs, ${extraction.wordCount} words, by ${extraction.method}`,
    ...(language.passages ?? []).map(
      ({ first, last, tag }) =>
        `  ${first === last ? `paragraph ${first + 1}` : `paragraphs ${first + 1} to ${last + 1}`}: ${tag}`,
    ),
    residue.length === 0 ? '  nothing was cut' : `  cut: ${residue.length}`,
    ...residue.map((piece) => `    ${piece.kind.padEnd(kinds)}  ${explainPiece(piece)}`),
    ...(translationese
      ? [
          `  looks machine-translated: ${share(translationese.score)}`,
          ...translationese.why.map(
            ({ reason, text }) => `    ${reason}${text ? ` (${oneLine(text, EVIDENCE_CHARACTERS)})` : ''}`,
          ),
        ]
      : []),
  ];
  return terminalSafe(lines.join('\n'));
}

const share = (value: number) => `${Math.round(value * 100)} %`;

const explainPiece = ({ text, reason }: Residue): string =>
  `${oneLine(text, PIECE_CHARACTERS)}${reason === undefined ? '' : ` [${reason}]`}`;
