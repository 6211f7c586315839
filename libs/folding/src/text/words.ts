/** Scripts without spaces between words: there a character counts as a word. */
const WITHOUT_SPACES = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
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

/** Whether a text is of a script without spaces, so that its words are characters. */
export const isWithoutSpaces = (text: string): boolean => IN_WORDS_WITHOUT_SPACES.test(text.slice(0, 400));
