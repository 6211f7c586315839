import { z } from 'zod';
import { limits, sizeLimit } from './limits.ts';
import {
  articleSource,
  articleUri,
  httpUrl,
  instant,
  languageTag,
  pubStatus,
  shortText,
  signal,
  versionInstant,
  versionNumber,
} from './scalars.ts';

export const contentType = z.enum(['text/html', 'text/plain', 'application/ninjs+json']);
export type ContentType = z.infer<typeof contentType>;

/** RFC 4648, section 4: padded, in one line. That the length is a multiple of four is checked apart. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

interface ContentProblem {
  readonly message: string;
  readonly params?: typeof sizeLimit;
}

/** What is wrong with content, by the form in which it is sent. */
function contentProblem(article: {
  readonly content?: string | undefined;
  readonly contentEncoding?: 'base64' | undefined;
}): ContentProblem | undefined {
  const { content = '', contentEncoding } = article;
  if (contentEncoding === undefined) {
    if (Buffer.byteLength(content) <= limits.contentBytes) return undefined;
    return { message: `expected at most ${limits.contentBytes} bytes of UTF-8`, params: sizeLimit };
  }
  if (
    content.length > limits.contentBase64Characters ||
    Buffer.byteLength(content, 'base64') > limits.contentBytes
  )
    return { message: `expected base64 of at most ${limits.contentBytes} bytes`, params: sizeLimit };
  if (content.length % 4 === 0 && BASE64.test(content)) return undefined;
  return {
    message:
      'expected base64 (RFC 4648, section 4): letters, digits, + and /, padded with =, without line breaks',
  };
}

/** What a scraper publishes: the public contract of Wirefold. */
export const scrapedArticle = z
  .looseObject({
    uri: articleUri.describe(
      "The publisher's stable id of the article, or its canonical URL; also the record's key",
    ),
    url: httpUrl.optional().describe('Where the article was found'),
    title: z
      .string()
      .max(limits.titleCharacters)
      .optional()
      .describe('Headline; taken from the content where it is absent'),
    contentType: contentType
      .optional()
      .describe('Media type of content; told from the content where it is absent'),
    content: z
      .string()
      // JSON Schema counts characters, not bytes: there are never more of them. What is not base64 has the smaller limit below.
      .meta({ maxLength: limits.contentBase64Characters })
      .optional()
      .describe(
        'The article as it was scraped, at most 2 MiB of UTF-8; required unless pubStatus is withheld or canceled',
      ),
    contentEncoding: z
      .literal('base64')
      .optional()
      .describe(
        'Content is the bytes of the page as they came, at most 2 MiB, in base64; absent: content is text',
      ),
    charset: shortText
      .optional()
      .describe("With contentEncoding: the charset that the page's Content-Type header named, if it did"),
    language: languageTag.optional().describe('BCP 47 tag: a hint, the text decides'),
    publishedAt: instant.optional().describe('When the publisher published it first'),
    fetchedAt: versionInstant
      .optional()
      .describe('When it was scraped; orders versions where nothing better is given'),
    source: articleSource.optional(),
    version: versionNumber.optional().describe('Grows with each version of the article'),
    versionCreated: versionInstant
      .optional()
      .describe('When this version was made; orders versions of the same number'),
    pubStatus: pubStatus.optional().describe('usable (default), withheld (hide it) or canceled (kill it)'),
    signal: signal.optional().describe('Why this version was made'),
    embargoedUntil: instant.optional().describe('Not to be found before this time'),
    byline: shortText.optional().describe('Who wrote it, as it is printed'),
    copyrightNotice: shortText.optional().describe('Kept, and shown with the article'),
  })
  .check(({ value, issues }) => {
    const problem = contentProblem(value);
    if (problem !== undefined)
      issues.push({ code: 'custom', path: ['content'], input: value.content, ...problem });
  })
  .refine((article) => article.content !== undefined || (article.pubStatus ?? 'usable') !== 'usable', {
    path: ['content'],
    error: 'required: the article as it was scraped (only a withheld or canceled article goes without)',
  })
  .meta({
    title: 'Scraped article',
    description: 'Published by scrapers on news.article.scraped.v1. Unknown fields are kept and passed on.',
    // What the check above says, for the JSON Schema.
    anyOf: [
      { required: ['content'] },
      { required: ['pubStatus'], properties: { pubStatus: { enum: ['withheld', 'canceled'] } } },
    ],
    if: { required: ['contentEncoding'] },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's word
    then: { properties: { content: { contentEncoding: 'base64', pattern: BASE64.source } } },
    else: { properties: { content: { maxLength: limits.contentBytes } } },
  });
export type ScrapedArticle = z.infer<typeof scrapedArticle>;
