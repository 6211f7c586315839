import type { Candidate, LookUp } from '../fold-store.ts';
import { placesOf } from './places.ts';
import { POSTING } from './scripts.ts';

/** Candidates that are looked at: those that have more in common than a name that many have, and a few others in any case. */
const MOST_CANDIDATES = 24;
const LEAST_CANDIDATES = 2;
const LIKELY_BITS = 6;

const REF_CHARACTERS = 8;
/** By which an article is known in postings: the beginning of its document id, which is a hash. */
export const refOf = (id: string): string => id.slice(0, REF_CHARACTERS);

/** What is asked of one shard. */
export interface Shard {
  readonly items: Buffer[];
  /** Of each item: whose it is, and what it says. */
  readonly of: { readonly index: number; readonly bits: number }[];
  /** How many of the items are runs of words. */
  runs: number;
}

/** Runs of words before anchors, as the script wants them. */
export function sortIntoShards(lookUps: readonly LookUp[]): Map<number, Shard> {
  const shards = new Map<number, Shard>();
  const refs = lookUps.map(({ id }) => Buffer.from(refOf(id), 'base64url'));
  for (const kind of ['run', 'anchor'] as const) {
    lookUps.forEach(({ postings }, index) => {
      for (const posting of postings) {
        if (posting.kind !== kind) continue;
        const { shard, place } = placesOf(posting);
        const known = shards.get(shard) ?? { items: [], of: [], runs: 0 };
        shards.set(shard, known);
        known.items.push(place, refs[index] as Buffer);
        known.of.push({ index, bits: posting.bits });
        if (kind === 'run') known.runs += 1;
      }
    });
  }
  return shards;
}

/** The candidates of each look-up, of the hours since `sinceHour`; a posting that many have counts less. */
export function candidatesOf(
  lookUps: readonly LookUp[],
  shards: ReadonlyMap<number, Shard>,
  found: ReadonlyMap<number, Buffer>,
  sinceHour: number,
): Candidate[][] {
  // By the ref as a number, as most of them are no candidates in the end.
  const looking = lookUps.map(({ id }) => ({ own: numberOf(refOf(id)), bitsOf: new Map<number, number>() }));
  const { entryBytes, tagBytes, refBytes, hourBytes } = POSTING;
  for (const [shard, { of }] of shards) {
    const answer = found.get(shard) as Buffer;
    let at = 0;
    for (const { index, bits } of of) {
      const { own, bitsOf } = looking[index] as (typeof looking)[number];
      const end = at + 1 + (answer[at] as number) * entryBytes;
      const refs: number[] = [];
      for (at += 1 + tagBytes; at < end; at += entryBytes) {
        const ref = answer.readUIntBE(at, refBytes);
        if (ref !== own && answer.readUIntBE(at + refBytes, hourBytes) >= sinceHour) refs.push(ref);
      }
      at = end;
      const weight = bits / Math.sqrt(refs.length);
      for (const ref of refs) bitsOf.set(ref, (bitsOf.get(ref) ?? 0) + weight);
    }
  }
  return looking.map(({ bitsOf }) => likeliestOf(bitsOf));
}

const numberOf = (ref: string): number => Buffer.from(ref, 'base64url').readUIntBE(0, POSTING.refBytes);

function likeliestOf(bitsOf: ReadonlyMap<number, number>): Candidate[] {
  const likely = [...bitsOf].filter(([, bits]) => bits >= LIKELY_BITS);
  // Most have no more in common than a name: they are put in order only where nothing better is there.
  const ordered = (likely.length >= LEAST_CANDIDATES ? likely : [...bitsOf]).toSorted(
    ([one, bits], [other, others]) => others - bits || one - other,
  );
  const most = Math.min(MOST_CANDIDATES, Math.max(likely.length, LEAST_CANDIDATES));
  return ordered.slice(0, most).map(([number, bits]) => {
    refBuffer.writeUIntBE(number, 0, POSTING.refBytes);
    return { ref: refBuffer.toString('base64url'), bits };
  });
}
const refBuffer = Buffer.alloc(POSTING.refBytes);
