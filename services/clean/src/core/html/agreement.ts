import type { PlacedResidue } from '../text/clear.ts';
import { decodeEntities } from '../entities.ts';
import { normaliseText } from '../normalise.ts';
import { charactersOf, countWords, type Line } from '../text/line.ts';
import { splitText } from '../text/paragraphs.ts';

/** The page's own text of the article is believed where it has so much of what was found. */
const BELIEVED_SHARE = 0.6;
/** A page that shows its story shows more than this, measured by its own text of it. */
const SEEN_SHARE = 0.3;
/** A teaser is no text of the article. */
const MIN_CHARACTERS = 500;
const MIN_WORDS = 80;
/** A standfirst: shorter ones say too little to be told from a label, longer ones are paragraphs. */
const STANDFIRST_MIN_CHARACTERS = 40;
const STANDFIRST_MAX_CHARACTERS = 900;
/** Descriptions are cut off at the end. */
const SAME_START_CHARACTERS = 60;

/** Letters and digits alone: markup, spaces and quotes differ between a page and what it says about itself. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Chinese says in 200 characters what English says in 500. */
const isLong = (text: string): boolean => text.length >= MIN_CHARACTERS || countWords(text) >= MIN_WORDS;

/** Lines that the page's own text of its article has, and the others as residue; all, where that text is not the article's. */
export function agreeing(
  lines: readonly Line[],
  articleBody: string | undefined,
): { readonly lines: readonly Line[]; readonly residue: readonly PlacedResidue[] } {
  if (articleBody === undefined || !isLong(articleBody)) return { lines, residue: [] };
  const known = bare(withoutTags(articleBody));
  const isKnown = lines.map(({ text }) => known.includes(bare(text)));
  const all = charactersOf(lines);
  const shared = lines.reduce((sum, { text }, index) => sum + (isKnown[index] ? text.length : 0), 0);
  if (shared < all * BELIEVED_SHARE) return { lines, residue: [] };
  const first = isKnown.indexOf(true);
  const last = isKnown.lastIndexOf(true);
  // Between two lines of the article a page has what its own text leaves out: headings, lists, tables, quotes.
  const isKept = (index: number) => index >= first && index <= last;
  return {
    lines: lines.filter((_, index) => isKept(index)),
    residue: lines
      .filter((_, index) => !isKept(index))
      .map(({ text, order }) => ({
        kind: 'other' as const,
        text,
        reason: 'not in the text that the page gives as its article',
        order,
      })),
  };
}

/**
 * The text that the page gives as its article, as lines, where the page shows little of it and not much else: it builds its story
 * by a script.
 */
export function unseenStory(lines: readonly Line[], articleBody: string | undefined): Line[] | undefined {
  if (articleBody === undefined || (lines.length > 0 && !isLong(articleBody))) return undefined;
  const text = normaliseText(decodeEntities(articleBody.replace(PARAGRAPH_TAGS, '\n').replace(TAGS, ' ')));
  const found = charactersOf(lines);
  return found < text.length * SEEN_SHARE ? splitText(text) : undefined;
}

/** Whether a story was found that has no line of the text that the page marks as its article's. */
export function saysNoneOf(story: readonly Line[], marked: readonly Line[]): boolean {
  const said = bare(story.map(({ text }) => text).join(' '));
  return !marked.some(({ text }) => said.includes(bare(text)));
}

const PARAGRAPH_TAGS = /<\/?(?:p|br|div|h[1-6]|li|ul|ol|blockquote)\b[^<>]{0,300}>/gi;
const TAGS = /<[^<>]{1,500}>/g;

const withoutTags = (text: string): string => text.replace(TAGS, ' ');

/**
 * The standfirst, where the page shows its own description before the story and what was found begins after it.
 *
 * @param blocks all lines of the page, in their order
 */
export function standfirst(
  blocks: readonly Line[],
  story: readonly Line[],
  descriptions: readonly (string | undefined)[],
): Line | undefined {
  const begin = story[0]?.order;
  if (begin === undefined) return undefined;
  const known = bare(
    story
      .slice(0, 6)
      .map(({ text }) => text)
      .join(' '),
  );
  for (const description of descriptions) {
    const start = bare(description ?? '').slice(0, SAME_START_CHARACTERS);
    if (start.length < STANDFIRST_MIN_CHARACTERS || known.includes(start)) continue;
    const block = blocks.find(
      ({ text, order, linkShare }) =>
        order < begin &&
        linkShare < 0.5 &&
        text.length <= STANDFIRST_MAX_CHARACTERS &&
        bare(text).startsWith(start),
    );
    if (block) return block;
  }
  return undefined;
}
