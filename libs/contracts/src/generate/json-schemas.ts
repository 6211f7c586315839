import { z } from 'zod';
import { cleanedArticle, enrichedArticle, ingestedArticle, translatedArticle } from '../article.ts';
import { deadLetterHeaders, deadLetterMark } from '../dead-letter.ts';
import { ninjsItem } from '../ninjs.ts';
import { receipt } from '../receipt.ts';
import { scrapedArticle } from '../scraped.ts';
import { eventHeadersSchema } from './event-headers-schema.ts';

/** The contracts that are documented, by the name of their file. */
export const documentedSchemas = {
  'scraped-article': scrapedArticle,
  'ninjs-item': ninjsItem,
  'ingested-article': ingestedArticle,
  'cleaned-article': cleanedArticle,
  'translated-article': translatedArticle,
  'enriched-article': enrichedArticle,
  receipt,
  'event-headers': eventHeadersSchema,
  'dead-letter-headers': deadLetterHeaders,
  'dead-letter-mark': deadLetterMark,
} as const satisfies Record<string, z.ZodType>;
export type SchemaName = keyof typeof documentedSchemas;
export const schemaNames = Object.keys(documentedSchemas) as SchemaName[];

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a contract, as a writer of messages has to keep it. Whatever the contract takes the schema takes; the
 * schema takes a little more, as it can't count bytes or compare dates.
 *
 * @param target AsyncAPI 3.0 is at draft 07, all else at 2020-12
 */
export function jsonSchema(
  name: SchemaName,
  target: 'draft-2020-12' | 'draft-07' = 'draft-2020-12',
): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(documentedSchemas[name], { target, io: 'input' });
  if (target === 'draft-07') return schema;
  return { $schema, $id: `urn:wirefold:contract:v1:${name}`, ...schema };
}
