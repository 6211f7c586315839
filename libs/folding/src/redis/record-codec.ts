import { documentId, storyRelation } from '@wirefold/contracts';
import type { ArticleRecord, RecordState } from '../article-record.ts';
import type { Anchor, Fingerprint } from '../fingerprint.ts';
import { ByteReader, ByteWriter } from './bytes.ts';

/**
 * Layout of a record. The header is of fixed places, as scripts read and write it inside Redis; a record of another layout is
 * as good as none.
 */
export const RECORD_VERSION = 1;
export const HEADER = {
  state: 1,
  claim: 2,
  story: 9,
  relation: 25,
  score: 26,
  flags: 27,
  contentKey: 28,
  size: 36,
} as const;
const STATES: readonly RecordState[] = ['claimed', 'decided', 'confirmed'];
const KILLED = 1;
const CORRECTED = 2;
const TITLE_SIGNALS = [undefined, 'update', 'correction'] as const;

/** A record in some 600 bytes. */
export function encodeRecord(record: ArticleRecord): Buffer {
  const bytes = headerOf(record);
  bytes.text(record.uri);
  bytes.text(record.of ?? '');
  bytes.bytes(encodedFingerprint(record.fingerprint));
  return bytes.toBuffer();
}

/** The first bytes of a record, by which a script knows it. */
export const encodeHeader = (record: ArticleRecord): Buffer => headerOf(record).toBuffer();

function headerOf(record: ArticleRecord): ByteWriter {
  const bytes = new ByteWriter();
  bytes.uint(RECORD_VERSION, 1);
  bytes.uint(STATES.indexOf(record.state), 1);
  bytes.uint(record.claim, 7);
  bytes.base64(record.storyId);
  bytes.uint(storyRelation.options.indexOf(record.relation), 1);
  bytes.uint(Math.round(record.score * 255), 1);
  bytes.uint((record.isKilled ? KILLED : 0) + (record.isCorrected ? CORRECTED : 0), 1);
  bytes.base64(record.contentKey);
  return bytes;
}

/** A record is written up to three times, and only its header changes. */
const encodedFingerprints = new WeakMap<Fingerprint, Buffer>();

function encodedFingerprint(fingerprint: Fingerprint): Buffer {
  const known = encodedFingerprints.get(fingerprint);
  if (known !== undefined) return known;
  const encoded = encodeFingerprint(fingerprint);
  encodedFingerprints.set(fingerprint, encoded);
  return encoded;
}

function encodeFingerprint(fingerprint: Fingerprint): Buffer {
  const bytes = new ByteWriter();
  bytes.text(fingerprint.language);
  bytes.text(fingerprint.agency ?? '');
  bytes.uint(fingerprint.isAgencys ? 1 : 0, 1);
  bytes.uint(TITLE_SIGNALS.indexOf(fingerprint.titleSignal), 1);
  // Dates go back to 1800.
  bytes.double(fingerprint.publishedMs);
  bytes.uint(Math.min(fingerprint.words, 2 ** 24 - 1), 3);
  bytes.uint(Math.min(fingerprint.shingles.size, 2 ** 24 - 1), 3);
  bytes.list(fingerprint.shingles.hashes, 3);
  bytes.uint(Math.min(fingerprint.terms.size, 2 ** 16 - 1), 2);
  bytes.list(fingerprint.terms.hashes, 2);
  bytes.list(fingerprint.lead, 2);
  bytes.list(fingerprint.figures, 2);
  bytes.list(fingerprint.title, 2);
  bytes.list(fingerprint.anchors.map(packAnchor), 5);
  return bytes.toBuffer();
}

/** A record; undefined where the bytes are none of this layout. */
export function decodeRecord(bytes: Buffer): ArticleRecord | undefined {
  if (bytes.length <= HEADER.size || bytes[0] !== RECORD_VERSION) return undefined;
  try {
    return decode(new ByteReader(bytes));
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function decode(bytes: ByteReader): ArticleRecord | undefined {
  bytes.uint(1);
  const state = STATES[bytes.uint(1)];
  const claim = bytes.uint(7);
  const storyId = bytes.base64(16);
  const relation = storyRelation.options[bytes.uint(1)];
  const score = bytes.uint(1) / 255;
  const flags = bytes.uint(1);
  const contentKey = bytes.base64(8);
  const uri = bytes.text();
  const of = bytes.text();
  if (state === undefined || relation === undefined) return undefined;
  return {
    id: documentId(uri),
    uri,
    state,
    claim,
    storyId,
    relation,
    score,
    ...(of === '' ? {} : { of }),
    isKilled: (flags & KILLED) !== 0,
    isCorrected: (flags & CORRECTED) !== 0,
    contentKey,
    fingerprint: decodeFingerprint(bytes),
  };
}

function decodeFingerprint(bytes: ByteReader): Fingerprint {
  const language = bytes.text();
  const agency = bytes.text();
  const isAgencys = bytes.uint(1) === 1;
  const titleSignal = TITLE_SIGNALS[bytes.uint(1)];
  const publishedMs = bytes.double();
  const words = bytes.uint(3);
  const shingles = { size: bytes.uint(3), hashes: bytes.list(3) };
  const terms = { size: bytes.uint(2), hashes: bytes.list(2) };
  const lead = bytes.list(2);
  const figures = bytes.list(2);
  const title = bytes.list(2);
  const anchors = bytes.list(5).map(unpackAnchor);
  return {
    language,
    publishedMs,
    words,
    shingles,
    lead,
    terms,
    figures,
    anchors,
    title,
    ...(titleSignal && { titleSignal }),
    ...(agency === '' ? {} : { agency }),
    isAgencys,
  };
}

/** Hash, bits (4 bits), certainty in tenths (4 bits), place. */
const packAnchor = ({ hash, bits, certainty, place }: Anchor): number =>
  hash * 2 ** 16 + bits * 2 ** 12 + Math.round(certainty * 10) * 2 ** 8 + place;
const unpackAnchor = (packed: number): Anchor => ({
  hash: Math.floor(packed / 2 ** 16),
  bits: Math.floor(packed / 2 ** 12) % 16,
  certainty: (Math.floor(packed / 2 ** 8) % 16) / 10,
  place: packed % 2 ** 8,
});
