import { detect } from 'jschardet';

/** An encoding, as the WHATWG names it; or the media type of what is no text. */
export type Guess = { readonly encoding: string } | { readonly mediaType: string };

/**
 * Names of the detector's, with the encoding that each is read as. Encodings that are left out are rarer than the mistakes
 * that they would bring: those of MS-DOS and of the Macintosh, and ISO 8859-15, which all but equals windows-1252.
 */
const CANDIDATES: Readonly<Record<string, string>> = {
  'utf-16-le': 'utf-16le',
  'utf-16-be': 'utf-16be',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp874: 'windows-874',
  big5hkscs: 'big5',
  ...Object.fromEntries(
    (
      'iso-2022-jp shift_jis euc-jp gb18030 big5 euc-kr koi8-r koi8-u ibm866 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-13 ' +
      'windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258'
    )
      .split(' ')
      .map((name) => [name, name]),
  ),
};
const NAMES = Object.keys(CANDIDATES);

/** Enough to tell by; a page may begin with more than that of ASCII. */
const SAMPLE_BYTES = 64 * 1024;

/** The likeliest encoding of bytes that do not say it, by the statistics of languages. The bytes are not ASCII. */
export function guessEncoding(bytes: Uint8Array): Guess {
  const telling = bytes.findIndex((byte) => byte > 0x7f || byte === 0x1b);
  const start = telling < SAMPLE_BYTES / 2 ? 0 : telling;
  const { encoding, mimeType } = detect(bytes.subarray(start, start + SAMPLE_BYTES), {
    detectEncodings: NAMES,
  });
  if (encoding !== null) return { encoding: CANDIDATES[encoding.toLowerCase()] ?? 'windows-1252' };
  return { mediaType: mimeType ?? 'application/octet-stream' };
}
