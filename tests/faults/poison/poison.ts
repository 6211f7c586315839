import type { RejectReason, StageName } from '@wirefold/contracts';
import type { RawHeader } from '../../integration/raw-records.ts';

/** What is to become of a poison. */
export type Ending =
  /** It is odd, yet an article: why that is right. */
  | { readonly outcome: 'indexed'; readonly because: string }
  /** It becomes a dead letter of this stage. */
  | {
      readonly outcome: 'rejected';
      readonly stage: StageName;
      readonly reason: RejectReason;
      readonly error: RegExp;
    }
  /** The broker does not take it: it never reaches the pipeline. */
  | { readonly outcome: 'refused'; readonly error: RegExp };

/** A record as it is to stand on the topic. */
export interface PoisonRecord {
  /** The uri as bytes where it is absent. */
  readonly key?: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: readonly RawHeader[];
  /** Milliseconds since 1970; now where it is absent. */
  readonly timestampMs?: number;
}

/** Packs a batch of one record in a way of its own. */
export interface Packing {
  /** As a record batch numbers it. */
  readonly compression: number;
  readonly pack: (record: Buffer) => Buffer | Promise<Buffer>;
}

/** A message that might hurt, and what is to become of it. */
export interface Poison {
  readonly name: string;
  /** The stage whose input it is written to: ingest, but for what no scraper can bring about. */
  readonly into: StageName;
  readonly record: (uri: string) => PoisonRecord;
  readonly packing?: Packing;
  readonly ending: Ending;
}

/** Says how a scraped message ends that ingest can't take. */
export const rejected = (reason: RejectReason, error: RegExp, stage: StageName = 'ingest'): Ending => ({
  outcome: 'rejected',
  stage,
  reason,
  error,
});

export const indexed = (because: string): Ending => ({ outcome: 'indexed', because });

/** A message of these bytes. */
export const ofBytes = (
  name: string,
  bytes: Buffer | string | null | ((uri: string) => Buffer | string),
  ending: Ending,
): Poison => ({
  name,
  into: 'ingest',
  record: (uri) => {
    const value = typeof bytes === 'function' ? bytes(uri) : bytes;
    return { value: typeof value === 'string' ? Buffer.from(value) : value };
  },
  ending,
});

export const STORY =
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles. It is to start in May, the mayor said.';

/** An article with these fields beside, or in place of, a good one's. */
export const ofFields = (name: string, fields: object, ending: Ending): Poison =>
  ofBytes(name, (uri) => JSON.stringify({ uri, content: STORY, ...fields }), ending);

/** An article that is good but for one field, written as it would stand in JSON. */
export const ofRawField = (name: string, field: string, ending: Ending): Poison =>
  ofBytes(
    name,
    (uri) => `{"uri":${JSON.stringify(uri)},"content":${JSON.stringify(STORY)},${field}}`,
    ending,
  );
