import type { ResidueKind } from '@wirefold/contracts';
import { readClass, type ClassReading } from './residue-classes.ts';
import { walk } from './walk.ts';
import type { DomElement } from './dom.ts';

/** How much text an element holds, in characters. */
export interface Measure {
  readonly order: number;
  characters: number;
  /** Text in paragraphs. */
  prose: number;
  /** Text in links. */
  linked: number;
  /** What was read of it, once it was: it is asked for twice. */
  furniture?: ClassReading | undefined;
  isRead?: boolean;
}

const BY_TAG: Readonly<Record<string, ResidueKind>> = {
  FIGURE: 'caption',
  FIGCAPTION: 'caption',
  ASIDE: 'related',
  NAV: 'navigation',
  FORM: 'newsletter',
};
/** An element with a larger share of the page's text than this is no furniture, whatever it is called. */
const MUCH_OF_TEXT = 0.3;
/** Pages with less text in paragraphs than this write without them: all text counts. */
const FEW_PROSE_CHARACTERS = 500;
/** Parts of tables and lists whose classes tell their looks. */
const PARTS = new Set([
  'TR',
  'TD',
  'TH',
  'TBODY',
  'THEAD',
  'TABLE',
  'DT',
  'DD',
  'BODY',
  'ARTICLE',
  'MAIN',
  'TIME',
]);
/** Kinds whose class names are used for other things, too: by one word no more may be cut than of one element. */
const AMBIGUOUS = new Set<ResidueKind>([
  'other',
  'advert',
  'related',
  'share',
  'newsletter',
  'caption',
  'tags',
]);
/** Authors' lines and dates are short; a box about the author is not, but shorter than this. */
const SMALL_CHARACTERS = 700;
const SMALL_KINDS = new Set<ResidueKind>([
  'byline',
  'timestamp',
  'tags',
  'caption',
  'photo-credit',
  'dateline',
  'copyright',
]);
/**
 * Boxes that lead to other stories are made of links; paragraphs without any, in what is called "teaser" or "paywall", are a part of
 * the story: the free one or the paid one.
 */
const LINKED_KINDS = new Set<ResidueKind>(['related', 'other']);
const PROSE_CHARACTERS = 200;
const PROSE_LINK_SHARE = 0.15;
const PARAGRAPH_CHARACTERS = 90;
const FIGURE = 'figure';
const CAPTIONS_SHARE = 0.6;

/**
 * What an element is that is cut by its tag or class.
 *
 * @param total of the page
 * @param sharesByWord see {@link wordShares}
 */
export function kindOf(
  element: DomElement,
  measure: Measure,
  total: Measure,
  sharesByWord: ReadonlyMap<string, number>,
): ResidueKind | undefined {
  const furniture = furnitureOf(element, measure, total);
  if (!furniture || (sharesByWord.get(furniture.word) ?? 0) > MUCH_OF_TEXT) return undefined;
  const isText = furniture.word !== '' && LINKED_KINDS.has(furniture.kind) && isProse(measure);
  return isText ? undefined : furniture.kind;
}

/** How much of the page's text would be cut by one word of class names, for ambiguous kinds. */
export function wordShares(
  body: DomElement,
  measures: ReadonlyMap<DomElement, Measure>,
  total: Measure,
): Map<string, number> {
  const shares = new Map<string, number>();
  let captions = 0;
  walk(body, {
    enter: (element) => {
      const measure = measures.get(element);
      if (measure && element.tagName.toUpperCase() === 'FIGURE') {
        captions += measure.characters;
        return false;
      }
      const furniture = measure && element !== body ? furnitureOf(element, measure, total) : undefined;
      if (!measure || !furniture) return true;
      const { kind, word } = furniture;
      if (word !== '' && AMBIGUOUS.has(kind))
        shares.set(word, (shares.get(word) ?? 0) + shareOf(measure, total));
      return false;
    },
    leave: () => undefined,
    text: () => undefined,
  });
  // Captions are the story of a page of pictures.
  const others =
    total.prose < FEW_PROSE_CHARACTERS ? total.characters - total.linked - captions : total.prose;
  shares.set(FIGURE, captions / Math.max(1, captions + others) > CAPTIONS_SHARE ? 1 : 0);
  return shares;
}

/** An element's share of the page's text, 0 to 1. */
function shareOf(measure: Measure, total: Measure): number {
  return total.prose < FEW_PROSE_CHARACTERS
    ? measure.characters / Math.max(1, total.characters)
    : measure.prose / total.prose;
}

function furnitureOf(element: DomElement, measure: Measure, total: Measure): ClassReading | undefined {
  if (!measure.isRead) {
    measure.isRead = true;
    measure.furniture = readFurniture(element, measure, total);
  }
  return measure.furniture;
}

/** What an element is besides the story; the word that says so, empty for tags that leave no doubt. */
function readFurniture(element: DomElement, measure: Measure, total: Measure): ClassReading | undefined {
  const tag = element.tagName.toUpperCase();
  if (PARTS.has(tag) || /^H[1-6]$/.test(tag)) return undefined;
  const byTag = BY_TAG[tag];
  const byClass = readClass(element);
  const furniture = byTag ? taggedAs(tag, byTag, byClass, measure) : byClass;
  if (!furniture) return undefined;
  const isComments = furniture.kind === 'comments' && furniture.isWhole;
  if (
    shareOf(measure, total) > MUCH_OF_TEXT &&
    !(isComments && total.prose - measure.prose >= PROSE_CHARACTERS)
  )
    return undefined;
  if (!byTag && isParagraphOfStory(tag, furniture, measure)) return undefined;
  if (!byTag && SMALL_KINDS.has(furniture.kind) && measure.characters > SMALL_CHARACTERS) return undefined;
  // A table or a quotation is set as a figure, too, with its source or speaker in the caption.
  const figure = tag === 'FIGCAPTION' ? (element.parentNode as DomElement) : element;
  if (figure.tagName.toUpperCase() === 'FIGURE' && figure.querySelector('table, blockquote, pre'))
    return undefined;
  return furniture;
}

/** "author-quote", "ad-campaign": a paragraph of text whose class only has such a word in it. */
const isParagraphOfStory = (tag: string, { kind, isWhole }: ClassReading, { prose }: Measure): boolean =>
  tag === 'P' && !isWhole && (kind === 'byline' || kind === 'advert') && prose >= PARAGRAPH_CHARACTERS;

/** By its tag it is cut; its class may name it better. Of figures all together may be the story. */
function taggedAs(
  tag: string,
  kind: ResidueKind,
  byClass: ClassReading | undefined,
  measure: Measure,
): ClassReading {
  if (tag === 'FIGURE' || tag === 'FIGCAPTION') return { kind, word: FIGURE, isWhole: true };
  if (byClass && byClass.kind !== 'other') return { ...byClass, word: '' };
  // A pull quote or a box of facts leads to no other story.
  const leadsAway = tag !== 'ASIDE' || measure.linked > 0;
  return { kind: leadsAway ? kind : 'other', word: '', isWhole: true };
}

/** Paragraphs, and hardly a link. */
const isProse = ({ characters, prose, linked }: Measure): boolean =>
  prose >= PROSE_CHARACTERS && linked < characters * PROSE_LINK_SHARE;
