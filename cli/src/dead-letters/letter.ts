import {
  isDeadLetter,
  markKind,
  parseMessage,
  readHeader,
  readRedrives,
  scrapedArticle,
  type MarkKind,
  type StageName,
} from '@wirefold/contracts';
import type { PlacedMessage } from '@wirefold/kafka';
import { z } from 'zod';

/** Where a record of a dead letter topic stands. */
export interface LetterPlace {
  readonly partition: number;
  readonly offset: number;
}

/** A dead letter, without the bytes of the original. */
export interface Letter extends LetterPlace {
  readonly stage: StageName;
  readonly failedAt: string;
  readonly reason: string;
  readonly error: string;
  /** As the message has it, else the record's key. */
  readonly uri: string | undefined;
  readonly origin: string;
  readonly redrives: number;
  /** Where the original was read, and its time in milliseconds since 1970. */
  readonly topic: string;
  readonly originalPartition: number;
  readonly originalTimestamp: number;
  /** Sizes of the original, where only a part of it was kept. */
  readonly cut: string | undefined;
  readonly sizeBytes: number;
}

/** What was done about a letter. */
export interface Mark {
  readonly kind: MarkKind;
  readonly marked: LetterPlace;
}

/** A record of a dead letter topic; what is neither a letter nor a mark is left alone. */
export type LetterRecord = { readonly letter: Letter } | { readonly mark: Mark } | undefined;

/** Reads a record of a stage's dead letter topic. Never throws. */
export function readLetterRecord(stage: StageName, message: PlacedMessage): LetterRecord {
  return isDeadLetter(message.headers) ? { letter: readLetter(stage, message) } : readMark(message);
}

function readLetter(stage: StageName, message: PlacedMessage): Letter {
  const { headers, key, value, partition } = message;
  const text = (name: string) => readHeader(headers, `wirefold-${name}`) ?? '';
  return {
    stage,
    partition,
    offset: Number(message.offset),
    failedAt: text('failed-at'),
    reason: text('reason'),
    error: text('error'),
    uri: uriOf(value) ?? (key === null ? undefined : key.toString('utf8')),
    origin: text('origin'),
    redrives: readRedrives(headers),
    topic: text('topic'),
    originalPartition: Number(text('partition')),
    originalTimestamp: Number(text('timestamp')),
    cut: readHeader(headers, 'wirefold-cut'),
    sizeBytes: value?.length ?? 0,
  };
}

const withUri = z.looseObject({ uri: scrapedArticle.shape.uri });

/** The uri in a message of any topic, where it can be read. */
export function uriOf(value: Buffer | null): string | undefined {
  const parsed = parseMessage(withUri, value);
  return 'value' in parsed ? parsed.value.uri : undefined;
}

function readMark({ headers, value }: PlacedMessage): LetterRecord {
  const kind = markKind.safeParse(readHeader(headers, 'wirefold-mark'));
  const [, partition, offset] =
    /^(\d{1,9})\/(\d{1,18})$/.exec(readHeader(headers, 'wirefold-marked') ?? '') ?? [];
  if (value !== null || !kind.success || partition === undefined) return undefined;
  return { mark: { kind: kind.data, marked: { partition: Number(partition), offset: Number(offset) } } };
}

/** How a letter is named on the command line: stage/partition/offset. */
export const letterId = (stage: StageName, { partition, offset }: LetterPlace): string =>
  `${stage}/${partition}/${offset}`;
