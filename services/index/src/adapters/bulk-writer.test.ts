import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { elasticsearchClient } from '@wirefold/article-index';
import { systemClock } from '@wirefold/pipeline';
import type { BulkLines } from '../core/bulk-lines.ts';
import { createBulkWriter } from './bulk-writer.ts';

/**
 * What goes wrong on the way to Elasticsearch and can't be made to happen in a healthy one: a server that answers as
 * told, in Elasticsearch's words. The real one is in tests/integration.
 */
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

type Answer = (bodies: string[], response: ServerResponse, request: IncomingMessage) => void;

async function writerTo(answer: Answer, timeoutMs = 2_000) {
  const received: string[][] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const lines = Buffer.concat(chunks).toString().split('\n');
      const documents = lines.filter((_, index) => index % 2 === 1);
      received.push(documents);
      response.setHeader('x-elastic-product', 'Elasticsearch');
      response.setHeader('content-type', 'application/json');
      answer(documents, response, request);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = elasticsearchClient({ urls: [url], requestTimeoutMs: timeoutMs });
  open.push(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const write = createBulkWriter(client, systemClock, {
    alias: 'articles-write',
    maxRequestBytes: 400,
    requestsInFlight: 2,
    timeoutMs,
  });
  return { received, write };
}

const line = (n: number, text = `document ${n}`): BulkLines => ({
  id: `id-${String.fromCodePoint(97 + (n % 26))}-`,
  text: `{}\n${text}\n`,
  sizeBytes: text.length + 4,
});
const lines = (count: number) => Array.from({ length: count }, (_, n) => line(n));
const { signal } = new AbortController();

const items = (documents: string[], item: (document: string) => object = () => ({ status: 201 })) =>
  JSON.stringify({ items: documents.map((document) => ({ index: item(document) })) });

describe('a bulk writer', () => {
  it('has one verdict for each document, in order, over several requests at once', async () => {
    const { received, write } = await writerTo((documents, response) => {
      response.end(
        items(documents, (document) =>
          document === 'document 30'
            ? { status: 409, error: { type: 'version_conflict_engine_exception' } }
            : { status: 200 },
        ),
      );
    });
    const verdicts = await write(lines(100), signal);
    expect(received.length).toBeGreaterThan(2);
    expect(received.flat()).toHaveLength(100);
    expect(verdicts.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 100 }, (_, n) => (n === 30 ? 'stale' : 'written')),
    );
  });

  it('sends nothing for nothing', async () => {
    const { received, write } = await writerTo((_, response) => response.end('{}'));
    expect(await write([], signal)).toEqual([]);
    expect(received).toEqual([]);
  });

  it('splits a request that is too large (413) until the large document is alone', async () => {
    const { write } = await writerTo((documents, response) => {
      if (documents.includes('document 3')) response.statusCode = 413;
      response.end(response.statusCode === 413 ? '{}' : items(documents));
    });
    const verdicts = await write(lines(8), signal);
    expect(verdicts.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 8 }, (_, n) => (n === 3 ? 'rejected' : 'written')),
    );
    expect(verdicts[3]).toMatchObject({
      reason: 'output-too-large',
      error: expect.stringContaining('bytes'),
    });
  });

  it('splits a request that takes too much memory (429) until the large document is alone', async () => {
    const { received, write } = await writerTo((documents, response) => {
      const error = {
        type: 'es_rejected_execution_exception',
        reason: 'rejected [primary_operation_bytes=60000000, max_primary_bytes=53687091]',
      };
      const isTooLarge = documents.includes('document 3');
      response.end(items(documents, () => (isTooLarge ? { status: 429, error } : { status: 201 })));
    });
    const verdicts = await write(lines(8), signal);
    expect(verdicts.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 8 }, (_, n) => (n === 3 ? 'rejected' : 'written')),
    );
    expect(verdicts[3]).toMatchObject({ reason: 'output-too-large' });
    expect(received.at(-1)).not.toContain('document 3');
  });

  it.each([
    [401, '401'],
    [403, '403'],
    [404, '404'],
    [407, '407'],
    [429, '429'],
    [500, '500'],
    [502, '502'],
    [503, '503'],
    [504, '504'],
  ])('takes an answer of %d for an outage of all and sends no more', async (status, code) => {
    const { received, write } = await writerTo((_, response) => {
      response.statusCode = status;
      response.end('{"error":"no"}');
    });
    const verdicts = await write(lines(100), signal);
    expect(verdicts).toHaveLength(100);
    for (const verdict of verdicts) expect(verdict).toMatchObject({ kind: 'outage', outage: { code } });
    // One in each lane: the client repeats nothing by itself.
    expect(received.length).toBeLessThanOrEqual(2);
  });

  it.each<[string, string, Answer]>([
    ['a connection that is reset', 'ECONNRESET', (_, __, request) => request.socket.resetAndDestroy()],
    ['no answer in time', 'TIMEOUT', () => {}],
    ['an answer that is cut off', 'BAD_ANSWER', (_, response) => response.end('{"items":[')],
    ['an answer about fewer documents', 'BAD_ANSWER', (_, response) => response.end('{"items":[]}')],
    ['null', 'BAD_ANSWER', (_, response) => response.end('null')],
    ['a text', 'BAD_ANSWER', (_, response) => response.end('"ok"')],
    ['items that are no list', 'BAD_ANSWER', (_, response) => response.end('{"items":"three"}')],
    ['items of nothing', 'BAD_ANSWER', (_, response) => response.end('{"items":[null,{},{"index":{}}]}')],
    [
      'a redirection',
      'BAD_ANSWER',
      (_, response) => {
        response.writeHead(302, { location: '/login' });
        response.end('{}');
      },
    ],
    [
      'something that is not Elasticsearch',
      'NOT_ELASTICSEARCH',
      (_, response) => {
        response.removeHeader('x-elastic-product');
        response.end('{}');
      },
    ],
  ])('takes %s for an outage', async (_what, code, answer) => {
    const { write } = await writerTo(answer, 300);
    for (const verdict of await write(lines(3), signal)) {
      expect(verdict.kind === 'outage' ? verdict.outage.code : verdict).toMatch(
        code === 'ECONNRESET' ? /ECONNRESET|UND_ERR_SOCKET|CONNECTION/ : code,
      );
    }
  });

  it('tries an unclear error of a document again by itself', async () => {
    let failures = 2;
    const { received, write } = await writerTo((documents, response) => {
      response.end(
        items(documents, (document) => {
          if (document !== 'document 1' || failures === 0) return { status: 201 };
          failures -= 1;
          return { status: 500, error: { type: 'null_pointer_exception' } };
        }),
      );
    });
    expect((await write(lines(3), signal)).map(({ kind }) => kind)).toEqual([
      'written',
      'written',
      'written',
    ]);
    expect(received.slice(1)).toEqual([['document 1'], ['document 1']]);
  });

  it('gives a document up whose error stays unclear, without its neighbours', async () => {
    const { write } = await writerTo((documents, response) => {
      response.end(
        items(documents, (document) =>
          document === 'document 1'
            ? { status: 500, error: { type: 'null_pointer_exception' } }
            : { status: 201 },
        ),
      );
    });
    expect((await write(lines(3), signal)).map(({ kind }) => kind)).toEqual([
      'written',
      'unclear',
      'written',
    ]);
  });
});
