import {
  limits,
  type CleanedArticle,
  type IngestedArticle,
  type PageMetadata,
  type Residue,
} from '@wirefold/contracts';
import { pass, reject, type StageResult } from '@wirefold/pipeline';
import { lowerCapitalLede } from './capital-lede.ts';
import { decodeEntities } from './entities.ts';
import { extractPage } from './html/extract.ts';
import { withoutCode } from './html/without-code.ts';
import { decideLanguage, findPassages, languageOf, type LanguageDetection } from './language.ts';
import { mendMojibake } from './mojibake.ts';
import { normaliseLine, normaliseText } from './normalise.ts';
import { clearResidue, type PlacedResidue } from './text/clear.ts';
import { countWords, type Line } from './text/line.ts';
import type { KnownLines } from './text/rules/publisher-line.ts';
import { splitText } from './text/paragraphs.ts';
import { assessTranslationese } from './translationese.ts';
import { mendTypography } from './typography.ts';
import { Unprocessable } from './unprocessable.ts';

export type CleanDeps = LanguageDetection;

/** What is known beside the article. */
export interface CleanContext {
  /** Lines that its publisher repeats. */
  readonly knownLines?: KnownLines;
}

/** Cleans one article: pure, the same output for the same input. */
export type Clean = (article: IngestedArticle, context?: CleanContext) => StageResult<CleanedArticle>;

const TITLE_MAX_CHARACTERS = 2000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Each piece carries a kind and a reason: thousands of marks must not make the message larger than it came. */
const RESIDUE_MAX_PIECES = 300;

/** Punctuation alone is no story. */
const HAS_WORDS = /[\p{L}\p{N}]/u;

interface Extracted {
  readonly method: CleanedArticle['extraction']['method'];
  readonly lines: readonly Line[];
  readonly residue: readonly PlacedResidue[];
  readonly title: string;
  readonly language: string | undefined;
  readonly page: PageMetadata | undefined;
}

/**
 * Makes the stage's function: the story's text out of a page or a scraped text, with what was cut beside it, the title and
 * the language. Rejects as `unprocessable` what has no text; a withheld or canceled article passes without.
 */
export function createClean(deps: CleanDeps): Clean {
  return function clean(article, { knownLines } = {}) {
    // Fields of the publisher's by these names, which no contract knows, would be taken for what clean found.
    const { content, contentType, language: hint, ...given } = article;
    const { page: _page, translationese: _look, story: _story, ...rest } = given;
    const isUsable = article.pubStatus === 'usable';
    const extracted = extract(article);
    if (extracted instanceof Unprocessable && isUsable) return reject('unprocessable', extracted.message);
    const source = extracted instanceof Unprocessable ? nothing : extracted;

    const givenTitle = normaliseLine(mendMojibake(decodeEntities(article.title ?? '')));
    const known = givenTitle || source.title;
    const cleared = clearResidue(source.lines, known, knownLines);
    const { kept } = cleared;
    const text = kept.map((line) => line.text).join('\n\n');
    const title = known || (cleared.firstLineTitle ?? '');
    if (!HAS_WORDS.test(text) && isUsable)
      return reject('unprocessable', noText(content, contentType, cleared.residue));

    const decided = decideLanguage(text || title, { hint, page: source.language }, deps);
    const passages = findPassages(
      kept.map((line) => line.text),
      decided.tag,
      deps,
    );
    const language = passages.length > 0 ? { ...decided, passages } : decided;
    const paragraphs = kept.map((line, place) => mendTypography(line.text, languageOf(place, language)));
    const body = lowerCapitalLede(paragraphs, language.tag).join('\n\n');
    const residue = [...source.residue, ...cleared.residue]
      .toSorted((a, b) => a.order - b.order)
      .slice(0, RESIDUE_MAX_PIECES)
      .map(withoutOrder);
    const translationese = assessTranslationese(text, language.tag, {
      residue: residue.map((piece) => piece.text),
      page: source.language,
      url: article.url,
    });
    return pass({
      ...rest,
      ...fromPage(article, source.page),
      title: mendTypography(title, language.tag).slice(0, TITLE_MAX_CHARACTERS).toWellFormed(),
      titleFrom: givenTitle
        ? 'publisher'
        : source.title
          ? 'page'
          : cleared.firstLineTitle
            ? 'first-line'
            : 'none',
      body,
      language,
      residue,
      extraction: { method: text === '' ? 'none' : source.method, wordCount: countWords(body) },
      ...(translationese && { translationese }),
    });
  };
}

const nothing: Extracted = {
  method: 'none',
  lines: [],
  residue: [],
  title: '',
  language: undefined,
  page: undefined,
};

function extract(article: IngestedArticle): Extracted | Unprocessable {
  try {
    if (article.contentType === 'text/html')
      return extractPage(mendMojibake(withoutCode(article.content)), article.source?.name, article.url);
    const text = normaliseText(mendMojibake(decodeEntities(article.content)));
    return { ...nothing, method: 'text', lines: splitText(text) };
  } catch (thrown) {
    if (thrown instanceof Unprocessable) return thrown;
    // The parser's own limits, such as its stack, on a page that no browser would be served.
    if (thrown instanceof RangeError)
      return new Unprocessable(`The content can't be parsed: ${thrown.message}.`, { cause: thrown });
    throw thrown;
  }
}

/** What the page says, and what of it stands in for what the publisher did not give. */
function fromPage(
  { publishedAt, byline, versionCreated }: IngestedArticle,
  page: PageMetadata | undefined,
): Pick<CleanedArticle, 'page' | 'publishedAt' | 'byline'> {
  if (!page) return {};
  // A page that says it is of tomorrow would stand before all others for who looks for the newest.
  const isPast = Date.parse(page.publishedAt ?? '') <= Date.parse(versionCreated) + DAY_MS;
  const published = publishedAt ?? (isPast ? page.publishedAt : undefined);
  const authors = byline ?? page.authors?.join(', ').slice(0, limits.shortTextCharacters).toWellFormed();
  return { page, ...(published && { publishedAt: published }), ...(authors && { byline: authors }) };
}

function withoutOrder({ kind, text, reason }: PlacedResidue): Residue {
  return reason === undefined ? { kind, text } : { kind, text, reason };
}

function noText(content: string, contentType: string, residue: readonly Residue[]): string {
  if (residue.length > 0) {
    const kinds = [...new Set(residue.map(({ kind }) => kind))].join(', ');
    return `No text is left: all that was found looks like ${kinds}. Publish the article's own text.`;
  }
  return normaliseText(content) === ''
    ? 'The content is empty. Publish the article with its text.'
    : `No text was found in ${content.length} characters of ${contentType}. Publish the article's own part of the page, or its text as text/plain.`;
}
