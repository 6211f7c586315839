import type { estypes } from '@elastic/elasticsearch';
import { articleMapping, MAJOR_VERSION, TEMPLATE_VERSION } from './mapping.ts';

export interface ArticleIndexOptions {
  /** First part of every name, so that several installations share a cluster. Default `wirefold`. */
  readonly prefix?: string;
  /** Primary shards of a new index. Default 1. */
  readonly shards?: number;
  /** Copies of each shard; `auto` (default): one where there is a second node, none otherwise. */
  readonly replicas?: number | 'auto';
}

/** What Elasticsearch has to know for articles: names, template and aliases. */
export interface ArticleIndex {
  readonly templateName: string;
  readonly indexPattern: string;
  readonly firstIndex: string;
  /** What the pipeline writes to. */
  readonly writeAlias: string;
  /**
   * What is searched: shows only usable articles whose embargo, if any, is over. The filter holds for searches, counts
   * and aggregations, but not for GET by id, term vectors and suggesters: don't use those on it.
   */
  readonly readAlias: string;
  readonly template: Omit<estypes.IndicesPutIndexTemplateRequest, 'name'>;
  readonly aliases: Record<string, estypes.IndicesAlias>;
}

/**
 * Elasticsearch keeps the filter as it is written and works `now` out anew for each search: an embargo ends by itself.
 */
export const visibleArticles = {
  bool: {
    filter: [{ term: { pubStatus: 'usable' } }],
    must_not: [{ range: { embargoedUntil: { gt: 'now' } } }],
  },
} satisfies estypes.QueryDslQueryContainer;

/**
 * Pure: makes no request, see `applyIndex`. The aliases are no part of the template: an index that is being rebuilt
 * must not be searched, nor written to by the pipeline, before it is complete.
 *
 * @throws RangeError for a prefix that can't begin an index's name
 */
export function articleIndex(options: ArticleIndexOptions = {}): ArticleIndex {
  const { prefix = 'wirefold', shards = 1, replicas = 'auto' } = options;
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(prefix)) {
    throw new RangeError(
      `The index prefix "${prefix}" can't begin an index's name: expected lower-case letters, digits, - and _`,
    );
  }
  const base = `${prefix}-articles`;
  const writeAlias = `${base}-write`;
  return {
    templateName: `${base}-v${MAJOR_VERSION}`,
    indexPattern: `${base}-v${MAJOR_VERSION}-*`,
    firstIndex: `${base}-v${MAJOR_VERSION}-000001`,
    writeAlias,
    readAlias: base,
    template: {
      index_patterns: [`${base}-v${MAJOR_VERSION}-*`],
      // Above Elasticsearch's own templates (100), whose patterns such as logs-*-* a prefix may meet.
      priority: 500,
      version: TEMPLATE_VERSION,
      _meta: { 'managed-by': 'wirefold' },
      template: {
        settings: {
          index: {
            number_of_shards: shards,
            ...(replicas === 'auto' ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }),
          },
        },
        mappings: articleMapping,
      },
    },
    aliases: {
      [writeAlias]: { is_write_index: true },
      [base]: { filter: visibleArticles },
    },
  };
}
