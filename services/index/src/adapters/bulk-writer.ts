import type { Client } from '@elastic/elasticsearch';
import type { Clock } from '@wirefold/pipeline';
import { toLanes, toRequests, type BulkLines } from '../core/bulk-lines.ts';
import { classifyFailure, type Failure } from '../core/classify-failure.ts';
import { classifyItem, isOverIndexingMemory, type BulkItem } from '../core/classify-item.ts';
import type { BulkWriter } from '../core/document-writer.ts';
import { outageVerdict, type Verdict } from '../core/verdict.ts';

export interface BulkWriterOptions {
  /** The alias that is written to. */
  readonly alias: string;
  readonly maxRequestBytes: number;
  readonly requestsInFlight: number;
  readonly timeoutMs: number;
}

/** Smaller batches go in one request: two would cost more than they gain. */
const LANES_FROM = 20;
/** How often, and after which pause, a document with an unclear error is tried by itself. */
const UNCLEAR_ATTEMPTS = 2;
const UNCLEAR_PAUSE_MS = 250;

interface Pending extends BulkLines {
  readonly position: number;
}

export function createBulkWriter(client: Client, clock: Clock, options: BulkWriterOptions): BulkWriter {
  return async (lines, signal) => {
    const verdicts: Verdict[] = [];
    const pending = lines.map((line, position): Pending => ({ ...line, position }));
    const lanes = toLanes(pending, pending.length < LANES_FROM ? 1 : options.requestsInFlight);
    const run: Run = { client, options, signal, verdicts, stopped: undefined };
    await Promise.all(
      lanes.map(async (lane) => {
        for (const request of toRequests(lane, options.maxRequestBytes)) await write(run, request);
      }),
    );
    for (let attempt = 1; attempt <= UNCLEAR_ATTEMPTS; attempt += 1) {
      const unclear = pending.filter(({ position }) => verdicts[position]?.kind === 'unclear');
      if (unclear.length === 0 || run.stopped !== undefined) break;
      await clock.sleep(UNCLEAR_PAUSE_MS * attempt, signal);
      // Each by itself, so that one can't spoil the others; a crowd is no matter of single documents.
      const requests = unclear.length > LANES_FROM ? [unclear] : unclear.map((line) => [line]);
      for (const request of requests) await write(run, request);
    }
    return verdicts;
  };
}

interface Run {
  readonly client: Client;
  readonly options: BulkWriterOptions;
  readonly signal: AbortSignal;
  readonly verdicts: Verdict[];
  /** Set by a request that failed as a whole for an outage: nothing more is sent. */
  stopped: Verdict | undefined;
}

async function write(run: Run, request: readonly Pending[]): Promise<void> {
  const settle = (verdict: Verdict) => {
    for (const { position } of request) run.verdicts[position] = verdict;
  };
  if (run.stopped !== undefined) {
    settle(run.stopped);
    return;
  }
  let tooLarge: readonly Pending[] = request;
  try {
    const failures = await send(run, request);
    tooLarge = request.filter((_line, index) => failures[index]?.kind === 'too-large');
    request.forEach(({ position }, index) => {
      const failure = failures[index] as Failure;
      if (failure.kind !== 'too-large') run.verdicts[position] = failure;
    });
  } catch (error) {
    const failure = classifyFailure(error);
    if (failure.kind !== 'too-large') {
      if (failure.kind === 'outage') run.stopped = failure;
      settle(failure);
      return;
    }
  }
  if (tooLarge.length > 0) await writeSmaller(run, tooLarge);
}

/** Sends in two what was too large for one request; a document that was alone is given up. */
async function writeSmaller(run: Run, tooLarge: readonly Pending[]): Promise<void> {
  const [first] = tooLarge;
  if (first !== undefined && tooLarge.length === 1) {
    run.verdicts[first.position] = {
      kind: 'rejected',
      reason: 'output-too-large',
      error: `The document has ${first.sizeBytes} bytes, more than Elasticsearch or a proxy before it takes (status 413, or 429 for the memory that indexing may take)`,
      cause: 'too large',
    };
    return;
  }
  const middle = Math.ceil(tooLarge.length / 2);
  await write(run, tooLarge.slice(0, middle));
  await write(run, tooLarge.slice(middle));
}

async function send(run: Run, request: readonly Pending[]): Promise<Failure[]> {
  const { alias, timeoutMs } = run.options;
  const answer = await run.client.transport.request(
    {
      method: 'POST',
      path: `/${encodeURIComponent(alias)}/_bulk`,
      querystring: {
        // Without it, a missing alias would be created as an index of that name, with a guessed mapping.
        require_alias: true,
        // Elasticsearch says that a shard is missing before we lose patience.
        timeout: `${Math.ceil(timeoutMs / 2)}ms`,
        filter_path: 'items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by',
      },
      bulkBody: request.map(({ text }) => text).join(''),
    },
    { maxRetries: 0, requestTimeout: timeoutMs, signal: run.signal },
  );
  const items = itemsOf(answer);
  if (items.length !== request.length) {
    const message = `What answers is not Elasticsearch, or is cut off: it tells of ${items.length} of ${request.length} documents`;
    return request.map(() => outageVerdict('BAD_ANSWER', message));
  }
  const requestBytes = request.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return items.map((item) =>
    isOverIndexingMemory(item, requestBytes) ? { kind: 'too-large' } : classifyItem(item),
  );
}

/** The items that are such: what stands before Elasticsearch may answer with anything, and no document is to blame for it. */
function itemsOf(answer: unknown): BulkItem[] {
  const items: unknown = (answer as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) return [];
  return items
    .map((entry: unknown) => Object.values(entry ?? {})[0] as BulkItem | undefined)
    .filter((item) => typeof item?.status === 'number') as BulkItem[];
}
