import type { Place, PlaceName } from './place-names.ts';
import { fitsCase, joinsName, type LetterCase, type Token, tokensOf } from './tokens.ts';

interface NamedPlace {
  readonly place: Place;
  /** How each word of the name is written. */
  readonly cases: readonly LetterCase[];
}

interface Node {
  /** Most nodes are leaves: a map in each would be half of the memory. */
  next: Map<string, Node> | undefined;
  places: NamedPlace[] | undefined;
}

/** Places that a run of words may name. */
export interface NameMatch {
  /** Number of words. */
  readonly length: number;
  readonly places: readonly Place[];
}

/** A prefix tree over the words of names: the longest name at a position costs at most as many steps as it has words. */
export class NameTrie {
  readonly #root: Node = { next: undefined, places: undefined };

  add({ name, place }: PlaceName): void {
    const tokens = tokensOf(name);
    if (tokens.length === 0) return;
    let node = this.#root;
    for (const { key } of tokens) {
      node.next ??= new Map();
      let child = node.next.get(key);
      if (child === undefined) {
        child = { next: undefined, places: undefined };
        node.next.set(key, child);
      }
      node = child;
    }
    node.places ??= [];
    const cases = tokens.map(({ letterCase }) => letterCase);
    if (!node.places.some((known) => known.place === place && known.cases.join() === cases.join()))
      node.places.push({ place, cases });
  }

  /** Whether some name is this one word, in whatever case. */
  hasWord(key: string): boolean {
    return this.#root.next?.get(key)?.places !== undefined;
  }

  /** The longest name that starts with a word of a text. */
  longestMatch(text: string, tokens: readonly Token[], from: number): NameMatch | undefined {
    let node: Node | undefined = this.#root;
    let longest: NameMatch | undefined;
    for (let position = from; position < tokens.length; position += 1) {
      const token = tokens[position] as Token;
      const previous = position > from ? tokens[position - 1] : undefined;
      if (previous !== undefined && !joinsName(text.slice(previous.end, token.start))) break;
      node = node.next?.get(token.key);
      if (node === undefined) break;
      const places = node.places
        ?.filter(({ cases }) =>
          cases.every((name, word) => fitsCase((tokens[from + word] as Token).letterCase, name)),
        )
        .map(({ place }) => place);
      if (places !== undefined && places.length > 0)
        longest = { length: position - from + 1, places: [...new Set(places)] };
    }
    return longest;
  }
}
