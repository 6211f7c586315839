import { keyOf } from './line.ts';

/** Phrases of many languages, looked up by their first word (or characters, in scripts without spaces). */
export interface PhraseSet {
  /** The whole key is one of the phrases. */
  readonly is: (key: string) => boolean;
  /** The phrase that the key begins with, the longest. */
  readonly lead: (key: string) => string | undefined;
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

export function phraseSet(...lists: readonly (readonly string[])[]): PhraseSet {
  const keys = new Set(lists.flat().map(keyOf));
  const byStart = new Map<string, string[]>();
  for (const key of [...keys].toSorted((a, b) => b.length - a.length)) {
    const start = startOf(key);
    const same = byStart.get(start);
    if (same) same.push(key);
    else byStart.set(start, [key]);
  }
  return {
    is: (key) => keys.has(key),
    lead: (key) => {
      const unspaced = UNSPACED.test(key);
      return byStart
        .get(startOf(key))
        ?.find((phrase) => key === phrase || key.startsWith(unspaced ? phrase : `${phrase} `));
    },
  };
}

function startOf(key: string): string {
  if (UNSPACED.test(key)) return key.slice(0, 1);
  const space = key.indexOf(' ');
  return space < 0 ? key : key.slice(0, space);
}

/** Tells whether one of some parts of words is in a key; `_` in a cue is the border of a word. */
export function cueFinder(cues: readonly string[]): (key: string) => boolean {
  const parts = [...new Set(cues.map((cue) => cue.split('_').map(keyOf).join(' ')))];
  return (key) => {
    const padded = ` ${key} `;
    return parts.some((part) => padded.includes(part));
  };
}
