import type { ContextWords } from './context-words.ts';
import type { Token } from './tokens.ts';

/** What the neighbourhood of a name says for and against a place. */
export interface MentionContext {
  /** After a preposition of place. */
  readonly isLocated: boolean;
  /** After an article or the like. */
  readonly isDetermined: boolean;
  /** Beside another capitalised word, as in a person's name: Jack London, Paris Hilton. */
  readonly isInName: boolean;
  /** Part of a word with a hyphen, or after an elided article where the language has none: Rhein-Main, O’Brien. */
  readonly isInWord: boolean;
  readonly isSentenceStart: boolean;
}

const SPACE = /^[ \u00a0\u202f]$/u;
const APOSTROPHE = /^['’ʼ]$/u;
const HYPHEN = /^[\u2010\u2011-]$/u;
const SENTENCE_END = /[.!?:;…。！？»«"“”„•*–—-]/u;

/**
 * @param tokens words of the block
 * @param first index of the name's first word
 * @param last index of its last word
 */
export function mentionContext(
  text: string,
  tokens: readonly Token[],
  first: number,
  last: number,
  words: ContextWords,
): MentionContext {
  const token = tokens[first] as Token;
  const before = tokens[first - 1];
  const after = tokens[last + 1];
  const gapBefore = text.slice(before?.end ?? 0, token.start);
  const gapAfter = text.slice((tokens[last] as Token).end, after?.start ?? text.length);
  const isSentenceStart = startsSentence(text, tokens, first);

  const elided = APOSTROPHE.test(gapBefore) && before !== undefined;
  const isLocated = before !== undefined && (SPACE.test(gapBefore) || elided) && words.isLocative(before.key);
  const isName = (neighbour: Token | undefined, gap: string) =>
    neighbour?.letterCase === 'capitalised' && SPACE.test(gap);
  // The first word of a sentence has its capital for that; it says nothing.
  const followsName = isName(before, gapBefore) && !startsSentence(text, tokens, first - 1);
  return {
    isLocated,
    isDetermined: before !== undefined && (SPACE.test(gapBefore) || elided) && words.isDeterminer(before.key),
    isInName: !words.hasNounCapitals && (followsName || isName(after, gapAfter)),
    isInWord:
      (before !== undefined && HYPHEN.test(gapBefore)) ||
      (after !== undefined && HYPHEN.test(gapAfter)) ||
      (elided && !words.hasElision),
    isSentenceStart,
  };
}

function startsSentence(text: string, tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined) return true;
  return SENTENCE_END.test(text.slice(before.end, tokens[index]?.start).replace(/^[\u2010\u2011-]$/u, ''));
}
