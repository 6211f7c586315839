import type { Parts, Sign } from './sign.ts';

const SHORTEST_WORDS = 3;
const LONGEST_WORDS = 8;
const TIMES = 3;
/** Chants, refrains and lists have marks between. */
const PAUSE = /[^\p{L}\p{M}\p{N}\s'’-]/u;

/**
 * Three and more words said three times over without a pause: neural engines fall into such loops ("oscillatory
 * hallucinations": Raunak, Menezes, Junczys-Dowmunt 2021).
 */
export function loops({ body }: Parts): Sign[] {
  for (const line of body.split('\n')) {
    const text = loopOf(line.split(' '));
    if (text !== undefined)
      return [{ sign: 'loop', reason: 'the same words three times in a row', text, weight: 0.6 }];
  }
  return [];
}

/** One pass, with a counter of equal words for each length of the loop. */
function loopOf(words: readonly string[]): string | undefined {
  const equal = Array.from({ length: LONGEST_WORDS + 1 }, () => 0);
  for (let at = SHORTEST_WORDS; at < words.length; at += 1) {
    for (let length = SHORTEST_WORDS; length <= LONGEST_WORDS; length += 1) {
      const isEqual = words[at] === words[at - length];
      const count = isEqual ? (equal[length] ?? 0) + 1 : 0;
      equal[length] = count;
      // Looked at once a round: a line of one loop stays linear.
      if (!isEqual || count % (length * (TIMES - 1)) !== 0) continue;
      const phrase = words.slice(at - length + 1, at + 1);
      if (new Set(phrase).size >= SHORTEST_WORDS && !phrase.some((part) => part === '' || PAUSE.test(part)))
        return words.slice(at - length * TIMES + 1, at + 1).join(' ');
    }
  }
  return undefined;
}
