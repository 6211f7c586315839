import type { ResidueKind } from '@wirefold/contracts';
import type { ShapedLine } from '../line.ts';

/**
 * Where a line stands against the paragraphs that are surely text: before the first (`head`), between the first and the
 * second (`deck`), after the last sentence (`tail`).
 */
export type Zone = 'head' | 'deck' | 'middle' | 'tail';

/** A line, or a part of it, is residue. */
export interface Cut {
  readonly kind: ResidueKind;
  /** The rule, in words for people. */
  readonly reason: string;
  /** The part that is cut, and what is left of the line; absent when the whole line is cut. */
  readonly part?: { readonly cut: string; readonly left: string };
}

/** Tells from the line alone. */
export type MarkedRule = (line: ShapedLine) => Cut | undefined;

/** Tells from the line and its place. */
export type PlacedRule = (line: ShapedLine, zone: Zone) => Cut | undefined;

/** The first rule that cuts. */
export function firstCut<Rest extends readonly unknown[]>(
  rules: readonly ((line: ShapedLine, ...rest: Rest) => Cut | undefined)[],
  line: ShapedLine,
  ...rest: Rest
): Cut | undefined {
  for (const rule of rules) {
    const cut = rule(line, ...rest);
    if (cut) return cut;
  }
  return undefined;
}
