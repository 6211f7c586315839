/** A word of a text: letters, their marks, digits. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** In lower case, for looking it up. */
  readonly key: string;
  readonly letterCase: LetterCase;
}

/** `caseless` for scripts without capitals, and for digits. */
export type LetterCase = 'lower' | 'capitalised' | 'capitals' | 'caseless';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    key: word.toLowerCase(),
    letterCase: letterCaseOf(word),
  }));
}

function letterCaseOf(word: string): LetterCase {
  const lower = word.toLowerCase();
  if (word === lower) return word === word.toUpperCase() ? 'caseless' : 'lower';
  if (word.length > 1 && word === word.toUpperCase()) return 'capitals';
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return first === first.toLowerCase() ? 'lower' : 'capitalised';
}

/** Whether a word may stand for one of a name: “Berlin” for Berlin or BERLIN, “us” not for US, “reading” not for Reading. */
export function fitsCase(written: LetterCase, name: LetterCase): boolean {
  if (name === 'capitals') return written === 'capitals';
  if (name === 'capitalised') return written === 'capitalised' || written === 'capitals';
  return true;
}

/** What may stand between two words of one name: a space, a hyphen, an apostrophe, a stop after an abbreviation. */
const JOINT = /^(?:[ \u00a0\u202f'’‘ʼʻ\u2010\u2011-]|\.[ \u00a0]?| ?& ?| [-–—] |, )$/u;

export const joinsName = (gap: string): boolean => JOINT.test(gap);
