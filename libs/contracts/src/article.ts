import { z } from 'zod';
import { limits } from './limits.ts';
import { pageMetadata } from './page.ts';
import {
  articleSource,
  articleUri,
  httpUrl,
  instant,
  languageTag,
  origin,
  pubStatus,
  shortText,
  signal,
  step,
  versionInstant,
  versionNumber,
} from './scalars.ts';
import { contentType } from './scraped.ts';

const documentIdText = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** What every message between the stages has: identity, version and way of one article. */
const articleBase = z.looseObject({
  id: documentIdText.describe('Hash of uri: the document id'),
  uri: articleUri,
  url: httpUrl.optional().describe('Canonical: tracking parameters and fragment cut'),
  publishedAt: instant.optional(),
  fetchedAt: versionInstant.optional(),
  source: articleSource.optional(),
  version: versionNumber.describe('0 where the publisher gave none'),
  versionCreated: versionInstant.describe(
    'Always present: given, else fetchedAt, else the time of the record',
  ),
  versionFrom: z
    .enum(['publisher', 'scrape'])
    .optional()
    .describe(
      "Who says that this is a newer version: the publisher, by version or versionCreated, or only a later scrape, which can't bring back what was canceled. Absent: the publisher",
    ),
  pubStatus,
  signal: signal.optional(),
  embargoedUntil: instant.optional(),
  byline: shortText.optional(),
  copyrightNotice: shortText.optional(),
  contentHash: z
    .string()
    .describe('Hash of all that the publisher wrote, without version and time of scraping'),
  origin,
  steps: z.array(step).describe('The way so far, oldest first'),
});

/** A scraped article that is accepted: normalised, versioned, neither repeated nor stale. */
export const ingestedArticle = articleBase
  .extend({
    title: z.string().max(limits.titleCharacters).optional(),
    contentType: contentType.exclude(['application/ninjs+json']),
    content: z.string().describe('Empty for a withheld or canceled article without content'),
    language: languageTag.optional().describe('Hint of the publisher'),
  })
  .meta({ title: 'Ingested article', description: 'Published by ingest on news.article.ingested.v1.' });
export type IngestedArticle = z.infer<typeof ingestedArticle>;

/** What a cut piece of text was. */
export const residueKind = z.enum([
  'byline',
  'dateline',
  'agency-credit',
  'caption',
  'photo-credit',
  'source',
  'advert',
  'share',
  'comments',
  'related',
  'newsletter',
  'cookie',
  'timestamp',
  'tags',
  'navigation',
  'title-repeat',
  'copyright',
  'other',
]);
export type ResidueKind = z.infer<typeof residueKind>;

export const residue = z.looseObject({
  kind: residueKind,
  text: z.string(),
  reason: z.string().optional().describe('Which rule cut it'),
});
export type Residue = z.infer<typeof residue>;

export const detectedLanguage = z.looseObject({
  tag: languageTag.or(z.literal('und')),
  confidence: z.number().min(0).max(1),
  from: z.enum(['text', 'hint', 'page', 'none']).describe('What decided'),
  passages: z
    .array(
      z.looseObject({
        first: z.int().min(0).describe('Place of the first paragraph, from 0'),
        last: z.int().min(0).describe('Place of the last one; the same for a single paragraph'),
        tag: languageTag,
        confidence: z.number().min(0).max(1),
      }),
    )
    .optional()
    .describe('Paragraphs of body that are surely in another language; absent where there are none'),
});
export type DetectedLanguage = z.infer<typeof detectedLanguage>;

/** Something in the text that writers seldom leave there, and machines do. */
export const translationeseReason = z.looseObject({
  sign: z.string().min(1).max(40).describe('Its name, such as notice or tokens; more may come'),
  reason: z.string().max(200).describe('What was seen, in words for people'),
  text: z.string().max(80).describe('The place, as the publisher had it; cut where it is long'),
});

/** That a text looks translated by a machine, with the signs. */
export const translationese = z
  .looseObject({
    score: z
      .number()
      .min(0)
      .max(1)
      .describe('From 0.5 on it is likely; how sure one can be, not how much of it'),
    why: z.array(translationeseReason).min(1).max(8).describe('The strongest first'),
  })
  .describe(
    'The text looks translated by a machine. Absent where nothing was found, which does not say that a person wrote it',
  );
export type Translationese = z.infer<typeof translationese>;

/** How an article stands to the story that it belongs to. */
export const storyRelation = z.enum([
  'original',
  'copy',
  'local-edit',
  'update',
  'correction',
  'translation',
  'follow-up',
]);
export type StoryRelation = z.infer<typeof storyRelation>;

