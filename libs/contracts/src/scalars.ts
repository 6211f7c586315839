import { z } from 'zod';
import { limits } from './limits.ts';

/** Earliest and latest instant that Wirefold takes for a date: what is outside is a scraper's mistake. */
const EARLIEST_MS = Date.UTC(1800, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
/** Version times must map into the 32 bits of seconds of an external version, see {@link externalVersion}. */
const EARLIEST_VERSION_MS = 0;

const withinMs = (earliestMs: number) => (value: string) => {
  const ms = Date.parse(value);
  return ms >= earliestMs && ms < LATEST_MS;
};

const isoDateTime = z.iso.datetime({
  offset: true,
  error: 'expected an ISO 8601 date and time with zone, such as 2026-01-31T12:00:00Z',
});

/** An instant: ISO 8601 with zone, from 1800 to 2099. */
export const instant = isoDateTime.refine(withinMs(EARLIEST_MS), 'expected a date from 1800 to 2099');

/** An instant that orders versions: ISO 8601 with zone, from 1970 to 2099. */
export const versionInstant = isoDateTime.refine(
  withinMs(EARLIEST_VERSION_MS),
  'expected a date from 1970 to 2099',
);

/** The publisher's stable id of an article, or its canonical URL: the key of every message. */
export const articleUri = z
  .string()
  .min(1)
  .max(limits.uriBytes)
  // Unicode's Cc is written out: not every validator of JSON Schema knows \p{Cc}.
  // oxlint-disable-next-line no-control-regex
  .regex(/^[^\s\u0000-\u001f\u007f-\u009f]*$/, 'expected no white space or control characters')
  .refine((value) => Buffer.byteLength(value) <= limits.uriBytes, `expected at most ${limits.uriBytes} bytes`)
  .refine((value) => value.isWellFormed(), 'expected no broken surrogates');

/** A BCP 47 language tag, such as `de`, `pt-BR` or `zh-Hant`. */
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'expected a BCP 47 language tag, such as de or pt-BR');

const HTTP_URL_ERROR = 'expected an http or https URL';

export const httpUrl = z
  .string()
  .max(limits.urlCharacters)
  .regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\//, { error: HTTP_URL_ERROR, abort: true })
  .refine((value) => URL.canParse(value), HTTP_URL_ERROR);

/** Version number of an article; fits the upper 31 bits of an external version. */
export const versionNumber = z
  .int()
  .min(0)
  .max(2 ** 31 - 1, 'expected at most 2147483647; put a time in versionCreated, not in version');

export const pubStatus = z.enum(['usable', 'withheld', 'canceled']);
export type PubStatus = z.infer<typeof pubStatus>;

export const signal = z.enum(['update', 'correction']);

export const shortText = z.string().max(limits.shortTextCharacters);

export const articleSource = z
  .looseObject({
    name: shortText.optional().describe('Name of the publisher'),
    domain: shortText.optional().describe('Host name of the publisher, such as example.org'),
  })
  .describe('Who published the article');

/** Identity of one published message: topic, partition, offset and broker time of the scraped record. */
export const origin = z
  .string()
  .min(1)
  .max(400)
  .describe('The scraped record that this came from: topic/partition/offset@timestamp in milliseconds');

export const stageName = z.enum(['ingest', 'clean', 'translate', 'enrich', 'index']);
export type StageName = z.infer<typeof stageName>;
export const stageNames = stageName.options;

/** One step of an article's way: when a stage passed it on, and how long it worked on it. */
export const step = z.looseObject({
  stage: stageName,
  at: z.iso.datetime().describe('When the stage was done'),
  tookMs: z.number().min(0).describe('Time spent in the stage, in milliseconds'),
});
export type Step = z.infer<typeof step>;
