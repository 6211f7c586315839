import { mendCyrillic, mendLatin } from './mojibake-legacy.ts';
import { mojibakeSigns } from './mojibake-signs.ts';
import { mendUtf8 } from './mojibake-utf8.ts';

/** Text that was misread, written and misread again: seen up to three times. */
const TIMES_MAX = 3;
/** A whole text is mended where hardly a letter of it is sound, and a line where half of it may be: see {@link mendUtf8}. */
const WHOLE_SOUND_MAX = 0.05;
const LINE_SOUND_MAX = 1;

/**
 * Puts right what a scraper decoded by the wrong encoding: UTF-8 read as windows-1252, windows-1251, Mac Roman or code page 437,
 * once or several times over; Cyrillic, Greek, Hebrew, Arabic and East Asian encodings read as windows-1252; one Cyrillic
 * encoding read as another; windows-1252 read as ISO 8859-1. The bytes are made again and read strictly; what comes out must be plausible, and what was there
 * must not be. A text that is sound stays as it is, to the character. Linear in the length of the text.
 *
 * The idea to look at sequences that no writing has is ftfy's (Robyn Speer).
 */
export function mendMojibake(text: string): string {
  const signs = mojibakeSigns(text);
  const utf8 = signs.utf8
    ? (mendUtf8Again(text, WHOLE_SOUND_MAX) ?? eachLine(text, (line) => mendUtf8Again(line, LINE_SOUND_MAX)))
    : text;
  const mendLegacy = (piece: string): string | undefined =>
    (signs.runs ? mendLatin(piece) : undefined) ?? (signs.capitals ? mendCyrillic(piece) : undefined);
  const mended = signs.runs || signs.capitals ? (mendLegacy(utf8) ?? eachLine(utf8, mendLegacy)) : utf8;
  return signs.controls ? mended.replace(OPEN_BYTE, readOpenByte) : mended;
}

/** Controls that no text has: quotes and dashes of windows-1252 that were read as ISO 8859-1, or half of a character. */
const OPEN_BYTE = /[\u0080-\u009f]/g;
const windows1252 = new TextDecoder('windows-1252');
const readOpenByte = (control: string): string => windows1252.decode(Uint8Array.of(control.charCodeAt(0)));

function eachLine(text: string, mend: (line: string) => string | undefined): string {
  return text
    .split('\n')
    .map((line) => mend(line) ?? line)
    .join('\n');
}

function mendUtf8Again(piece: string, soundShareMax: number): string | undefined {
  let mended: string | undefined = piece;
  let sound: string | undefined;
  for (let times = 0; times < TIMES_MAX; times += 1) {
    mended = mendUtf8(mended, soundShareMax);
    if (mended === undefined) break;
    // Between two misreadings a control stands for a byte that the encoding leaves open.
    if (mended.search(OPEN_BYTE) < 0) sound = mended;
  }
  return sound;
}
