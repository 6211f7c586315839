/**
 * Combining marks kept in a row. Unicode's Stream-Safe Text Format (UAX #15, section 13) allows 30; more is an attack:
 * normalising a run of a million marks takes minutes.
 */
const MARKS_IN_A_ROW = /(\p{M}{30})\p{M}+/gu;
const LINE_BREAKS = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g;
/** Soft hyphen, zero-width and bidirectional controls, byte order mark, object replacement, interlinear annotation. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFC]/g;
/** A zero-width joiner or non-joiner has a meaning between letters of joining scripts and within emoji alone. */
const IDLE_JOINER =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;
const JOINER = /[\u200C\u200D]/;
const BLANKS = /[^\S\n]+/g;
const BLANKS_AT_BREAKS = / ?\n ?/g;
const BLANK_LINES = /\n{3,}/g;
/** A space before a full stop or comma that ends a word; not before an ellipsis, a decimal or a name such as .NET. */
const STRAY_SPACE = / ([.,])(?=$|[\s"'”“’»)\]])/gm;
const WORD_END = /[\p{L}\p{M}\p{N}%)\]}"'”“’»]$/u;

/**
 * The same text in one form: Unicode NFC, `\n` for every line break, one space for any blank, at most one empty line,
 * no invisible characters, no stray space before a stop. Linear in the length of the text, and idempotent.
 */
export function normaliseText(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_BREAKS, '\n')
    .replace(INVISIBLE, '')
    .replace(MARKS_IN_A_ROW, '$1')
    .replace(IDLE_JOINER, '')
    .normalize('NFC')
    .replace(BLANKS, ' ')
    .replace(BLANKS_AT_BREAKS, '\n')
    .replace(BLANK_LINES, '\n\n')
    .trim()
    .replace(STRAY_SPACE, '$1');
}

/** Looks behind only where there is a space to mend: a lookbehind at each character takes most of the time. */
function mendStop(whole: string, stop: string, at: number, text: string): string {
  return WORD_END.test(text.slice(Math.max(0, at - 2), at)) ? stop : whole;
}

/** As {@link normaliseText}, on one line. */
export function normaliseLine(text: string): string {
  return normaliseText(text).replace(/\n+/g, ' ');
}
