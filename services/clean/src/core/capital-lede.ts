/** Words in capitals at the very beginning: two and more, of which an acronym alone does not make a lede. */
const LEDE = /^(?:[\p{Lu}\p{M}\p{N}’'.-]+(?:\s+|(?=[,;:]))[,;:]?\s*){2,12}(?=\S*\p{Ll})/u;
const WORD = /[\p{L}\p{M}’'-]+/gu;
const CAPITALS = /^[\p{Lu}\p{M}’'-]{2,}$/u;
/** What stands before a word that does not open a sentence. */
const WITHIN_SENTENCE = /[\p{L}\p{N},;)’'-]\s+$/u;
/** Of the text so much is looked at for other forms of a word. */
const LOOKED_AT_CHARACTERS = 20_000;

/**
 * Words in capitals that open a story ("THE VILLAGE on the lake") as the story itself writes them elsewhere, within a sentence.
 * Acronyms, which stand in capitals elsewhere too, stay. Of words that it has nowhere else short ones become small and longer ones
 * keep their initial: a name in small letters would be lost to who looks for names.
 */
export function lowerCapitalLede(paragraphs: readonly string[], language: string): string[] {
  const [first, ...rest] = paragraphs;
  const lede = first === undefined ? undefined : LEDE.exec(first)?.[0];
  if (first === undefined || lede === undefined || !hasCapitalWords(lede)) return [...paragraphs];
  const forms = formsOf(
    `${first.slice(lede.length)} ${rest.join(' ')}`.slice(0, LOOKED_AT_CHARACTERS),
    language,
  );
  let isFirst = true;
  const lowered = lede.replace(WORD, (word) => {
    const opens = isFirst;
    isFirst = false;
    if (!CAPITALS.test(word)) return word;
    const small = word.toLocaleLowerCase(language);
    const form = forms.get(small) ?? unseenForm(small, language);
    return opens ? capitalised(form, language) : form;
  });
  return [lowered + first.slice(lede.length), ...rest];
}

/** Two words of three letters and more: shorter ones and single ones are initials, offices, acronyms. */
function hasCapitalWords(lede: string): boolean {
  return (lede.match(WORD) ?? []).filter((word) => CAPITALS.test(word) && word.length > 2).length >= 2;
}

const SHORT_WORD_LETTERS = 3;
const unseenForm = (word: string, language: string): string =>
  word.length > SHORT_WORD_LETTERS ? capitalised(word, language) : word;

/** How a text writes its words within its sentences: by the word in small letters, its most frequent form. */
function formsOf(text: string, language: string): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!WITHIN_SENTENCE.test(text.slice(Math.max(0, index - 3), index))) continue;
    const key = word.toLocaleLowerCase(language);
    const forms = counts.get(key) ?? new Map<string, number>();
    forms.set(word, (forms.get(word) ?? 0) + 1);
    counts.set(key, forms);
  }
  return new Map(
    [...counts].map(([key, forms]) => [
      key,
      [...forms].reduce((best, one) => (one[1] > best[1] ? one : best))[0],
    ]),
  );
}

const capitalised = (word: string, language: string): string =>
  word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
