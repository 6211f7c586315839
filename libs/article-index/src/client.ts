import { Client, type ClientOptions } from '@elastic/elasticsearch';

export interface ElasticsearchOptions {
  /** Addresses of one or more nodes. */
  readonly urls: readonly string[];
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Base64 of id and key, as Elasticsearch hands it out; goes before user and password. */
  readonly apiKey?: string | undefined;
  /** Certificate authority of the nodes, PEM, where the system does not know it. */
  readonly ca?: string | undefined;
  readonly requestTimeoutMs: number;
}

/**
 * Elasticsearch's own client, without its retries: the callers know what may be tried again, and when. It connects with
 * the first request.
 */
export function elasticsearchClient(options: ElasticsearchOptions): Client {
  const { urls, username, password, apiKey, ca, requestTimeoutMs } = options;
  const auth = apiKey ? { apiKey } : username ? { username, password: password ?? '' } : undefined;
  return new Client({
    nodes: [...urls],
    ...(auth === undefined ? {} : { auth }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    requestTimeout: requestTimeoutMs,
    maxRetries: 0,
  } satisfies ClientOptions);
}
