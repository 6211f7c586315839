import { z } from 'zod';

/** Headers of every message that Wirefold publishes, see headers.ts; scrapers are welcome to send them too. */
export const eventHeadersSchema = z
  .looseObject({
    ce_specversion: z.literal('1.0'),
    ce_id: z.string().min(1).describe('Origin: the scraped record that the message comes from'),
    ce_source: z.string().min(1).describe('Who wrote the message, such as /wirefold/clean'),
    ce_type: z.string().min(1).describe('Type and version of the message'),
    ce_time: z.iso.datetime({ offset: true }).describe('When it was written'),
    ce_subject: z.string().min(1).optional().describe('uri of the article'),
    'content-type': z.literal('application/json'),
    traceparent: z
      .string()
      .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
      .describe('W3C Trace Context: one trace from the scraped message to the index'),
    'wirefold-redrives': z
      .string()
      .optional()
      .describe('How many times the message was published again out of the dead letters; absent: never'),
  })
  .meta({
    title: 'Event headers',
    description: 'CloudEvents 1.0 in binary mode of the Kafka binding, and W3C Trace Context.',
  });