/** Something that speaks for or against two articles telling the same story. */
export const storyReason = z.looseObject({
  sign: z.string().min(1).max(40).describe('Its name, such as sentences, numbers or names; more may come'),
  reason: z.string().max(300).describe('What was seen, in words for people'),
});

export type StoryReason = z.infer<typeof storyReason>;

/** The story that an article belongs to: one story for all that tell the same in the same words, in any language. */
export const storyLink = z
  .looseObject({
    id: documentIdText.describe(
      'Id of the story, the same for all of its articles and for life: the document id of the article that it began with',
    ),
    relation: storyRelation.describe(
      'To the article `of`; original: the first of its story. A follow-up is only related: it has a story of its own',
    ),
    of: articleUri.optional().describe('The article that it is compared with; absent for an original'),
    score: z
      .number()
      .min(0)
      .max(1)
      .describe('How much of the story is the same, from 0 to 1; 1 for an original'),
    why: z.array(storyReason).max(8).describe('The strongest first'),
    covered: z
      .boolean()
      .optional()
      .describe(
        'True where the article `of` has the whole text: it is neither translated nor enriched again',
      ),
    agency: z
      .string()
      .max(60)
      .optional()
      .describe('The news agency that the text is credited to, such as dpa or Reuters'),
    head: z
      .boolean()
      .optional()
      .describe(
        "True where it was the story's head when it was folded: the agency's own article, else the earliest",
      ),
    corrected: z
      .boolean()
      .optional()
      .describe(
        'True for a correction and its copies: what stands in for a text is not reached by the kill of that text',
      ),
    killedBy: articleUri
      .optional()
      .describe('The canceled article whose kill reaches this one: its text is wiped as well'),
  })
  .describe('Absent where articles are not folded');
export type StoryLink = z.infer<typeof storyLink>;

/** The story alone, with what was cut kept beside it. */
export const cleanedArticle = articleBase
  .extend({
    title: z.string().describe('Empty where there is none'),
    titleFrom: z.enum(['publisher', 'page', 'first-line', 'none']),
    body: z.string().describe('Plain text, Unicode NFC; paragraphs separated by an empty line'),
    language: detectedLanguage,
    residue: z.array(residue).describe('What was cut, in the order of the text'),
    extraction: z.looseObject({
      method: z.enum(['readability', 'paragraphs', 'json-ld', 'microdata', 'text', 'none']),
      wordCount: z.int().min(0),
    }),
    page: pageMetadata.optional(),
    translationese: translationese.optional(),
    story: storyLink.optional(),
  })
  .meta({ title: 'Cleaned article', description: 'Published by clean on news.article.cleaned.v1.' });
export type CleanedArticle = z.infer<typeof cleanedArticle>;

/** The story in English, and where it came from; or why there is none. */
export const translation = z.looseObject({
  status: z
    .enum(['translated', 'untranslated', 'not-needed'])
    .describe('not-needed: the original is English'),
  reason: z.string().optional().describe('Why it is untranslated'),
  language: z.literal('en'),
  title: z.string().optional(),
  body: z.string().optional().describe('Paragraphs separated by an empty line, one for each of the original'),
  engine: z.string().optional(),
  model: z.string().optional(),
  engineVersion: z.string().optional(),
  translatedAt: z.iso.datetime().optional(),
});
export type Translation = z.infer<typeof translation>;

export const translatedArticle = cleanedArticle.extend({ translation }).meta({
  title: 'Translated article',
  description: 'Published by translate on news.article.translated.v1.',
});
export type TranslatedArticle = z.infer<typeof translatedArticle>;

export const entityType = z.enum(['person', 'organisation', 'place', 'event', 'product', 'date']);
export type EntityType = z.infer<typeof entityType>;

export const geoPoint = z.looseObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});

/** A mention in body: `body.slice(start, end) === text`. */
export const entity = z.looseObject({
  type: entityType,
  text: z.string().min(1),
  start: z.int().min(0).describe('UTF-16 offset into body'),
  end: z.int().min(1).describe('UTF-16 offset into body, exclusive'),
  id: z.string().optional().describe('Id in a gazetteer, such as geonames:2950159 or iso3166:DE'),
  name: z.string().optional().describe('Canonical name, in English where it is known'),
  location: geoPoint.optional(),
  country: z.string().length(2).optional().describe('ISO 3166-1 alpha-2'),
  value: z.string().optional().describe('For a date: ISO 8601, resolved against publishedAt'),
});
export type Entity = z.infer<typeof entity>;

export const enrichedArticle = translatedArticle
  .extend({ entities: z.array(entity).describe('In the order of the text') })
  .meta({ title: 'Enriched article', description: 'Published by enrich on news.article.enriched.v1.' });
export type EnrichedArticle = z.infer<typeof enrichedArticle>;
