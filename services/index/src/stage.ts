import { readFileSync } from 'node:fs';
import { articleIndex, elasticsearchClient } from '@wirefold/article-index';
import type { EnrichedArticle, Receipt } from '@wirefold/contracts';
import { asError, ConfigurationError, type AssembledStage, type Clock } from '@wirefold/pipeline';
import { createBulkWriter } from './adapters/bulk-writer.ts';
import { createDocumentReader } from './adapters/document-reader.ts';
import { createIndexReadiness } from './adapters/index-readiness.ts';
import type { IndexConfig } from './config.ts';
import { createIndex } from './core/index-articles.ts';
import { DEPENDENCY } from './core/verdict.ts';

/**
 * The index stage: writes each batch of enriched articles to Elasticsearch and answers with receipts.
 *
 * @throws ConfigurationError when ELASTICSEARCH_CA_FILE can't be read
 */
export function createIndexStage(
  config: IndexConfig,
  deps: { readonly clock: Clock },
): AssembledStage<EnrichedArticle, Receipt> {
  const client = elasticsearchClient({
    urls: config.ELASTICSEARCH_URL,
    apiKey: config.ELASTICSEARCH_API_KEY,
    username: config.ELASTICSEARCH_USERNAME,
    password: config.ELASTICSEARCH_PASSWORD,
    ca: certificateAuthority(config.ELASTICSEARCH_CA_FILE),
    requestTimeoutMs: config.INDEX_TIMEOUT_MS,
  });
  const index = {
    prefix: config.INDEX_PREFIX,
    shards: config.INDEX_SHARDS,
    replicas: config.INDEX_REPLICAS,
  };
  const readiness = createIndexReadiness(client, { ...index, applyOnStart: config.INDEX_APPLY_ON_START });
  const { writeAlias: alias } = articleIndex(index);
  const reader = createDocumentReader(client, { alias, timeoutMs: config.INDEX_TIMEOUT_MS });
  const write = createBulkWriter(client, deps.clock, {
    alias,
    maxRequestBytes: config.INDEX_BULK_BYTES,
    requestsInFlight: config.INDEX_REQUESTS_IN_FLIGHT,
    timeoutMs: config.INDEX_TIMEOUT_MS,
  });
  return {
    stage: {
      name: 'index',
      handle: createIndex({ clock: deps.clock, ensureIndex: readiness.ensure, write, reader }),
    },
    dependencies: [{ name: DEPENDENCY, check: readiness.check }],
    close: () => client.close(),
  };
}

function certificateAuthority(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`ELASTICSEARCH_CA_FILE: ${asError(error).message}`, { cause: error });
  }
}
