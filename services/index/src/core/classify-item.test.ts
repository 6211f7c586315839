import { describe, expect, it } from '@jest/globals';
import { classifyItem, isOverIndexingMemory, type BulkItem } from './classify-item.ts';

const failed = (
  status: number,
  type: string,
  reason = 'because',
  caused_by?: { type: string; reason: string },
): BulkItem => ({
  status,
  error: { type, reason, caused_by },
});

describe('classifyItem', () => {
  it.each<[string, BulkItem]>([
    ['created', { status: 201 }],
    ['updated', { status: 200 }],
  ])('takes %s for written', (_what, item) => {
    expect(classifyItem(item)).toEqual({ kind: 'written' });
  });

  it('takes a version conflict for stale', () => {
    expect(classifyItem(failed(409, 'version_conflict_engine_exception'))).toEqual({ kind: 'stale' });
  });

  it.each<[string, BulkItem]>([
    ['es_rejected_execution_exception', failed(429, 'es_rejected_execution_exception')],
    ['429', failed(429, 'something_new_exception')],
    ['circuit_breaking_exception', failed(429, 'circuit_breaking_exception')],
    [
      'BLOCKED',
      failed(403, 'cluster_block_exception', 'index [x] blocked by: [FORBIDDEN/8/index write (api)];'),
    ],
    [
      'BLOCKED',
      failed(429, 'cluster_block_exception', 'index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage];'),
    ],
    ['BLOCKED', failed(503, 'cluster_block_exception', 'blocked by: [SERVICE_UNAVAILABLE/2/no master];')],
    ['unavailable_shards_exception', failed(503, 'unavailable_shards_exception')],
    ['502', failed(502, 'unknown')],
    ['504', failed(504, 'unknown')],
    ['401', failed(401, 'security_exception')],
    ['403', failed(403, 'security_exception')],
    ['403', { status: 403 }],
    [
      'NO_INDEX',
      failed(
        404,
        'index_not_found_exception',
        'no such index [x] and [require_alias] request flag is [true]',
      ),
    ],
    ['404', { status: 404 }],
    ['index_closed_exception', failed(400, 'index_closed_exception')],
    ['i_o_exception', failed(500, 'i_o_exception', 'No space left on device')],
    ['already_closed_exception', failed(500, 'already_closed_exception')],
    [
      'illegal_argument_exception',
      failed(400, 'illegal_argument_exception', 'no write index is defined for alias [x].'),
    ],
    [
      'illegal_argument_exception',
      failed(400, 'illegal_argument_exception', 'pipeline with id [x] does not exist'),
    ],
    [
      'illegal_argument_exception',
      failed(400, 'illegal_argument_exception', 'Number of documents in the index cannot exceed 2147483519'),
    ],
  ])('takes %s for an outage: %j', (code, item) => {
    expect(classifyItem(item)).toMatchObject({
      kind: 'outage',
      outage: { dependency: 'elasticsearch', code },
    });
  });

  it.each<[string, BulkItem]>([
    [
      'document_parsing_exception places',
      failed(400, 'document_parsing_exception', '[1:9] failed to parse field [places] of type [geo_point]', {
        type: 'parse_exception',
        reason: 'illegal latitude value [999.0]',
      }),
    ],
    ['mapper_parsing_exception', failed(400, 'mapper_parsing_exception')],
    ['strict_dynamic_mapping_exception', failed(400, 'strict_dynamic_mapping_exception')],
    [
      'illegal_argument_exception',
      failed(400, 'illegal_argument_exception', 'Document contains at least one immense term in field="x"'),
    ],
  ])('rejects %s', (cause, item) => {
    expect(classifyItem(item)).toMatchObject({ kind: 'rejected', reason: 'mapping-conflict', cause });
  });

  it('says what Elasticsearch said, and what caused it, but not at any length', () => {
    const verdict = classifyItem(
      failed(400, 'document_parsing_exception', 'failed to parse', {
        type: 'parse_exception',
        reason: 'latitude',
      }),
    );
    expect(verdict).toMatchObject({
      error: expect.stringContaining('failed to parse; because of parse_exception: latitude'),
    });
    const long = classifyItem(failed(400, 'document_parsing_exception', 'x'.repeat(10_000)));
    expect(long.kind === 'rejected' && long.error.length).toBeLessThan(600);
  });

  it.each<[string, BulkItem]>([
    ['a bug of the server', failed(500, 'null_pointer_exception')],
    ['an error without a type', { status: 500 }],
    ['a status that means nothing here', failed(302, 'x')],
  ])('leaves %s unclear', (_what, item) => {
    expect(classifyItem(item)).toMatchObject({ kind: 'unclear', error: expect.any(Error) });
  });
});

describe('isOverIndexingMemory', () => {
  // As Elasticsearch 9.5.3 words it, with a heap of 512 MiB and nothing else to do.
  const refused = (operationBytes: number) =>
    failed(
      429,
      'es_rejected_execution_exception',
      `rejected execution of primary operation [coordinating_and_primary_bytes=12583124, replica_bytes=0, all_bytes=12583124, primary_operation_bytes=${operationBytes}, max_primary_bytes=53687091]`,
    );

  it('tells what can never be indexed from what has to wait', () => {
    expect(isOverIndexingMemory(refused(58_720_304), 14_680_276)).toBe(true);
    expect(isOverIndexingMemory(refused(50_331_696), 12_583_124)).toBe(true);
    expect(isOverIndexingMemory(refused(8_388_608), 2_097_152)).toBe(false);
  });

  it('takes no other error for it', () => {
    expect(isOverIndexingMemory({ status: 201 }, 1e9)).toBe(false);
    expect(isOverIndexingMemory(failed(429, 'es_rejected_execution_exception'), 1e9)).toBe(false);
    expect(isOverIndexingMemory(failed(429, 'circuit_breaking_exception'), 1e9)).toBe(false);
  });
});
