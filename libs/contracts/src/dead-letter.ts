import { z } from 'zod';
import { copyHeaders, readHeader, REDRIVES_HEADER, type RecordHeaders } from './headers.ts';
import { stageName } from './scalars.ts';
import { rejectReason } from './receipt.ts';

/**
 * Headers of a dead letter. The record keeps key, value and headers of the original to the byte; these are added.
 * A header of the original that has one of these names is kept as `original-<name>`.
 */
export const deadLetterHeaders = z
  .object({
    'wirefold-stage': stageName.describe('Service that gave the message up'),
    'wirefold-reason': rejectReason,
    'wirefold-error': z.string().describe('What was wrong and what to do'),
    'wirefold-topic': z.string().describe('Topic it was read from'),
    'wirefold-partition': z.string().regex(/^\d+$/),
    'wirefold-offset': z.string().regex(/^\d+$/),
    'wirefold-timestamp': z
      .string()
      .regex(/^-?\d+$/)
      .describe('Time of the original record, milliseconds since 1970'),
    'wirefold-origin': z.string().describe('The scraped record that it came from'),
    'wirefold-failed-at': z.iso.datetime(),
    'wirefold-cut': z
      .string()
      .optional()
      .describe('Sizes of the original, where it unpacked to more than a dead letter holds and was cut'),
    'wirefold-redrives': z
      .string()
      .optional()
      .describe('How many times it was published again before; a header of the original'),
  })
  .meta({
    title: 'Dead letter headers',
    description: 'Added to a message that a service gave up, on <service>.dlq.v1.',
  });
export type DeadLetterHeaders = z.infer<typeof deadLetterHeaders>;

/** Headers of a dead letter that the stage writes; all others are the original's. */
export const addedHeaders: readonly string[] = Object.keys(deadLetterHeaders.shape).filter(
  (name) => name !== REDRIVES_HEADER,
);

/**
 * The headers that the original had: without what was added, and with its own back under their names.
 * (A header that the original itself called `original-wirefold-…` can't be told from one that was moved aside.)
 */
export function originalHeaders(headers: RecordHeaders | undefined): Record<string, Buffer[]> {
  const original = copyHeaders(headers);
  for (const name of addedHeaders) {
    const kept = original[`original-${name}`];
    delete original[`original-${name}`];
    delete original[name];
    if (kept !== undefined) original[name] = kept;
  }
  return original;
}

/** What a mark says of a dead letter: it was published again, or given up for good. */
export const markKind = z.enum(['redriven', 'purged']);
export type MarkKind = z.infer<typeof markKind>;

/**
 * Headers of a mark: a record without a value on a dead letter topic, behind the letter that it speaks of. Kafka's records
 * can't be changed, so that what was done about a letter is written after it.
 */
export const deadLetterMark = z
  .object({
    'wirefold-mark': markKind,
    'wirefold-marked': z
      .string()
      .regex(/^\d{1,9}\/\d{1,18}$/)
      .describe('The letter: partition/offset on the same topic'),
    'wirefold-marked-at': z.iso.datetime(),
  })
  .meta({
    title: 'Headers of a mark',
    description: 'Written by `wirefold dlq` behind a dead letter, on its topic, with an empty value.',
  });
export type DeadLetterMark = z.infer<typeof deadLetterMark>;

/**
 * Whether a record of a dead letter topic is a letter. What stages write has a stage, whatever the original's headers were;
 * so a forged mark that dies is a letter, and no mark.
 */
export const isDeadLetter = (headers: RecordHeaders | undefined): boolean =>
  readHeader(headers, 'wirefold-stage') !== undefined;
