import { z } from 'zod';
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
  })
  .meta({
    title: 'Dead letter headers',
    description: 'Added to a message that a service gave up, on <service>.dlq.v1.',
  });
export type DeadLetterHeaders = z.infer<typeof deadLetterHeaders>;
