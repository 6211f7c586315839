/** A text, or a part of a text that is too long for one request. */
export interface Piece {
  /** Index of the text that it is of. */
  readonly index: number;
  /** Without the white space around it. */
  readonly text: string;
  /** White space before and after it in the original. */
  readonly before: string;
  readonly after: string;
}

/**
 * Packs texts into requests of a bounded size, in their order. A longer text is cut between its sentences, a longer
 * sentence between words, a longer word anywhere.
 *
 * @param maxCharacters of one request, in UTF-16 units
 * @param separatorLength what the engine's format puts between two pieces of one request
 */
export function planRequests(
  texts: readonly string[],
  maxCharacters: number,
  separatorLength: number,
): Piece[][] {
  const requests: Piece[][] = [];
  let room = 0;
  for (const piece of texts.flatMap((text, index) => piecesOf(text, index, maxCharacters))) {
    const needed = piece.text.length + separatorLength;
    const current = requests.at(-1);
    if (current === undefined || needed > room) {
      requests.push([piece]);
      room = maxCharacters - piece.text.length;
    } else {
      current.push(piece);
      room -= needed;
    }
  }
  return requests;
}

/** Puts the translations of the pieces, in the order of the plan, together as texts. */
export function assembleTexts(
  textCount: number,
  requests: readonly (readonly Piece[])[],
  translations: readonly (readonly string[])[],
): string[] {
  const texts = Array.from({ length: textCount }, () => '');
  requests.forEach((pieces, request) => {
    pieces.forEach((piece, position) => {
      texts[piece.index] += piece.before + (translations[request]?.[position] ?? '').trim() + piece.after;
    });
  });
  return texts;
}

function piecesOf(text: string, index: number, maxCharacters: number): Piece[] {
  const parts = text.length <= maxCharacters ? [text] : cutLongText(text, maxCharacters);
  const pieces: Piece[] = [];
  let blank = '';
  for (const part of parts) {
    const trimmed = part.trim();
    if (trimmed === '') {
      blank += part;
      continue;
    }
    const start = part.indexOf(trimmed);
    const before = blank + part.slice(0, start);
    pieces.push({ index, text: trimmed, before, after: part.slice(start + trimmed.length) });
    blank = '';
  }
  const last = pieces.at(-1);
  if (last !== undefined) pieces[pieces.length - 1] = { ...last, after: last.after + blank };
  return pieces;
}

function cutLongText(text: string, maxCharacters: number): string[] {
  const parts: string[] = [];
  const add = (part: string) => {
    const last = parts.at(-1);
    if (last !== undefined && last.length + part.length <= maxCharacters)
      parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'sentence' }).segment(text)) {
    if (segment.length <= maxCharacters) add(segment);
    else for (const words of cutLongSentence(segment, maxCharacters)) add(words);
  }
  return parts;
}

function* cutLongSentence(sentence: string, maxCharacters: number): Generator<string> {
  let start = 0;
  while (sentence.length - start > maxCharacters) {
    const space = sentence.lastIndexOf(' ', start + maxCharacters - 1);
    let end = space > start ? space + 1 : start + maxCharacters;
    // Never between the two halves of a surrogate pair.
    if (/[\ud800-\udbff]/u.test(sentence.charAt(end - 1)) && end - 1 > start) end -= 1;
    yield sentence.slice(start, end);
    start = end;
  }
  yield sentence.slice(start);
}
