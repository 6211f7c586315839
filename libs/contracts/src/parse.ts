import { parse as parseJson } from 'secure-json-parse';
import type { z } from 'zod';
import { limits, sizeLimit } from './limits.ts';
import type { RejectReason } from './receipt.ts';

/** Why bytes are not a message of a contract: what was wrong, and where. */
export interface ContractProblem {
  readonly reason: Extract<RejectReason, 'malformed-json' | 'broken-contract' | 'too-large'>;
  readonly message: string;
}

export type Parsed<Value> = { readonly value: Value } | { readonly problem: ContractProblem };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The schema of a message, or the choice of one where a topic takes several forms. */
export type Contract<Value> = z.ZodType<Value> | ((json: unknown) => z.ZodType<Value>);

/**
 * Reads a message by its contract. Never throws.
 * Keys that would change prototypes (`__proto__`, `constructor.prototype`) break the contract, as does JSON nested
 * deeper than {@link limits.jsonDepth}; more than {@link limits.jsonValues} values are too large.
 */
export function parseMessage<Value>(contract: Contract<Value>, bytes: Buffer | null): Parsed<Value> {
  if (bytes === null || bytes.length === 0) return malformed('the value is empty; expected a JSON object');
  const excess = bytes.length > ALWAYS_FEW_BYTES ? excessOf(bytes) : undefined;
  if (excess !== undefined) return { problem: excess };
  let json: unknown;
  try {
    const text = utf8.decode(bytes);
    json = mayChangePrototypes(text)
      ? parseJson(text, null, { protoAction: 'error', constructorAction: 'error' })
      : (JSON.parse(text) as unknown);
  } catch (error) {
    return jsonProblem(error as Error & { code?: string });
  }
  return parseValue(contract, json);
}

/**
 * Whether a text might have a key that changes prototypes, spelled out or with escapes. The library's own look at every
 * text, by regular expressions, takes as long as reading the JSON.
 */
const mayChangePrototypes = (text: string): boolean =>
  text.includes('__proto__') || text.includes('constructor') || text.includes('\\u');

/** A value takes two bytes at least: below this there can't be too many, and the look at the bytes is spared. */
const ALWAYS_FEW_BYTES = 2 * limits.jsonValues;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c] as const;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** What is too much in a message, told from its bytes: it must not be parsed to be found out. Right for any JSON. */
function excessOf(bytes: Buffer): ContractProblem | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if (OPENING.has(byte)) {
      depth += 1;
      values += 1;
      if (depth > limits.jsonDepth + 1) return tooDeep;
    } else if (CLOSING.has(byte)) {
      depth -= 1;
    } else if (byte === COMMA) {
      values += 1;
      if (values > limits.jsonValues)
        return {
          reason: 'too-large',
          message: `more than ${limits.jsonValues} values; send one article, without the data of its page`,
        };
    }
  }
  return undefined;
}

/** Place of the quote that closes a string; the end where none does. */
function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
}

const tooDeep: ContractProblem = {
  reason: 'broken-contract',
  message: `nested deeper than ${limits.jsonDepth} levels`,
};

/** Checks a parsed value by its contract. Never throws. */
export function parseValue<Value>(contract: Contract<Value>, json: unknown): Parsed<Value> {
  if (deeperThan(json, limits.jsonDepth)) return { problem: tooDeep };
  const schema = typeof contract === 'function' ? contract(json) : contract;
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data };
  const { issues } = result.error;
  const reason = issues.every(isTooLarge) ? 'too-large' : 'broken-contract';
  return { problem: { reason, message: describeIssues(issues) } };
}

const isTooLarge = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'custom' && issue.params?.['reason'] === sizeLimit.reason;

const malformed = (message: string): { problem: ContractProblem } => ({
  problem: { reason: 'malformed-json', message },
});

function jsonProblem(error: Error & { code?: string }): { problem: ContractProblem } {
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return malformed('not valid UTF-8');
  if (error.message.includes('forbidden prototype property')) {
    const message = 'a key __proto__ or constructor.prototype is not allowed';
    return { problem: { reason: 'broken-contract', message } };
  }
  return malformed(`not JSON: ${error.message.slice(0, 200)}`);
}

const MAX_ISSUES = 8;

/** Every problem of a value in one sentence, with the path of each. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const sentences = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => `${issue.path.length > 0 ? issue.path.join('.') : 'message'}: ${issue.message}`);
  if (issues.length > MAX_ISSUES) sentences.push(`and ${issues.length - MAX_ISSUES} more`);
  return sentences.join('; ').slice(0, 2000);
}

/** Whether a JSON value is nested deeper than a number of levels; iterative, as the value may be hostile. */
function deeperThan(json: unknown, levels: number): boolean {
  let layer: unknown[] = [json];
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth > levels) return true;
    const next: unknown[] = [];
    for (const value of layer) {
      if (typeof value !== 'object' || value === null) continue;
      for (const child of Array.isArray(value) ? value : Object.values(value)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    layer = next;
  }
  return false;
}
