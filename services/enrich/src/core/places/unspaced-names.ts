import type { Place, PlaceName } from './place-names.ts';

/** Scripts that are written without spaces between words, or with particles joined to them (Hangul). */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー・]+$/u;
const HAS_UNSPACED =
  /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Scripts with short syllables need longer names, to be told from parts of words. */
const SHORT = /^(?:[\p{Script=Han}]{1}|[\p{Script=Hangul}]{1}|[^\p{Script=Han}\p{Script=Hangul}]{1,2})$/u;

export const isUnspaced = (name: string): boolean => UNSPACED.test(name);

export interface UnspacedMatch {
  readonly start: number;
  readonly end: number;
  readonly places: readonly Place[];
}

/** Names in scripts without spaces, found by their longest match. */
export class UnspacedNames {
  /** By the first two characters; each list with the longest name first. */
  readonly #byStart = new Map<string, { readonly name: string; readonly places: Place[] }[]>();

  add({ name, place }: PlaceName): void {
    if (SHORT.test(name)) return;
    const start = name.slice(0, 2);
    const names = this.#byStart.get(start) ?? [];
    const known = names.find((other) => other.name === name);
    if (known === undefined) names.push({ name, places: [place] });
    else if (!known.places.includes(place)) known.places.push(place);
    names.sort((a, b) => b.name.length - a.name.length);
    this.#byStart.set(start, names);
  }

  *matches(text: string): Generator<UnspacedMatch> {
    if (this.#byStart.size === 0 || !HAS_UNSPACED.test(text)) return;
    for (let start = 0; start < text.length - 1; ) {
      const found = this.#byStart
        .get(text.slice(start, start + 2))
        ?.find(({ name }) => text.startsWith(name, start) && isWord(text, start, start + name.length));
      if (found !== undefined) yield { start, end: start + found.name.length, places: found.places };
      start += found?.name.length ?? 1;
    }
  }
}

const KATAKANA = /^[\p{Script=Katakana}ー]$/u;
const HANGUL = /^\p{Script=Hangul}$/u;

/** A run of Katakana is one word, and a Korean word begins after a space: a name is not found inside of them. */
function isWord(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  const first = text.charAt(start);
  if (HANGUL.test(first) && HANGUL.test(before)) return false;
  if (KATAKANA.test(first) && KATAKANA.test(before)) return false;
  return !(KATAKANA.test(text.charAt(end - 1)) && KATAKANA.test(text.charAt(end)));
}
