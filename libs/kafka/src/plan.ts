import { Outage, type Handled, type Settled } from '@wirefold/pipeline';
import type { RejectReason } from '@wirefold/contracts';
import {
  deadLetterMessage,
  outputMessage,
  receiptMessage,
  type Outbound,
  type OutboundContext,
} from './outbound-messages.ts';
import type { ReadRecord } from './records.ts';

/** What is to be done about a chunk of records, in the order of the partition. */
export interface Plan {
  /** One entry for each record that is settled, up to the first that has to wait. */
  readonly settled: readonly PlannedRecord[];
  /** Why the record after the settled ones has to wait; undefined when all are settled. */
  readonly outage: Outage | undefined;
}

export interface PlannedRecord {
  readonly record: ReadRecord<unknown>;
  readonly handled: Handled;
  readonly reason: RejectReason | undefined;
  readonly messages: readonly Outbound[];
}

/** This many alike, and more than half of the chunk: then it isn't the messages. */
const ALIKE_AT_LEAST = 5;

/**
 * Decides what to send. Everything from the first outage on is left for the next attempt, so that offsets can be
 * committed up to it.
 *
 * @param results one for each record with a delivery, in order
 */
export function planChunk(
  records: readonly ReadRecord<unknown>[],
  results: readonly Settled<object>[],
  context: OutboundContext,
): Plan {
  const epidemic = commonError(results);
  const settled: PlannedRecord[] = [];
  let next = 0;
  for (const record of records) {
    if (record.delivery === undefined) {
      settled.push(
        rejected(record, record.problem?.reason ?? 'unexpected', record.problem?.message ?? '', context),
      );
      continue;
    }
    const result = results[next] as Settled<object>;
    next += 1;
    if (result.kind === 'outage') return { settled, outage: result.outage };
    if (result.kind === 'unexpected' && epidemic !== undefined) {
      const text = `most of a batch failed alike: ${epidemic}`;
      return { settled, outage: new Outage('unknown', 'EPIDEMIC', text, { cause: result.error }) };
    }
    settled.push(planRecord(record, result, context));
  }
  return { settled, outage: undefined };
}

function planRecord(
  record: ReadRecord<unknown>,
  result: Exclude<Settled<object>, { kind: 'outage' }>,
  context: OutboundContext,
): PlannedRecord {
  switch (result.kind) {
    case 'pass':
      return passed(record, result.output, context);
    case 'drop':
      return {
        record,
        handled: result.outcome,
        reason: undefined,
        messages: [receiptMessage(record, result.outcome, context)],
      };
    case 'redelivered':
      return { record, handled: 'redelivered', reason: undefined, messages: [] };
    case 'reject':
      return rejected(record, result.reason, result.error, context);
    case 'unexpected':
      return rejected(record, 'unexpected', `${result.error.name}: ${result.error.message}`, context);
  }
}

function passed(record: ReadRecord<unknown>, output: object, context: OutboundContext): PlannedRecord {
  let message: Outbound;
  try {
    message = outputMessage(record, output, context);
  } catch (error) {
    return rejected(
      record,
      'unprocessable',
      `the result can't be written as JSON: ${String(error)}`,
      context,
    );
  }
  const limit = context.output.maxMessageBytes - RECORD_OVERHEAD_BYTES;
  if (message.bytes > limit) {
    return rejected(
      record,
      'output-too-large',
      `the result has ${message.bytes} bytes; ${context.output.name} takes ${limit}`,
      context,
    );
  }
  const handled = context.stage === 'index' ? 'indexed' : 'passed';
  return { record, handled, reason: undefined, messages: [message] };
}

/** Framing of one record in a batch, generously. */
const RECORD_OVERHEAD_BYTES = 4096;

function rejected(
  record: ReadRecord<unknown>,
  reason: RejectReason,
  error: string,
  context: OutboundContext,
): PlannedRecord {
  return {
    record,
    handled: 'rejected',
    reason,
    messages: [
      deadLetterMessage(record, reason, error, context),
      receiptMessage(record, 'rejected', context, { reason, error: error.slice(0, 2000) }),
    ],
  };
}

/** The error that more than half of the results have in common, if there is one. */
function commonError(results: readonly Settled<object>[]): string | undefined {
  const counts = new Map<string, number>();
  for (const result of results) {
    if (result.kind !== 'unexpected') continue;
    const key = `${result.error.name}: ${result.error.message}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, count] of counts) {
    if (count >= ALIKE_AT_LEAST && count * 2 > results.length) return key;
  }
  return undefined;
}
