import type { Clean } from '@wirefold/clean';
import { eldDetection } from '@wirefold/clean';
import { articleOf } from '../../tests/articles.ts';
import { sentencesByLanguage } from './quality-data.ts';

/** Shares of texts whose language was told right. */
export interface LanguageFigures {
  /** By eld alone, without a hint. */
  readonly sentences: number;
  /** The first words of the same sentences, 20 characters at most. */
  readonly short: number;
  /** The same as whole articles whose pages declare a language: the right one in nine of ten, else English, or German if it is. */
  readonly shortWithHints: number;
  readonly languages: number;
  readonly texts: number;
}

const SHORT_CHARACTERS = 20;
/** One page in so many declares a wrong language. */
const WRONG_HINT_EVERY = 10;

/** The first whole words within the limit; characters, where a script has no spaces. */
function shortOf(sentence: string): string {
  const cut = sentence.slice(0, SHORT_CHARACTERS);
  const end = sentence.length > SHORT_CHARACTERS ? cut.lastIndexOf(' ') : cut.length;
  return end > 0 ? cut.slice(0, end) : cut;
}

/** Tells the languages of FLORES sentences. */
export function measureLanguages(clean: Clean): LanguageFigures {
  const sentences = sentencesByLanguage();
  let [texts, right, rightShort, rightHinted] = [0, 0, 0, 0];
  for (const [language, all] of sentences)
    for (const sentence of all) {
      texts += 1;
      const short = shortOf(sentence);
      const wrong = language === 'en' ? 'de' : 'en';
      const declared = texts % WRONG_HINT_EVERY === 0 ? wrong : language;
      const result = clean(
        articleOf({
          contentType: 'text/html',
          content: `<!doctype html><html lang="${declared}"><body><p>${short}</p></body></html>`,
        }),
      );
      if (eldDetection.detectLanguage(sentence)?.tag === language) right += 1;
      if (eldDetection.detectLanguage(short)?.tag === language) rightShort += 1;
      if (result.kind === 'pass' && result.output.language.tag === language) rightHinted += 1;
    }
  return {
    sentences: right / texts,
    short: rightShort / texts,
    shortWithHints: rightHinted / texts,
    languages: sentences.size,
    texts,
  };
}
