import type { Block } from '../blocks.ts';
import { type Candidate, type Evidence, isSure } from './choose-place.ts';
import type { ContextWords } from './context-words.ts';
import { mentionContext } from './mention-context.ts';
import type { NameMatch, NameTrie } from './name-trie.ts';
import { type Token, tokensOf } from './tokens.ts';
import type { UnspacedNames } from './unspaced-names.ts';

/** Names of places in one language, with their inflected forms. */
export interface NamesOfLanguage {
  readonly words: NameTrie;
  readonly unspaced: UnspacedNames;
}

/** Collects the names of a text, and what the text tells about them as a whole. */
export class CandidateFinder {
  readonly candidates: Candidate[] = [];
  readonly #lowerCase = new Set<string>();
  readonly #cities: NameTrie;
  readonly #names: NamesOfLanguage;
  readonly #words: ContextWords;

  constructor(cities: NameTrie, names: NamesOfLanguage, words: ContextWords) {
    this.#cities = cities;
    this.#names = names;
    this.#words = words;
  }

  read(block: Block): void {
    for (const { start, end, places } of this.#names.unspaced.matches(block.text)) {
      const context = NO_CONTEXT;
      const key = block.text.slice(start, end);
      // As many words as it takes to need no further evidence: there are no capitals to tell a name by.
      this.candidates.push({
        start: block.start + start,
        end: block.start + end,
        key,
        wordCount: 2,
        isCapitals: false,
        places,
        context,
      });
    }
    const tokens = tokensOf(block.text);
    for (let index = 0; index < tokens.length; ) index += this.#readAt(block, tokens, index);
  }

  evidence(): Evidence {
    const countries = this.candidates.flatMap(({ places }) =>
      places.filter(({ kind }) => kind === 'country'),
    );
    return {
      countries: new Set(countries.map(({ country }) => country)),
      commonWords: this.#lowerCase,
      surePlaces: new Set(this.candidates.filter(isSure).map(({ key }) => key)),
      hasNounCapitals: this.#words.hasNounCapitals,
    };
  }

  /** @returns how many words were read */
  #readAt(block: Block, tokens: readonly Token[], index: number): number {
    const token = tokens[index] as Token;
    const match = this.#longestMatch(block.text, tokens, index);
    if (match === undefined) {
      if (token.letterCase === 'lower' && this.#isName(token.key)) this.#lowerCase.add(token.key);
      return 1;
    }
    const last = index + match.length - 1;
    const statedCountry = this.#countryBehind(block.text, tokens, last);
    const end = endOfName(block.text, tokens, index, last);
    this.candidates.push({
      start: block.start + token.start,
      end: block.start + end,
      key: tokens
        .slice(index, last + 1)
        .map(({ key }) => key)
        .join(' '),
      wordCount: match.length,
      isCapitals: token.letterCase === 'capitals',
      places: match.places,
      context: mentionContext(block.text, tokens, index, last, this.#words),
      ...(statedCountry === undefined ? {} : { statedCountry }),
    });
    return match.length;
  }

  /** A name of the article's language before one of the gazetteer's, where they are equally long. */
  #longestMatch(text: string, tokens: readonly Token[], index: number): NameMatch | undefined {
    const own = this.#names.words.longestMatch(text, tokens, index);
    const city = this.#cities.longestMatch(text, tokens, index);
    if (own === undefined || city === undefined) return own ?? city;
    if (own.length === city.length)
      return { length: own.length, places: [...new Set([...own.places, ...city.places])] };
    return own.length > city.length ? own : city;
  }

  #isName(key: string): boolean {
    return this.#cities.hasWord(key) || this.#names.words.hasWord(key);
  }

  #countryBehind(text: string, tokens: readonly Token[], last: number): string | undefined {
    const next = tokens[last + 1];
    if (next === undefined || !/^(?:, | \()$/u.test(text.slice(tokens[last]?.end, next.start)))
      return undefined;
    const match = this.#names.words.longestMatch(text, tokens, last + 1);
    return match?.places.find(({ kind }) => kind === 'country')?.country;
  }
}

const NO_CONTEXT = {
  isLocated: false,
  isDetermined: false,
  isInName: false,
  isInWord: false,
  isSentenceStart: false,
} as const;

/** Takes the last stop of an abbreviation along: U.S. */
function endOfName(text: string, tokens: readonly Token[], first: number, last: number): number {
  const { end } = tokens[last] as Token;
  const isAbbreviation =
    last > first && tokens.slice(first, last + 1).every((token) => token.end - token.start === 1);
  return isAbbreviation && text[end] === '.' ? end + 1 : end;
}
