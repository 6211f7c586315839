import { byteTables, bytesOf, strictly, type ByteTable } from './mojibake-bytes.ts';

/** How UTF-8 looks where it was read by an encoding of one byte for each character. */
interface Misreading {
  readonly table: ByteTable;
  /** Sequences of UTF-8, one or more in a row. */
  readonly chain: RegExp;
  /** What no text has: looked for in a chain and the character before it. */
  readonly unmistakable: RegExp;
}

/**
 * What may stand right behind a capital in a text: closing quotes, stops, signs. The bytes of `CAFÉ”` in windows-1252 are
 * UTF-8 as well.
 */
const MAY_FOLLOW = '\u00a0\u00ad»‹›“”‘’‚„…–—™®·¹²³';

function misreading(table: ByteTable, unmistakable: RegExp): Misreading {
  const continuation = `[${table.characters(0x80, 0xbf)}]`;
  const sequences = [
    // Nothing from DC on (Syriac, Thaana, N'Ko): a German text with ß before a quote is likelier.
    `[${table.characters(0xc2, 0xdb)}]${continuation}`,
    `[${table.characters(0xe0, 0xef)}]${continuation}{2}`,
    `[${table.characters(0xf0, 0xf4)}]${continuation}{3}`,
  ];
  return { table, chain: new RegExp(`(?:${sequences.join('|')})+`, 'g'), unmistakable };
}

const latin = misreading(
  byteTables.latin,
  new RegExp(`[ÂÃ](?![${MAY_FOLLOW}])|Â\\u00a0|\\p{Ll}\\p{Lu}|â[€\\u0080]|ð[Ÿ\\u009f]|ï»¿`, 'u'),
);
const MISREADINGS: readonly Misreading[] = [
  latin,
  misreading(byteTables.windows1251, /[A-Za-z][А-я]|вЂ|рџ/),
  misreading(byteTables.macRoman, /[A-Za-z][√¬]|‚Ä|\uf8ffü/),
  misreading(byteTables.cp437, /[A-Za-z][├┬┼─]|ΓÇ|≡ƒ/),
];

/** Characters in a row that no text has by chance. */
const SURE_CHARACTERS = 3;
/** Nothing that a text has: what is for private use or not assigned. */
const NO_TEXT = /[\p{Co}\p{Cn}]/u;
const OTHER_LETTERS = /(?!\p{ASCII})\p{L}/gu;
/** The no-break space of `à` is a space by now, as everyone tidies spaces. */
const LOST_SPACE = /Ã (?=\S)/g;

/**
 * A piece of text with what was UTF-8 and read as something else put right; undefined where nothing is surely that.
 *
 * @param soundShareMax letters that are of no such sequence, and so of a text that is sound, for each that surely is
 */
export function mendUtf8(piece: string, soundShareMax: number): string | undefined {
  for (const { table, chain, unmistakable } of MISREADINGS) {
    if (piece.search(chain) < 0) continue;
    let sure = 0;
    const mended = piece.replace(chain, (misread: string, at: number) => {
      const right = readRight(misread, table);
      if (right === undefined) return misread;
      const isSure =
        right.length >= SURE_CHARACTERS || unmistakable.test(piece.slice(Math.max(0, at - 1), at) + misread);
      if (isSure) sure += right.length;
      return right;
    });
    if (sure === 0) continue;
    const sound = piece.replace(chain, '').replace(LOST_SPACE, '').match(OTHER_LETTERS)?.length ?? 0;
    if (sound > sure * soundShareMax) continue;
    return table === latin.table ? mended.replace(LOST_SPACE, 'à ') : mended;
  }
  return undefined;
}

function readRight(misread: string, table: ByteTable): string | undefined {
  const bytes = bytesOf(misread, table);
  const right = bytes && strictly(bytes, 'utf-8');
  return right === undefined || NO_TEXT.test(right) ? undefined : right;
}
