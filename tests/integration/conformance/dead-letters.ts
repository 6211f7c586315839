import { expect } from '@jest/globals';
import { readHeader, topics, type RejectReason } from '@wirefold/contracts';
import {
  jsonOf,
  type StageRun,
  type StageSubject,
  type TappedMessage,
  type TestKafka,
  type TestMessage,
} from '@wirefold/testing';

/** The value of a message as it goes to the broker. */
export const bytesOf = ({ value }: TestMessage): Buffer | null =>
  Buffer.isBuffer(value) || value === null
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

export const keyOf = ({ key }: { readonly key?: string | Buffer | null }): string => String(key);

/** The last of some messages; there must be one. */
export function last(messages: readonly TappedMessage[]): TappedMessage {
  const message = messages.at(-1);
  if (message === undefined) throw new Error('expected a message; there is none');
  return message;
}

/** What must be true of a message that was given up: its own bytes, the reason and the error, and a receipt. */
export async function expectDeadLetter(
  { stage, input }: StageSubject,
  run: StageRun,
  kafka: TestKafka,
  message: TestMessage,
  reason: RejectReason,
  error: RegExp,
): Promise<TappedMessage> {
  const ofMessage = (one: TappedMessage) => keyOf(one) === keyOf(message);
  const letter = last((await run.deadLetters(1)).filter(ofMessage));
  const header = (name: string) => readHeader(letter.headers, name);
  const value = bytesOf(message);
  // Not toEqual: it would compare 16 MiB one by one.
  expect(value === null ? letter.value === null : letter.value?.equals(value)).toBe(true);
  expect(header('wirefold-stage')).toBe(stage);
  expect(header('wirefold-reason')).toBe(reason);
  expect(header('wirefold-error')).toMatch(error);
  expect(header('wirefold-topic')).toBe(input.name);
  const isRecord = ({ partition, offset }: TappedMessage) =>
    String(partition) === header('wirefold-partition') && offset === header('wirefold-offset');
  const record = last(await kafka.messages(input, 1, isRecord));
  expect(keyOf(record)).toBe(keyOf(message));
  expect(header('wirefold-timestamp')).toBe(record.timestamp);
  expect(Date.parse(header('wirefold-failed-at') ?? '')).toBeCloseTo(Date.now(), -5);

  const receipt = topics.indexed.schema.parse(jsonOf(last((await run.receipts(1)).filter(ofMessage))));
  expect(receipt).toMatchObject({ outcome: 'rejected', stage, reason, deadLetter: `${stage}.dlq.v1` });
  expect(receipt.error).toMatch(error);
  expect(receipt.origin).toBe(header('wirefold-origin'));
  expect((await run.outputs(0)).filter(ofMessage)).toEqual([]);
  return letter;
}
