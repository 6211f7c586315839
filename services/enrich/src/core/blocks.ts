/** A part of a text: a line, or a piece of a long one. */
export interface Block {
  readonly text: string;
  /** UTF-16 offset of its first character. */
  readonly start: number;
}

/**
 * Cuts a text into lines and long lines at white space, so that work on one block is bounded.
 *
 * @param maxCharacters of one block, in UTF-16 units
 */
export function* blocksOf(text: string, maxCharacters: number): Generator<Block> {
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    let start = lineStart;
    while (lineEnd - start > maxCharacters) {
      const end = cutBefore(text, start, start + maxCharacters);
      yield { text: text.slice(start, end), start };
      start = end;
    }
    if (lineEnd > start) yield { text: text.slice(start, lineEnd), start };
    lineStart = lineEnd + 1;
  }
}

/** After the last sentence before a limit, else the last white space, else at the limit but in no surrogate pair. */
function cutBefore(text: string, start: number, limit: number): number {
  const half = start + Math.floor((limit - start) / 2);
  for (const mark of ['. ', '。', ' ']) {
    const found = text.lastIndexOf(mark, limit - mark.length);
    if (found >= half) return found + mark.length;
  }
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}
