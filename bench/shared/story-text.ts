import type { Random } from './random.ts';
import type { StoryWords } from './story-words.ts';

/** A generated story. */
export interface StoryText {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const SENTENCES_OF_A_PARAGRAPH = 3;

/**
 * Makes a story out of sentences in a random order with random words: no two are alike, though they share phrases as stories
 * of one newsroom do.
 *
 * @param characters length of the text, to within a paragraph
 */
export function storyText(words: StoryWords, random: Random, characters: number): StoryText {
  const paragraphs: string[] = [];
  for (let length = 0; length < characters; ) {
    const sentences = Array.from({ length: SENTENCES_OF_A_PARAGRAPH }, () =>
      fillIn(random.pick(words.sentences), words, random),
    );
    const paragraph = sentences.join(' ');
    paragraphs.push(paragraph);
    length += paragraph.length + 2;
  }
  return { title: fillIn(random.pick(words.headlines), words, random), paragraphs };
}

function fillIn(template: string, words: StoryWords, random: Random): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_place, name: string) => wordFor(name, words, random));
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

function wordFor(name: string, words: StoryWords, random: Random): string {
  switch (name) {
    case 'person':
      return random.pick(words.people);
    case 'place':
      return random.pick(words.places);
    case 'body':
      return random.pick(words.bodies);
    case 'thing':
      return random.pick(words.things);
    case 'month':
      return random.pick(words.months);
    case 'day':
      return String(1 + random.below(28));
    case 'number':
      return String(2 + random.below(980));
    default:
      throw new Error(`no words for {${name}}`);
  }
}
