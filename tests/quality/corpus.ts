import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  residueKind,
  type CleanedArticle,
  type IngestedArticle,
  type ResidueKind,
} from '@wirefold/contracts';
import * as z from 'zod';

/** One case of the corpus: what comes in, and what an editor wants out of it. */
export interface CorpusCase {
  /** `<language>/<slug>`, its folder. */
  readonly name: string;
  readonly fields: Pick<IngestedArticle, 'content' | 'contentType'> & Partial<IngestedArticle>;
  readonly expected: Expected;
}

const expectation = z.strictObject({
  about: z.string().describe('What the case is for, in a sentence'),
  title: z.string(),
  language: z.string(),
  body: z.array(z.string()).min(1).describe('The paragraphs'),
  residue: z.array(z.tuple([residueKind, z.string()])).describe('Kind and text, in order'),
  passages: z
    .array(z.strictObject({ first: z.int(), last: z.int(), tag: z.string() }))
    .default([])
    .describe('Paragraphs in another language'),
  looksTranslated: z.boolean().default(false).describe('By a machine'),
  titleFrom: z.string().optional(),
  method: z.string().optional().describe('extraction.method'),
  byline: z.string().optional(),
  publishedAt: z.string().optional(),
  page: z.record(z.string(), z.unknown()).optional().describe('Only the fields that matter here'),
});

interface Expected {
  readonly about: string;
  readonly result: Omit<z.infer<typeof expectation>, 'about'>;
}

const corpus = join(import.meta.dirname, 'corpus');

export function readCases(): CorpusCase[] {
  return readdirSync(corpus)
    .toSorted()
    .flatMap((language) =>
      readdirSync(join(corpus, language))
        .toSorted()
        .map((slug) => readCase(`${language}/${slug}`)),
    );
}

function readCase(name: string): CorpusCase {
  const folder = join(corpus, name);
  const isPage = existsSync(join(folder, 'input.html'));
  const content = readFileSync(join(folder, isPage ? 'input.html' : 'input.txt'), 'utf8');
  const scraped = join(folder, 'article.json');
  const { about, ...result } = expectation.parse(readJson(join(folder, 'expected.json')));
  return {
    name,
    fields: {
      ...(existsSync(scraped) && (readJson(scraped) as Partial<IngestedArticle>)),
      content,
      contentType: isPage ? 'text/html' : 'text/plain',
    },
    expected: { about, result },
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Kinds that belong to the site around an article, not to the article: how much of a site is labelled is not of interest. */
const FRAME = new Set<ResidueKind>(['navigation', 'cookie', 'copyright', 'title-repeat', 'other']);

/** Of the contract's score from 0 to 1. */
const LIKELY = 0.5;

/** A cleaned article in the form of the expectations. */
export function asExpected(article: CleanedArticle, contentType: IngestedArticle['contentType']) {
  const { title, titleFrom, language, body, residue, extraction, page, byline, publishedAt } = article;
  const { passages = [], tag } = language;
  return {
    title,
    titleFrom,
    language: tag,
    passages: passages.map(({ first, last, tag: other }) => ({ first, last, tag: other })),
    looksTranslated: (article.translationese?.score ?? 0) >= LIKELY,
    body: body.split('\n\n'),
    residue:
      contentType === 'text/plain' ? residue.map(({ kind, text }) => [kind, text]) : ofArticle(residue),
    method: extraction.method,
    page,
    byline,
    publishedAt,
  };
}

/** A page's residue without the site's. Neighbours of one kind are joined: how many pieces a box falls into does not matter. */
function ofArticle(residue: CleanedArticle['residue']): [string, string][] {
  const joined: [string, string][] = [];
  for (const { kind, text } of residue.filter((piece) => !FRAME.has(piece.kind))) {
    const last = joined.at(-1);
    if (last?.[0] === kind) last[1] += ` ${text}`;
    else joined.push([kind, text]);
  }
  return joined;
}
