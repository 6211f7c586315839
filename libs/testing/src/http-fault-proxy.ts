import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request on its way to the real server. */
export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer on its way back. */
export interface ProxiedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * What goes wrong with a request: `forward` lets the real server do its work, before, after or instead of anything else.
 * `hold`: the connection stays open without an answer; `reset`: it is reset in the middle of one.
 */
export type HttpFault = (
  request: ProxiedRequest,
  forward: (request: ProxiedRequest) => Promise<ProxiedAnswer>,
) => ProxiedAnswer | 'hold' | 'reset' | Promise<ProxiedAnswer | 'hold' | 'reset'>;

/** Which requests a fault meets. */
export interface HttpFaultRule {
  /** Every one when absent. */
  readonly on?: (request: ProxiedRequest) => boolean;
  /** So many of them; no end when absent. */
  readonly times?: number;
}

/** A real HTTP proxy in front of a real server, which spoils what it is told to. */
export interface HttpFaultProxy {
  readonly url: string;
  /** Adds a fault: the first that fits a request is taken. Gives how many requests it has met. */
  readonly add: (fault: HttpFault, rule?: HttpFaultRule) => () => number;
  /** Takes all faults away, and lets go of the connections that are held. */
  readonly mend: () => void;
  /** How many requests came. */
  readonly count: (fits?: (request: Pick<ProxiedRequest, 'method' | 'path'>) => boolean) => number;
  readonly close: () => Promise<void>;
}

interface ActiveFault extends HttpFaultRule {
  readonly fault: HttpFault;
  met: number;
}

/** Listens on a free port of the loopback and forwards to an address. */
export async function startHttpFaultProxy(target: string): Promise<HttpFaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const seen: Pick<ProxiedRequest, 'method' | 'path'>[] = [];
  const held = new Set<ServerResponse>();
  let faults: ActiveFault[] = [];

  const forward = (request: ProxiedRequest) => forwardTo(target, agent, request);
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request = { method, path, headers, body: await buffer(incoming) };
    seen.push({ method, path });
    const active = faults.find(({ on, times, met }) => met < (times ?? Infinity) && (on?.(request) ?? true));
    if (active !== undefined) active.met += 1;
    const result = await (active === undefined ? forward(request) : active.fault(request, forward));
    if (result === 'hold') {
      held.add(response);
      return;
    }
    if (result === 'reset') {
      response.writeHead(200, { ...PRODUCT, 'content-type': 'application/json', 'content-length': 10_000 });
      response.write('{"items":[', () => incoming.socket.resetAndDestroy());
      return;
    }
    response.writeHead(result.status, { ...result.headers, 'content-length': result.body.length });
    response.end(result.body);
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (fault, rule = {}) => {
      const active: ActiveFault = { ...rule, fault, met: 0 };
      faults.push(active);
      return () => active.met;
    },
    mend: () => {
      faults = [];
      for (const response of held) response.destroy();
      held.clear();
    },
    count: (fits = () => true) => seen.filter(fits).length,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forwardTo(target: string, agent: Agent, request: ProxiedRequest): Promise<ProxiedAnswer> {
  const { method, path, body } = request;
  const { host: _host, 'transfer-encoding': _encoding, connection: _connection, ...kept } = request.headers;
  const headers = { ...kept, 'content-length': String(body.length) };
  const answered = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = httpRequest(new URL(path, target), { agent, method, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
  const { 'transfer-encoding': _chunked, connection: _kept, ...answerHeaders } = answered.headers;
  return { status: answered.statusCode ?? 0, headers: answerHeaders, body: await buffer(answered) };
}

/** By this header its client knows Elasticsearch. */
const PRODUCT = { 'x-elastic-product': 'Elasticsearch' };

/** Answers by itself, in Elasticsearch's name. */
export const answerWith =
  (status: number, body: object | string, headers: IncomingHttpHeaders = {}): HttpFault =>
  () => ({
    status,
    headers: { ...PRODUCT, 'content-type': 'application/json', ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

/** Lets the real server do its work, and then something else happens to its answer. */
export const afterwards =
  (change: (answer: ProxiedAnswer) => ProxiedAnswer | 'hold' | 'reset'): HttpFault =>
  async (request, forward) =>
    change(await forward(request));

/** Keeps each answer back for a while. */
export const delayAnswer =
  (ms: number): HttpFault =>
  async (request, forward) => {
    const answer = await forward(request);
    await sleep(ms);
    return answer;
  };

/** Refuses some documents of a bulk request inside an answer of 200; the others are written. */
export const refuseDocuments =
  (isRefused: (source: string) => boolean, item: { readonly status: number }): HttpFault =>
  async (request, forward) => {
    const lines = request.body.toString('utf8').split('\n');
    const documents = lines.flatMap((action, index) => {
      const source = lines[index + 1] ?? '';
      // Asked once: the answer may be another one the next time.
      return index % 2 === 0 && action !== '' ? [{ action, source, refused: isRefused(source) }] : [];
    });
    const taken = documents.filter(({ refused }) => !refused);
    const body = Buffer.from(taken.map(({ action, source }) => `${action}\n${source}\n`).join(''));
    const answer = taken.length === 0 ? undefined : await forward({ ...request, body });
    const items =
      answer === undefined ? [] : (JSON.parse(answer.body.toString('utf8')) as { items: object[] }).items;
    const written = items.values();
    const merged = documents.map(({ refused }) => (refused ? { index: item } : written.next().value));
    return {
      status: 200,
      headers: answer?.headers ?? { ...PRODUCT, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ items: merged })),
    };
  };
