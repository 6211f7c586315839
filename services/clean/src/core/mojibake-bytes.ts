/** What a text would be as bytes, by the encoding that it was read by. */
export interface ByteTable {
  /** The byte of a UTF-16 code unit; absent where the encoding has no such character. ASCII is in all of them. */
  readonly byteOf: ReadonlyMap<number, number>;
  /** Characters of the bytes from one to another, for a class of a regular expression. */
  readonly characters: (from: number, to: number) => string;
}

const HIGH_BYTES = Uint8Array.from({ length: 128 }, (_, index) => index + 128);

function byteTable(...readings: readonly string[]): ByteTable {
  const byteOf = new Map<number, number>();
  for (const reading of readings)
    for (let at = 0; at < 128; at += 1) byteOf.set(reading.charCodeAt(at), at + 128);
  const characters = (from: number, to: number): string =>
    [...byteOf]
      .filter(([, byte]) => byte >= from && byte <= to)
      .map(([unit]) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join('');
  return { byteOf, characters };
}

const readAs = (encoding: string): string => new TextDecoder(encoding).decode(HIGH_BYTES);
const asLatin1 = String.fromCharCode(...HIGH_BYTES);

/** The upper half of IBM's code page 437, which no decoder of the web knows. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

export const byteTables = {
  /** windows-1252 and ISO 8859-1 at once: they differ in the bytes from 80 to 9F alone, and what was read by one is none of the other. */
  latin: byteTable(asLatin1, readAs('windows-1252')),
  windows1251: byteTable(readAs('windows-1251')),
  koi8: byteTable(readAs('koi8-r'), readAs('koi8-u')),
  macRoman: byteTable(readAs('macintosh')),
  cp437: byteTable(CP437),
} as const;

/** The bytes of a text; undefined where it has a character that the encoding has not. */
export function bytesOf(text: string, { byteOf }: ByteTable): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = unit < 0x80 ? unit : byteOf.get(unit);
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

/** The text of bytes; undefined where they are not of that encoding. */
export function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
