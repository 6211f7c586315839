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
      .refine((value) => Buffer.byteLength(value) <= limits.contentBytes, {
        error: `expected at most ${limits.contentBytes} bytes of UTF-8`,
        params: sizeLimit,
      })
      // JSON Schema counts characters, not bytes: there are never more of them.
      .meta({ maxLength: limits.contentBytes })
      .optional()
      .describe(
        'The article as it was scraped, at most 2 MiB; required unless pubStatus is withheld or canceled',
      ),
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
  });
export type ScrapedArticle = z.infer<typeof scrapedArticle>;
