/**
 * Combining marks kept in a row. Unicode's Stream-Safe Text Format (UAX #15, section 13) allows 30; more is an attack:
 * normalising a run of a million marks takes minutes.
 */
const MARKS_IN_A_ROW = /(\p{M}{30})\p{M}+/gu;
const LINE_BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/**
 * Control and format characters (soft hyphen, zero-width, bidirectional, byte order mark, hidden tags), fillers and object
 * replacements; not the joiners, nor the signs before Arabic and Indic numbers, which are seen.
 */
const INVISIBLE =
  /[[\p{Cc}\p{Cf}\u115F\u1160\u180E\u3164\uFFA0\uFFFC]--[\t\n\u200C-\u200D\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]]|\u034F/gv;
/** A zero-width joiner or non-joiner has a meaning between letters of joining scripts and within emoji alone. */
const IDLE_JOINER =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;
const JOINER = /[\u200C\u200D]/;
const BLANKS = /[^\S\n]+/g;
const BLANKS_AT_BREAKS = / ?\n ?/g;
const BLANK_LINES = /\n{3,}/g;
/**
 * A space before a full stop or comma that ends a word; not before an ellipsis, a decimal or a name such as .NET. Before the Arabic
 * marks and the Chinese ones no space is ever right.
 */
const STRAY_SPACE = / (?:([.,،؛؟])(?=$|[\s"'”“’»)\]])|([。，、；：！？]))/gm;
const WORD_END = /[\p{L}\p{M}\p{N}%)\]}"'”“’»]$/u;

/**
 * Anything but the letters and marks of common writing that are in Unicode's form C as they are, whatever stands beside them: ASCII,
 * Latin, Cyrillic, Hangul syllables, Han, and the quotes and dashes of print.
 */
const UNCOMMON =
  /[^ -~\u00A1-\u00AC\u00AE-\u024F\u0400-\u0482\u048A-\u04FF\u2010-\u2027\u20AC\u3001\u3002\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF5E]/;
/** Spaces that are mended. */
const UNTIDY = /^ | $| (?:[ .,。，、；：！？])/;

/**
 * The same text in one form: Unicode NFC, `\n` for every line break, one space for any blank, at most one empty line,
 * no invisible characters, no stray space before a stop. Linear in the length of the text, and idempotent.
 */
export function normaliseText(text: string): string {
  if (!UNCOMMON.test(text) && !UNTIDY.test(text)) return text;
  const visible = text
    .toWellFormed()
    .replace(LINE_BREAKS, '\n')
    .replace(INVISIBLE, '')
    .replace(MARKS_IN_A_ROW, '$1');
  return (JOINER.test(visible) ? visible.replace(IDLE_JOINER, '') : visible)
    .normalize('NFC')
    .replace(BLANKS, ' ')
    .replace(BLANKS_AT_BREAKS, '\n')
    .replace(BLANK_LINES, '\n\n')
    .trim()
    .replace(STRAY_SPACE, mendStop);
}

/** Looks behind only where there is a space to mend: a lookbehind at each character takes most of the time. */
function mendStop(
  whole: string,
  stop: string | undefined,
  wideStop: string | undefined,
  at: number,
  text: string,
): string {
  if (stop === undefined) return wideStop ?? whole;
  return WORD_END.test(text.slice(Math.max(0, at - 2), at)) ? stop : whole;
}

/** As {@link normaliseText}, on one line. */
export function normaliseLine(text: string): string {
  return normaliseText(text).replace(/\n+/g, ' ');
}
