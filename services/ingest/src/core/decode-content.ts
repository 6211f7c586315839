import { isAscii, isUtf8 } from 'node:buffer';
import { BadMessage } from '@wirefold/pipeline';
// The runtime's own decoder lacks the rarer syllables of EUC-KR and the Hong Kong characters of Big5.
import { getBOMEncoding, labelToName, TextDecoder } from '@exodus/bytes/encoding.js';
import sniffEncoding from 'html-encoding-sniffer';
import { guessEncoding } from './guess-encoding.ts';

/**
 * The text of a page's bytes. Encodings are tried in the order of the WHATWG: byte order mark, the header's charset, what the
 * first 1,024 bytes declare, then UTF-8, then a guess. Unlike a browser this does not believe a declaration that the bytes
 * belie: UTF-8 that is none, or another encoding for what is UTF-8 to the last byte.
 *
 * @param charset of the page's Content-Type header; a label that nobody knows is passed over
 * @throws BadMessage where the bytes are no text: a picture, an archive
 */
export function decodeContent(bytes: Uint8Array, charset?: string): string {
  const isValidUtf8 = isUtf8(bytes);
  if (isValidUtf8 && (hasNeverByChance(bytes) || (isAscii(bytes) && !mayHideOthers(bytes))))
    return decode(bytes, 'utf-8');
  for (const encoding of declaredEncodings(bytes, charset)) {
    const text = decode(bytes, encoding);
    if ((isValidUtf8 && encoding === 'UTF-8') || isCredible(text)) return text;
  }
  if (isValidUtf8 && !mayHideOthers(bytes)) return decode(bytes, 'utf-8');
  const guess = guessEncoding(bytes);
  // A stray NUL or escape makes nothing else of UTF-8.
  if (isValidUtf8 && !('encoding' in guess && IN_SEVEN_BITS.has(guess.encoding)))
    return decode(bytes, 'utf-8');
  if ('mediaType' in guess) throw new BadMessage('unprocessable', `content is ${guess.mediaType}, not text`);
  return decode(bytes, guess.encoding);
}

const IN_SEVEN_BITS: ReadonlySet<string> = new Set(['utf-16le', 'utf-16be', 'iso-2022-jp']);

const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

/** Encodings that only keep a browser from doing harm. */
const NO_ENCODINGS: ReadonlySet<string> = new Set(['', 'replacement', 'x-user-defined']);

function declaredEncodings(bytes: Uint8Array, charset: string | undefined): string[] {
  const declared = [
    getBOMEncoding(bytes) ?? '',
    labelToName(charset ?? '') ?? '',
    sniffEncoding(bytes, { defaultEncoding: '' }),
  ];
  return [...new Set(declared)].filter((encoding) => !NO_ENCODINGS.has(encoding));
}

/** UTF-16 and ISO-2022-JP can do without a byte above 127, but not without these. */
const mayHideOthers = (bytes: Uint8Array): boolean => bytes.includes(0x00) || bytes.includes(0x1b);

const FIRST_LEAD_BYTE = 0xc2;
const SURE_CHARACTERS = 3;

/** Whether valid UTF-8 has so many characters of several bytes that no other encoding makes them by chance. */
function hasNeverByChance(bytes: Uint8Array): boolean {
  let characters = 0;
  for (const byte of bytes) {
    if (byte < FIRST_LEAD_BYTE) continue;
    characters += 1;
    if (characters === SURE_CHARACTERS) return true;
  }
  return false;
}

const REPLACEMENT = 0xfffd;
/** Of the characters above 127, how many may be broken: pages are put together from parts, and cut inside a character. */
const BROKEN_MAX_SHARE = 1 / 3;

function isCredible(text: string): boolean {
  let broken = 0;
  let aboveAscii = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) aboveAscii += 1;
    if (unit === REPLACEMENT) broken += 1;
  }
  return broken <= aboveAscii * BROKEN_MAX_SHARE;
}
