import { z } from 'zod';
import { articleUri, origin, pubStatus, stageName, step, versionInstant, versionNumber } from './scalars.ts';

/** How a published message ended: exactly one of these. */
export const outcome = z.enum(['indexed', 'folded', 'unchanged', 'stale', 'rejected']);
export type Outcome = z.infer<typeof outcome>;
export const outcomes = outcome.options;

/**
 * Why a message was rejected: a closed set, also the label of the metric.
 * malformed-json, broken-contract, unknown-version, too-large, undecodable: the message itself;
 * over-budget, unprocessable, unexpected: the work on it; output-too-large, mapping-conflict: its result.
 */
export const rejectReason = z.enum([
  'malformed-json',
  'broken-contract',
  'unknown-version',
  'too-large',
  'undecodable',
  'over-budget',
  'unprocessable',
  'unexpected',
  'output-too-large',
  'mapping-conflict',
]);
export type RejectReason = z.infer<typeof rejectReason>;

/**
 * The receipt of one published message. A redelivery inside the pipeline may repeat a receipt: its `origin` is the
 * same, and the first one counts. A message that was redriven has a receipt more, with a higher `redrives`: then the first
 * one of the highest `redrives` counts.
 */
export const receipt = z
  .looseObject({
    origin,
    outcome,
    stage: stageName.describe('Where the way ended'),
    at: z.iso.datetime(),
    uri: articleUri.optional().describe('Absent where a rejected message had none that could be read'),
    id: z.string().optional().describe('Document id'),
    version: versionNumber.optional(),
    versionCreated: versionInstant.optional(),
    pubStatus: pubStatus.optional(),
    title: z.string().optional(),
    language: z.string().optional(),
    reason: rejectReason.optional(),
    error: z.string().optional().describe('What was wrong and what to do'),
    deadLetter: z.string().optional().describe('Dead letter topic that holds the original'),
    redrives: z
      .int()
      .min(1)
      .optional()
      .describe('How many times the message was published again out of the dead letters; absent: never'),
    steps: z.array(step),
  })
  .meta({
    title: 'Receipt',
    description: 'Published on news.article.indexed.v1, once for each message that was published.',
  });
export type Receipt = z.infer<typeof receipt>;
