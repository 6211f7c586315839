import { stageName, stageNames, stageTopics, type StageName } from '@wirefold/contracts';
import { InvalidInput } from '../publish/read-input.ts';
import type { DeadLetter, LetterStatus } from './fold-letters.ts';

/** Which dead letters are meant; what is absent is any. */
export interface LetterFilter {
  readonly ids?: readonly string[];
  readonly stage?: StageName;
  readonly reason?: string;
  /** Given up at this time or later; milliseconds since 1970. */
  readonly sinceMs?: number;
  /** Given up before this time; milliseconds since 1970. */
  readonly untilMs?: number;
  readonly uri?: string;
  readonly status?: LetterStatus;
  /** So many at most, the oldest. */
  readonly max?: number;
}

/** The letters that are meant, the oldest first. */
export function selectLetters(letters: readonly DeadLetter[], filter: LetterFilter): DeadLetter[] {
  const { ids, stage, reason, sinceMs = -Infinity, untilMs = Infinity, uri, status, max } = filter;
  const wanted = new Set(ids);
  return letters
    .filter((letter) => {
      const failedAtMs = Date.parse(letter.failedAt);
      return (
        (wanted.size === 0 || letter.ids.some((id) => wanted.has(id))) &&
        (stage === undefined || letter.stage === stage) &&
        (reason === undefined || letter.reason === reason) &&
        (uri === undefined || letter.uri === uri) &&
        (status === undefined || letter.status === status) &&
        failedAtMs >= sinceMs &&
        failedAtMs < untilMs
      );
    })
    .toSorted(
      (one, other) =>
        Date.parse(one.failedAt) - Date.parse(other.failedAt) ||
        stageNames.indexOf(one.stage) - stageNames.indexOf(other.stage) ||
        one.partition - other.partition ||
        one.offset - other.offset,
    )
    .slice(0, max);
}

/** How many letters there are of each stage and reason, the most first. */
export function summarise(
  letters: readonly DeadLetter[],
): { readonly stage: StageName; readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, { stage: StageName; reason: string; count: number }>();
  for (const { stage, reason } of letters) {
    const key = `${stage} ${reason}`;
    const entry = counts.get(key) ?? { stage, reason, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count);
}

/** Why a letter can't be published again; undefined where it can. */
export function whyNotRedriven(letter: DeadLetter, maxRedrives: number): string | undefined {
  if (letter.cut !== undefined) return `only a part of it was kept (${letter.cut})`;
  if (letter.reason === 'undecodable') return 'it stands for a packed batch, not for a message';
  if (letter.redrives >= maxRedrives)
    return `it was redriven ${letter.redrives} times already (--max-redrives ${maxRedrives})`;
  if (letter.topic !== stageTopics[letter.stage].input.name)
    return `${letter.stage} does not read the topic that it came from (${letter.topic})`;
  return undefined;
}

const ID = /^([a-z]+)\/(\d{1,9})\/(\d{1,15})$/;

/**
 * Reads a letter's id: stage/partition/offset.
 *
 * @throws InvalidInput
 */
export function parseLetterId(id: string): { stage: StageName; partition: number; offset: number } {
  const [, name, partition, offset] = ID.exec(id) ?? [];
  const stage = stageName.safeParse(name);
  if (!stage.success) throw new InvalidInput(`${id}: expected stage/partition/offset, as in clean/0/17`);
  return { stage: stage.data, partition: Number(partition), offset: Number(offset) };
}

const SPAN = /^(\d{1,6})([smhd])$/;
const SPAN_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Reads a time: ISO 8601, or a span before now such as 2h, 30m, 7d. A day alone begins at midnight in UTC.
 *
 * @param option for the message, such as --since
 * @returns milliseconds since 1970
 * @throws InvalidInput
 */
export function parseMoment(option: string, text: string, nowMs: number): number {
  const [, count, unit] = SPAN.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * SPAN_MS[unit as keyof typeof SPAN_MS];
  const ms = ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidInput(
      `${option} ${text}: expected ISO 8601, such as 2026-03-02T06:00:00Z, or a span such as 2h, 30m, 7d`,
    );
  return ms;
}
