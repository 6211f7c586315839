import { commaList, wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** How Elasticsearch is reached: also read by what only searches. */
export const elasticsearchVariables = {
  ELASTICSEARCH_URL: commaList
    .pipe(z.array(z.url({ protocol: /^https?$/, error: 'expected http or https URLs, separated by commas' })))
    .default(['http://127.0.0.1:9200'])
    .describe('Where Elasticsearch answers; several nodes separated by commas'),
  ELASTICSEARCH_API_KEY: z.string().optional().describe('API key, goes before user and password'),
  ELASTICSEARCH_USERNAME: z.string().optional().describe('User, where Elasticsearch asks for one'),
  ELASTICSEARCH_PASSWORD: z.string().optional().describe("The user's password"),
  ELASTICSEARCH_CA_FILE: z
    .string()
    .optional()
    .describe("PEM file with the certificate authority of Elasticsearch, where the system doesn't know it"),
  INDEX_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, 'expected lower-case letters, digits, - and _')
    .default('wirefold')
    .describe('First part of the names of index, template and aliases'),
};

/** Variables of index's own. */
export const indexEnvironment = z
  .object({
    ...elasticsearchVariables,
    INDEX_APPLY_ON_START: z
      .stringbool({ error: 'expected true or false' })
      .default(true)
      .describe('Creates or updates template, index and aliases before the first article'),
    INDEX_SHARDS: wholeNumber(1, 1024).default(1).describe('Primary shards of a new index'),
    INDEX_REPLICAS: z
      .literal('auto')
      .or(wholeNumber(0, 10))
      .default('auto')
      .describe('Copies of each shard; auto: one where there is a second node'),
    INDEX_BULK_BYTES: wholeNumber(10_000, 90_000_000)
      .default(5_000_000)
      .describe('Largest bulk request, in bytes; a larger document goes by itself'),
    INDEX_REQUESTS_IN_FLIGHT: wholeNumber(1, 16)
      .default(2)
      .describe('Bulk requests of one batch that are sent at once'),
    INDEX_TIMEOUT_MS: wholeNumber(1_000, 600_000)
      .default(30_000)
      .describe('Time that one request to Elasticsearch may take, in milliseconds'),
  })
  .refine(
    (variables) => !variables.ELASTICSEARCH_USERNAME || variables.ELASTICSEARCH_PASSWORD !== undefined,
    {
      path: ['ELASTICSEARCH_PASSWORD'],
      error: 'needed by ELASTICSEARCH_USERNAME',
      when: () => true,
    },
  );

export type IndexConfig = z.infer<typeof indexEnvironment>;
