import { errors, type DiagnosticResult } from '@elastic/elasticsearch';
import { describe, expect, it } from '@jest/globals';
import { classifyFailure } from './classify-failure.ts';

const answered = (statusCode: number, body: unknown) =>
  new errors.ResponseError({ statusCode, body, headers: {}, warnings: null, meta: {} } as DiagnosticResult);

const said = (type: string, reason = 'because') => ({ error: { type, reason } });

describe('classifyFailure', () => {
  it.each<[string, unknown]>([
    ['ECONNREFUSED', new errors.ConnectionError('connect ECONNREFUSED 127.0.0.1:9200')],
    ['ENOTFOUND', new errors.ConnectionError('getaddrinfo ENOTFOUND es.example')],
    ['CONNECTION', new errors.ConnectionError('unable to verify the first certificate')],
    [
      'CONNECTION',
      new errors.NoLivingConnectionsError('There are no living connections', {} as DiagnosticResult),
    ],
    ['TIMEOUT', new errors.TimeoutError('Request timed out')],
    ['ABORTED', new errors.RequestAbortedError('Request aborted')],
    ['BAD_ANSWER', new errors.DeserializationError('Unexpected token <', '<html>')],
    ['NOT_ELASTICSEARCH', new errors.ProductNotSupportedError('Elasticsearch')],
    ['401', answered(401, said('security_exception'))],
    ['403', answered(403, said('security_exception'))],
    ['BLOCKED', answered(403, said('cluster_block_exception'))],
    ['NO_INDEX', answered(404, said('index_not_found_exception'))],
    ['404', answered(404, '<html>not found</html>')],
    ['400', answered(400, '<html>bad request</html>')],
    ['405', answered(405, '<html>not allowed</html>')],
    ['407', answered(407, '<html>log in to the proxy</html>')],
    ['408', answered(408, {})],
    ['circuit_breaking_exception', answered(429, said('circuit_breaking_exception'))],
    ['429', answered(429, '')],
    ['500', answered(500, said('null_pointer_exception'))],
    ['502', answered(502, '<html>bad gateway</html>')],
    ['503', answered(503, said('master_not_discovered_exception'))],
    [
      'illegal_argument_exception',
      answered(400, said('illegal_argument_exception', 'no write index is defined')),
    ],
  ])('takes %s for an outage', (code, error) => {
    expect(classifyFailure(error)).toMatchObject({
      kind: 'outage',
      outage: { dependency: 'elasticsearch', code },
    });
  });

  it('takes 413 for a request to be split', () => {
    expect(classifyFailure(answered(413, ''))).toEqual({ kind: 'too-large' });
  });

  it.each<[string, unknown]>([
    ['a request that is refused as a whole', answered(400, said('parse_exception'))],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['what is not even an error', 'broken'],
  ])('leaves %s unclear: no single document can be blamed', (_what, error) => {
    expect(classifyFailure(error)).toMatchObject({ kind: 'unclear', error: expect.any(Error) });
  });
});
