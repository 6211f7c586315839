import type { Client, estypes } from '@elastic/elasticsearch';
import {
  comparedFields,
  tombstoneFields,
  type ArticleTombstone,
  type KnownDocument,
} from '@wirefold/article-index';
import { asError, Outage } from '@wirefold/pipeline';
import { classifyFailure } from '../core/classify-failure.ts';
import { classifyError, type ElasticsearchError } from '../core/classify-item.ts';
import type { DocumentReader } from '../core/document-reader.ts';
import type { Reach } from '../core/kill-reach.ts';
import { DEPENDENCY } from '../core/verdict.ts';

export interface DocumentReaderOptions {
  /** The alias that is written to. */
  readonly alias: string;
  readonly timeoutMs: number;
  /** Documents of a page; default 500. */
  readonly pageSize?: number;
}

/** uris and ids in one query: a uri has up to 2 KB. */
const TERMS_OF_A_QUERY = 500;

/** Whether they are canceled, and by whom. */
const RELATIVE_FIELDS = ['id', 'uri', 'pubStatus', 'killedBy'];
const OWN_FIELDS = { include: [...tombstoneFields, ...comparedFields], exclude: ['story.why'] };
/** A tombstone is made of a document that was found: all that it keeps. */
const FOUND_FIELDS = { includes: [...tombstoneFields], excludes: ['story.why'] };

export function createDocumentReader(client: Client, options: DocumentReaderOptions): DocumentReader {
  const { alias, timeoutMs, pageSize = 500 } = options;
  const transport = (signal: AbortSignal) => ({ maxRetries: 0, requestTimeout: timeoutMs, signal });

  async function multiGet(index: string, docs: estypes.MgetOperation[], signal: AbortSignal) {
    const answer = await client.mget<KnownDocument>(
      { index, docs, realtime: true, filter_path: 'docs._id,docs.found,docs._source,docs.error' },
      transport(signal),
    );
    // What stands before Elasticsearch may answer with anything.
    const items: unknown = (answer as { docs?: unknown } | null)?.docs;
    if (!Array.isArray(items) || items.length !== docs.length) {
      throw new Outage(
        DEPENDENCY,
        'BAD_ANSWER',
        `What answers is not Elasticsearch, or is cut off: it tells of other documents than the ${docs.length} that were asked for`,
      );
    }
    return items as (Partial<estypes.GetGetResult<KnownDocument>> & { error?: ElasticsearchError })[];
  }

  async function read(own: Iterable<string>, relatives: Iterable<string>, signal: AbortSignal) {
    const docs = [
      ...Array.from(own, (id): estypes.MgetOperation => ({ _id: id, _source: OWN_FIELDS })),
      ...Array.from(relatives, (id): estypes.MgetOperation => ({ _id: id, _source: RELATIVE_FIELDS })),
    ];
    const found = new Map<string, KnownDocument>();
    if (docs.length === 0) return found;
    let items = await multiGet(alias, docs, signal);
    if (items.some(({ error }) => /more than one ind/.test(error?.reason ?? ''))) {
      items = await multiGet(await writeIndex(signal), docs, signal);
    }
    for (const { _id: id, _source: source, error } of items) {
      if (error !== undefined) throw outageOf(error);
      if (id !== undefined && source !== undefined) found.set(id, source);
    }
    return found;
  }

  /** An alias with several indices, while they are rebuilt: documents are got from the one that is written to. */
  async function writeIndex(signal: AbortSignal): Promise<string> {
    const indices = await client.indices.getAlias({ name: alias }, transport(signal));
    const index = Object.entries(indices).find(([, { aliases }]) => aliases[alias]?.is_write_index)?.[0];
    if (index !== undefined) return index;
    throw new Outage(DEPENDENCY, 'NO_INDEX', `The alias ${alias} has no write index`);
  }

  async function* inReach(reach: Reach, signal: AbortSignal) {
    await client.indices.refresh({ index: alias }, transport(signal));
    for (const query of queriesFor(reach)) {
      for (let after: estypes.SortResults | undefined; ; ) {
        const { hits, _shards: shards } = await client.search<ArticleTombstone>(
          {
            index: alias,
            query: query satisfies estypes.QueryDslQueryContainer,
            size: pageSize,
            sort: [{ id: 'asc' }],
            _source: FOUND_FIELDS,
            track_total_hits: false,
            allow_partial_search_results: false,
            ...(after && { search_after: after }),
          },
          transport(signal),
        );
        if (shards.failed > 0)
          throw new Outage(DEPENDENCY, 'SHARDS', 'Some shards of the index did not answer');
        const page = hits.hits.flatMap(({ _source: source }) => (source === undefined ? [] : [source]));
        if (page.length > 0) yield page;
        after = hits.hits.at(-1)?.sort;
        if (hits.hits.length < pageSize || after === undefined) break;
      }
    }
  }

  return {
    read: (own, relatives, signal) => read(own, relatives, signal).catch(throwOutage),
    async *inReach(reach, signal) {
      try {
        yield* inReach(reach, signal);
      } catch (error) {
        throwOutage(error);
      }
    },
  };
}

function queriesFor({ stories, copiesOf }: Reach) {
  const canceled = { term: { pubStatus: 'canceled' } };
  const followUp = { term: { 'story.relation': 'follow-up' } };
  return [
    ...partsOf([...stories.keys()]).map((ids) => ({
      bool: {
        filter: [
          {
            bool: {
              should: [{ terms: { 'story.id': ids } }, { ids: { values: ids } }],
              minimum_should_match: 1,
            },
          },
        ],
        must_not: [canceled],
      },
    })),
    ...partsOf([...copiesOf.keys()]).map((uris) => ({
      bool: { filter: [{ terms: { 'story.of': uris } }], must_not: [followUp] },
    })),
  ];
}

function partsOf(values: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(values.length / TERMS_OF_A_QUERY) }, (_, part) =>
    values.slice(part * TERMS_OF_A_QUERY, (part + 1) * TERMS_OF_A_QUERY),
  );
}

function throwOutage(thrown: unknown): never {
  if (thrown instanceof Outage) throw thrown;
  const failure = classifyFailure(thrown);
  if (failure.kind === 'outage') throw failure.outage;
  throw new Outage(DEPENDENCY, 'UNKNOWN', `Documents can't be read: ${asError(thrown).message}`, {
    cause: thrown,
  });
}

/** No document is to blame for not being read. */
function outageOf(error: ElasticsearchError): Outage {
  const verdict = classifyError(503, error);
  const code = error.type ?? 'UNKNOWN';
  return verdict.kind === 'outage' ? verdict.outage : new Outage(DEPENDENCY, code, error.reason ?? code);
}
