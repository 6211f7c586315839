import { APPLY_HINT, outageVerdict, shorten, type Verdict } from './verdict.ts';

/** An error as Elasticsearch words it, in an item or in a whole answer. */
export interface ElasticsearchError {
  readonly type?: string | undefined;
  readonly reason?: string | null | undefined;
  readonly caused_by?: ElasticsearchError | undefined;
}

/** What a bulk request answers about one of its documents. */
export interface BulkItem {
  readonly status: number;
  readonly error?: ElasticsearchError | undefined;
}

/** Errors of the cluster that come with the status of a bad request or of a bug. */
const OUTAGE_TYPES: ReadonlySet<string> = new Set([
  'already_closed_exception',
  'circuit_breaking_exception',
  'cluster_block_exception',
  'es_rejected_execution_exception',
  'i_o_exception',
  'illegal_index_shard_state_exception',
  'index_closed_exception',
  'index_not_found_exception',
  'io_exception',
  'no_shard_available_action_exception',
  'node_closed_exception',
  'node_disconnected_exception',
  'node_not_connected_exception',
  'process_cluster_event_timeout_exception',
  'receive_timeout_transport_exception',
  'security_exception',
  'shard_not_found_exception',
  'timeout_exception',
  'translog_exception',
  'unavailable_shards_exception',
]);

/** Bad requests that are not the document's fault: the alias, the index or a pipeline of the index is set up wrongly. */
const OUTAGE_REASONS =
  /no write index is defined|is not an alias|more than one ind|pipeline with id|number of documents in the (index|shard) (cannot|can't) exceed|Limit of total fields|maximum (normal )?shards open/i;

const PRESSURE =
  /\b(?:primary|coordinating)_operation_bytes=(\d+).*\bmax_(?:primary|coordinating)_bytes=(\d+)/;

/**
 * Whether Elasticsearch refused an item for the size of its request alone: indexing it takes more than the share of the heap
 * that indexing may take (10 %), however long one waits. It answers 429, as it does when it is busy.
 *
 * @param requestBytes size of the request, which is held in memory beside what its indexing takes
 */
export function isOverIndexingMemory({ error }: BulkItem, requestBytes: number): boolean {
  if (error?.type !== 'es_rejected_execution_exception') return false;
  const [, operationBytes, maxBytes] = PRESSURE.exec(error.reason ?? '') ?? [];
  return operationBytes !== undefined && Number(operationBytes) + requestBytes > Number(maxBytes);
}

/** Classifies one item of a bulk answer, by error type first and by HTTP status where the type says nothing. */
export function classifyItem(item: BulkItem): Verdict {
  const { status, error } = item;
  if (status >= 200 && status < 300 && error === undefined) return { kind: 'written' };
  if (error?.type === 'version_conflict_engine_exception' || (status === 409 && error === undefined))
    return { kind: 'stale' };
  return classifyError(status, error ?? {});
}

/** Classifies an error by its type and status: what an item says, or a whole request that was answered with it. */
export function classifyError(status: number, error: ElasticsearchError): Verdict {
  const { type = 'unknown' } = error;
  const said = describe(status, error);
  if (type === 'index_not_found_exception') {
    return outageVerdict('NO_INDEX', `There is no index to write to: ${APPLY_HINT} (${said})`);
  }
  if (type === 'cluster_block_exception') {
    return outageVerdict(
      'BLOCKED',
      `Elasticsearch does not take writes; look at its disk space and blocks (${said})`,
    );
  }
  if (status === 401 || status === 403 || type === 'security_exception') {
    return outageVerdict(String(status), `Elasticsearch refuses our credentials or their rights (${said})`);
  }
  if (OUTAGE_TYPES.has(type) || OUTAGE_REASONS.test(error.reason ?? '')) return outageVerdict(type, said);
  if (status === 404 || status === 429 || (status >= 501 && status < 600))
    return outageVerdict(String(status), said);
  if (status === 400) {
    return {
      kind: 'rejected',
      reason: 'mapping-conflict',
      error: shorten(`Elasticsearch can't index the document: ${said}`),
      cause: causeOf(error),
    };
  }
  return { kind: 'unclear', error: new Error(`Elasticsearch: ${shorten(said)}`) };
}

function describe(status: number, error: ElasticsearchError): string {
  const chain: string[] = [];
  for (let one: ElasticsearchError | undefined = error; one && chain.length < 4; one = one.caused_by) {
    const text = [one.type, one.reason].filter(Boolean).join(': ');
    if (text !== '' && !chain.some((before) => before.includes(text))) chain.push(text);
  }
  return `status ${status}${chain.length > 0 ? `, ${chain.join('; because of ')}` : ''}`;
}

/** The field that is at odds, or else the type of the error: the same in every document with the same trouble. */
function causeOf(error: ElasticsearchError): string {
  const field = /field \[([^\]]+)\]/.exec(error.reason ?? '')?.[1];
  return `${error.type ?? 'unknown'} ${field ?? ''}`.trim();
}
