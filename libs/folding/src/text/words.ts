/** Scripts without spaces between words, for a class of a regular expression: there a character counts as a word. */
export const WITHOUT_SPACES = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`[${WITHOUT_SPACES}]|[[\p{L}\p{N}]--[${WITHOUT_SPACES}]]+`, 'gv');
/** The same for a text that has nothing of those scripts: the difference of sets makes the other slow. */
const WORD_WITH_SPACES = /[\p{L}\p{N}]+/gu;
const IN_WORDS_WITHOUT_SPACES = new RegExp(`[${WITHOUT_SPACES}]`, 'u');

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;
const MARKS = /\p{M}+/gu;

/** One form of a text for comparison: lower case, without accents, and with plain letters for their typographic variants. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize('NFKD').replaceAll(MARKS, '');
}

/** The words of a text that went through {@link foldCase}; a character where the script has no spaces. */
export const wordsOf = (folded: string): readonly string[] =>
  folded.match(IN_WORDS_WITHOUT_SPACES.test(folded) ? WORD : WORD_WITH_SPACES) ?? [];

/** Whether most of a text's words, as {@link wordsOf} gives them, are characters of a script without spaces. */
export function areCharacters(words: readonly string[]): boolean {
  const beginning = words.slice(0, 200);
  return beginning.filter((word) => IN_WORDS_WITHOUT_SPACES.test(word)).length * 2 > beginning.length;
}
