import { agencies } from './lexicon/notices.ts';
import { keyOf } from './line.ts';
import { wordList } from '../word-list.ts';

const PARTICLES = new Set(
  wordList(`
  von, van, der, den, de, di, da, do, dos, del, della, la, le, du, al, el, bin, ibn,
  ben, und, and, et, y, e, и, та, zu, zum, ter, ten, af, av, &,
`),
);
const CAPITALISED = /^\p{Lu}[\p{L}\p{M}'’.-]*$/u;
const NAME_MAX_WORDS = 6;

/** Two to six capitalised words with particles between, without digits: how a person or an office is named. */
export function isNameLike(text: string): boolean {
  if (text.length > 80) return false;
  const words = text.split(/[\s,/]+/).filter(Boolean);
  if (words.length < 2 || words.length > NAME_MAX_WORDS) return false;
  const capitalised = words.filter((word) => CAPITALISED.test(word)).length;
  // "Hand in Hand", "Von Haus zu Haus".
  if (new Set(words).size < words.length) return false;
  return (
    capitalised >= 2 && words.every((word) => CAPITALISED.test(word) || PARTICLES.has(word.toLowerCase()))
  );
}

const agencyKeys = new Set([...agencies].map(keyOf));

export const isAgency = (word: string): boolean => agencyKeys.has(keyOf(word));

/** An agency is among a few words, such as `dpa/mk` or `AP, Reuters`. */
export function namesAgency(text: string): boolean {
  if (text.length > 80) return false;
  const words = text.split(/[\s,;/|+·・、-]+/).filter(Boolean);
  return words.length <= 8 && words.some(isAgency);
}

/** Every word is an agency or initials, such as `dpa/mk`. */
export function isAgencyCredit(text: string): boolean {
  if (text.length > 60 || !namesAgency(text)) return false;
  return text
    .split(/[\s,;/|+·-]+/)
    .filter(Boolean)
    .every((word) => isAgency(word) || /^\p{Ll}{1,4}$|^\p{Lu}{2,6}$/u.test(word));
}
