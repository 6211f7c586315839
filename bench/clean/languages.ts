import { eldDetection } from '@wirefold/clean';
import { sentencesByLanguage } from './quality-data.ts';

/** Shares of texts whose language was told right. */
export interface LanguageFigures {
  readonly sentences: number;
  /** The first words of the same sentences, 20 characters at most. */
  readonly short: number;
  readonly languages: number;
  readonly texts: number;
}

const SHORT_CHARACTERS = 20;

/** The first whole words within the limit; characters, where a script has no spaces. */
function shortOf(sentence: string): string {
  const cut = sentence.slice(0, SHORT_CHARACTERS);
  const end = sentence.length > SHORT_CHARACTERS ? cut.lastIndexOf(' ') : cut.length;
  return end > 0 ? cut.slice(0, end) : cut;
}

/** Detects the languages of FLORES sentences, without any hint. */
export function measureLanguages(): LanguageFigures {
  const sentences = sentencesByLanguage();
  let [texts, right, rightShort] = [0, 0, 0];
  for (const [language, all] of sentences)
    for (const sentence of all) {
      texts += 1;
      if (eldDetection.detectLanguage(sentence)?.tag === language) right += 1;
      if (eldDetection.detectLanguage(shortOf(sentence))?.tag === language) rightShort += 1;
    }
  return { sentences: right / texts, short: rightShort / texts, languages: sentences.size, texts };
}
