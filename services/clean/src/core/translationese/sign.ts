/** Something in a text that writers seldom leave there, and machines do. */
export interface Sign {
  /** Its name, such as notice. */
  readonly sign: string;
  /** What was seen, in words for people. */
  readonly reason: string;
  /** The place, as it stands in the input. */
  readonly text: string;
  /** How much it says by itself, 0 to 1. */
  readonly weight: number;
}

/** The parts of an article that the signs are looked for in. */
export interface Parts {
  /** The story: paragraphs separated by an empty line. */
  readonly body: string;
  /** Lines that were cut from it, and the first and the last paragraphs, where they are short. */
  readonly edges: readonly string[];
  /** Lines that were cut from it. */
  readonly residue: readonly string[];
  /** Primary subtag. */
  readonly language: string;
}

/** A sign says little more the third time. */
export const MAX_OF_A_KIND = 2;

/** The first matches as signs of one kind. A pattern looks at few characters from each place: the work stays linear. */
export function signsOf(text: string, pattern: RegExp, sign: Omit<Sign, 'text'>): Sign[] {
  const found: Sign[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ ...sign, text: match[0].trim() });
    if (found.length === MAX_OF_A_KIND) break;
  }
  return found;
}
