import type { Anchor, Fingerprint, Sketch } from './fingerprint.ts';

/** How much two sets have in common, as their samples say. */
export interface Overlap {
  /** Share of the new one that is in the known one, 0 to 1. */
  readonly ofNew: number;
  /** Share of the known one that is in the new one, 0 to 1. */
  readonly ofKnown: number;
  /** Jaccard's resemblance, 0 to 1. */
  readonly resemblance: number;
  /** Common members in the samples. */
  readonly common: number;
}

/**
 * Containments and resemblance of two sets by their bottom-k sketches: what is below the smaller of their largest hashes is a
 * fair sample of both.
 */
export function overlapOf(fresh: Sketch, known: Sketch): Overlap {
  const limit = Math.min(limitOf(fresh), limitOf(known));
  let common = 0;
  let ofFresh = 0;
  let ofKnown = 0;
  for (let at = 0, other = 0; ; ) {
    const one = fresh.hashes[at] ?? Infinity;
    const two = known.hashes[other] ?? Infinity;
    if (Math.min(one, two) > limit || (one === Infinity && two === Infinity)) break;
    if (one <= two) {
      ofFresh += 1;
      at += 1;
    }
    if (two <= one) {
      ofKnown += 1;
      other += 1;
    }
    if (one === two) common += 1;
  }
  return {
    ofNew: common / Math.max(1, ofFresh),
    ofKnown: common / Math.max(1, ofKnown),
    resemblance: common / Math.max(1, ofFresh + ofKnown - common),
    common,
  };
}

/** Up to where a sketch knows its set: to its largest hash, or wholly. */
const limitOf = ({ hashes, size }: Sketch): number =>
  size > hashes.length ? (hashes.at(-1) ?? 0) : Number.MAX_SAFE_INTEGER;

/** How many of the smaller list are in the other. */
export interface Shared {
  readonly shared: number;
  readonly smaller: number;
}

/** How many members of the smaller of two lists are in the other. */
export function sharedOf(one: readonly number[], other: readonly number[]): Shared {
  const set = new Set(one);
  return {
    shared: other.filter((member) => set.has(member)).length,
    smaller: Math.min(one.length, other.length),
  };
}

/** What two texts have in common that a translation keeps. */
export interface AnchorOverlap {
  /** Cosine of what they are weighed by, 0 to 1. */
  readonly cosine: number;
  /** Sum of what the shared ones say, in bits. */
  readonly bits: number;
  readonly shared: number;
  /** How much the shared ones stand in one order: Kendall's tau, -1 to 1. */
  readonly order: number;
}

/** The likeness of two texts' anchors; what is surely a name in one of them is one in the other. */
export function anchorOverlap(fresh: Fingerprint, known: Fingerprint): AnchorOverlap {
  const inKnown = new Map(known.anchors.map((anchor) => [anchor.hash, anchor]));
  const places: (readonly [number, number])[] = [];
  let bits = 0;
  for (const anchor of fresh.anchors) {
    const other = inKnown.get(anchor.hash);
    if (other === undefined) continue;
    places.push([anchor.place, other.place]);
    bits += anchor.bits * Math.max(anchor.certainty, other.certainty);
  }
  const norm = Math.sqrt(total(fresh.anchors) * total(known.anchors));
  return {
    cosine: norm === 0 ? 0 : Math.min(1, bits / norm),
    bits,
    shared: places.length,
    order: kendallTau(places),
  };
}

const total = (anchors: readonly Anchor[]): number =>
  anchors.reduce((sum, { bits, certainty }) => sum + bits * certainty, 0);

/** Rank correlation of pairs of places (Kendall 1938); 0 where there are too few. */
function kendallTau(places: readonly (readonly [number, number])[]): number {
  let balance = 0;
  let count = 0;
  for (let one = 1; one < places.length; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const [a, b] = places[one] as readonly [number, number];
      const [c, d] = places[other] as readonly [number, number];
      balance += Math.sign((a - c) * (b - d));
      count += 1;
    }
  }
  return count === 0 ? 0 : balance / count;
}
