import { Outage } from '@wirefold/pipeline';
import { z } from 'zod';
import { TextRefused } from '../core/translation-engine.ts';
import type { ApertiumPair } from './apertium-languages.ts';

/** Apertium-APy's HTTP interface, as far as it is used here. */
export interface ApertiumClient {
  readonly listPairs: (signal: AbortSignal) => Promise<readonly ApertiumPair[]>;
  /** @param pair such as `spa|eng` */
  readonly translate: (text: string, pair: string, signal: AbortSignal) => Promise<string>;
}

const DEPENDENCY = 'apertium';
/** No answer to a bounded request comes near this: a bigger one is not from Apertium. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
/** Statuses that are about the text. 400 is one: APy says so of a pair that is gone since it was listed. */
const REFUSAL_STATUSES = new Set([400, 413, 414, 422]);

const pairsResponse = z.object({
  responseData: z.array(z.object({ sourceLanguage: z.string(), targetLanguage: z.string() })),
});
const translateResponse = z.object({ responseData: z.object({ translatedText: z.string() }) });
const errorResponse = z.object({ explanation: z.string() });

/**
 * Source of the protocol: apertium/apertium-apy, README and handlers/translate.py.
 *
 * @param baseUrl where APy answers, with or without a path
 * @param timeoutMs of one request, its answer included
 */
export function createApertiumClient(baseUrl: string, timeoutMs: number): ApertiumClient {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;

  async function request<Body>(
    path: string,
    schema: z.ZodType<Body>,
    signal: AbortSignal,
    form?: URLSearchParams,
  ): Promise<Body> {
    const deadline = AbortSignal.timeout(timeoutMs);
    let status: number;
    let text: string;
    try {
      const response = await fetch(new URL(path, base), {
        redirect: 'manual',
        signal: AbortSignal.any([signal, deadline]),
        ...(form === undefined ? {} : { method: 'POST', body: form }),
      });
      status = response.status;
      text = await readText(response);
    } catch (thrown) {
      if (thrown instanceof Outage) throw thrown;
      if (deadline.aborted) throw outage('timeout', `no answer to /${path} within ${timeoutMs} ms`, thrown);
      if (signal.aborted) throw outage('aborted', 'the request was given up', thrown);
      throw outage(codeOf(thrown), `can't be reached at ${base}`, thrown);
    }
    if (status === 200) return readBody(text, schema, path);
    const said = explanationOf(text);
    if (form !== undefined && REFUSAL_STATUSES.has(status))
      throw new TextRefused(`Apertium refused the text: ${status} ${said}`.trim());
    throw outage(String(status), `answered /${path} with ${status} ${said}`.trim());
  }

  return {
    listPairs: async (signal) => (await request('listPairs', pairsResponse, signal)).responseData,
    translate: async (text, pair, signal) => {
      const form = new URLSearchParams({ langpair: pair, q: text, markUnknown: 'no', format: 'txt' });
      return (await request('translate', translateResponse, signal, form)).responseData.translatedText;
    },
  };
}

const outage = (code: string, message: string, cause?: unknown) =>
  new Outage(DEPENDENCY, code, `Apertium ${message}`, { cause });

/** System code of a failed connection: fetch hides it in the cause. */
function codeOf(thrown: unknown): string {
  const { cause } = thrown as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'unreachable';
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_RESPONSE_BYTES)
      throw outage('bad-response', `answered with more than ${MAX_RESPONSE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readBody<Body>(text: string, schema: z.ZodType<Body>, path: string): Body {
  try {
    return schema.parse(JSON.parse(text));
  } catch (thrown) {
    throw outage('bad-response', `answered /${path} with something else than its JSON`, thrown);
  }
}

/** APy's own words on an error, cut short; empty where there are none. */
function explanationOf(text: string): string {
  try {
    return errorResponse.parse(JSON.parse(text)).explanation.slice(0, 200);
  } catch {
    return '';
  }
}
