import { wordList } from './word-list.ts';

/** Languages whose „ is closed by ” and not by “. */
const CLOSED_BY_HIGH_RIGHT = new Set(['pl', 'hu', 'ro', 'nl', 'hr', 'sr', 'bs', 'mk', 'hy']);
/** Languages that set a space before high punctuation. */
const SPACED_PUNCTUATION = new Set(['fr', 'br', 'oc']);
/** Languages in which “ closes what „ opened. */
const OPENED_LOW = new Set(
  wordList(`
  de, cs, sk, sl, bg, lt, lv, et, is, ka, uk, ru, be, sq, da,
`),
);

const SPACE_BEFORE_PUNCTUATION = /(?<=[\p{L}\p{M})\]”“’»]) ([!?;:])(?=$|[\s”“’»)\]])/gmu;

/**
 * Mends what the language decides: the space before `!`, `?`, `;` and `:` (right in French), and quotation marks of which
 * one half was lost to ASCII. Marks that pair up are left as they are.
 */
export function mendTypography(paragraph: string, language: string): string {
  const primary = language.split('-')[0] ?? '';
  const spaced = SPACED_PUNCTUATION.has(primary)
    ? paragraph
    : paragraph.replace(SPACE_BEFORE_PUNCTUATION, '$1');
  return mendQuotes(spaced, primary);
}

/** One half typographic, the other ASCII: both become typographic. Linear; other marks are not touched. */
function mendQuotes(paragraph: string, language: string): string {
  const text = paragraph.replace(/``(?=\S)/g, '“').replace(/(?<=\S)''/g, '”');
  if (!text.includes('"') || !/[„“”«»]/.test(text)) return text;
  const lowOpening = OPENED_LOW.has(language) || CLOSED_BY_HIGH_RIGHT.has(language);
  const closer: Record<string, string> = {
    '„': CLOSED_BY_HIGH_RIGHT.has(language) ? '”' : '“',
    '“': '”',
    '«': '»',
    '»': '«',
  };
  const marks = text.split('');
  let open: { mark: string; at: number } | undefined;
  for (const [at, mark] of marks.entries()) {
    if (!'"„“”«»'.includes(mark)) continue;
    const closing = at > 0 && !/[\s([{]/.test(marks[at - 1] ?? '');
    if (!closing) {
      open = { mark, at };
    } else if (open && open.mark !== '"' && mark === '"') {
      marks[at] = closer[open.mark] ?? mark;
      open = undefined;
    } else if (open?.mark === '"' && mark !== '"') {
      const opener =
        mark === '»' ? '«' : mark === '«' ? '»' : lowOpening ? '„' : mark === '”' ? '“' : undefined;
      if (opener) marks[open.at] = opener;
      open = undefined;
    } else {
      open = undefined;
    }
  }
  return marks.join('');
}
