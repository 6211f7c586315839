import { asError } from '@wirefold/pipeline';
import { classifyError, type ElasticsearchError } from './classify-item.ts';
import { outageVerdict, type Verdict } from './verdict.ts';

/** What a failed request means for its documents; `too-large`: send them in smaller requests. */
export type Failure = Verdict | { readonly kind: 'too-large' };

/** An error of the official client, told by its name: `instanceof` fails where two copies of it are installed. */
interface ClientError extends Error {
  readonly statusCode?: number | undefined;
  readonly body?: unknown;
}

/** Classifies an error that a whole bulk request ended with. */
export function classifyFailure(thrown: unknown): Failure {
  const error = asError(thrown) as ClientError;
  switch (error.name) {
    case 'ResponseError':
      return classifyResponse(error);
    case 'TimeoutError':
      return outageVerdict('TIMEOUT', 'Elasticsearch did not answer in time', error);
    case 'RequestAbortedError':
    case 'AbortError':
      return outageVerdict('ABORTED', 'The request was given up: its result is no longer wanted', error);
    case 'DeserializationError':
      return outageVerdict(
        'BAD_ANSWER',
        `What answers is not Elasticsearch, or is cut off: ${error.message}`,
        error,
      );
    case 'ProductNotSupportedError':
      return outageVerdict(
        'NOT_ELASTICSEARCH',
        'What answers at ELASTICSEARCH_URL is not Elasticsearch',
        error,
      );
    case 'ConnectionError':
    case 'NoLivingConnectionsError':
      return outageVerdict(connectionCode(error), `Elasticsearch can't be reached: ${error.message}`, error);
    default:
      return { kind: 'unclear', error };
  }
}

function classifyResponse(error: ClientError): Failure {
  const status = error.statusCode ?? 0;
  if (status === 413) return { kind: 'too-large' };
  const said = errorOf(error.body);
  const verdict = classifyError(status, said);
  if (verdict.kind === 'outage') return verdict;
  // No document can spoil a whole request: what it was refused for is our doing, or that of what stands in the way.
  if (status !== 400 || said.type === undefined) return outageVerdict(String(status), error.message, error);
  return { kind: 'unclear', error };
}

/** Elasticsearch answers with an object; what stands before it may answer with a page. */
function errorOf(body: unknown): ElasticsearchError {
  if (typeof body !== 'object' || body === null || !('error' in body)) return {};
  const { error } = body;
  return typeof error === 'object' && error !== null ? error : { reason: String(error) };
}

function connectionCode(error: Error): string {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') return one.code;
  }
  return /\b(E[A-Z]{4,}|UND_ERR_[A-Z_]+)\b/.exec(error.message)?.[1] ?? 'CONNECTION';
}
