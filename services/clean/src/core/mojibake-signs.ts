import { byteTables, type ByteTable } from './mojibake-bytes.ts';

/** What a text might be, told by one look at it; most texts are none of it. */
export interface MojibakeSigns {
  /** A character that begins a sequence of UTF-8 before one that goes on with it, in one of the tables. */
  readonly utf8: boolean;
  /** Three characters in a row that windows-1252 has above ASCII. */
  readonly runs: boolean;
  /** Three Cyrillic capitals in a row. */
  readonly capitals: boolean;
  /** Controls of ISO 8859-1 that no text has; NEL, which is a line break, is not among them. */
  readonly controls: boolean;
}

const [BEGINS, GOES_ON] = [1, 16];
const UTF8_TABLES: readonly ByteTable[] = [
  byteTables.latin,
  byteTables.windows1251,
  byteTables.macRoman,
  byteTables.cp437,
];
/** Of each UTF-16 code unit, a bit for each table that has it at the beginning or inside of a sequence. */
const marks = new Uint8Array(0x1_0000);
for (const [index, { byteOf }] of UTF8_TABLES.entries()) {
  for (const [unit, byte] of byteOf) {
    const mark = byte >= 0xc2 && byte <= 0xf4 ? BEGINS : byte <= 0xbf ? GOES_ON : 0;
    marks[unit] = (marks[unit] as number) | (mark << index);
  }
}

const RUN = 3;
const BEYOND_ASCII = /[^\0-\x7f]/g;

/** Looks for signs of mojibake. A few nanoseconds for each character. */
export function mojibakeSigns(text: string): MojibakeSigns {
  let [utf8, runs, capitals, controls] = [false, false, false, false];
  let [begun, run, row] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      begun = run = row = 0;
      BEYOND_ASCII.lastIndex = at;
      at = (BEYOND_ASCII.exec(text)?.index ?? text.length) - 1;
      continue;
    }
    if (unit < 0xa0 && unit !== 0x85) controls = true;
    const mark = marks[unit] as number;
    if (begun & (mark >> 4)) utf8 = true;
    begun = mark & 15;
    run = byteTables.latin.byteOf.has(unit) ? run + 1 : 0;
    if (run === RUN) runs = true;
    row = unit >= 0x410 && unit <= 0x42f ? row + 1 : 0;
    if (row === RUN) capitals = true;
  }
  return { utf8, runs, capitals, controls };
}
