import type { ResidueKind } from '@wirefold/contracts';
import type { PlacedResidue } from '../text/clear.ts';
import { readDate } from '../text/dates.ts';
import { readBlocks } from './blocks.ts';
import { otherStories, type KnownPage } from './other-stories.ts';
import { readClass, type ClassReading } from './residue-classes.ts';
import { walk } from './walk.ts';
import type { DomElement, DomNode } from './dom.ts';
import { wordList } from '../word-list.ts';

const SILENT = new Set(
  wordList(`
  SCRIPT, STYLE, NOSCRIPT, TEMPLATE, SVG, MATH, IFRAME, OBJECT, EMBED, CANVAS, VIDEO, AUDIO,
  BUTTON, INPUT, SELECT, TEXTAREA, LINK, META, DIALOG, PROGRESS, MAP, PICTURE, SOURCE, IMG,
`),
);
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
const HIDDEN = 'aria-hidden';
const FIGURE = 'figure';
const CAPTIONS_SHARE = 0.6;
/** What is kept of a cut piece, and of a page. */
const RESIDUE_CHARACTERS = 500;
const RESIDUE_PIECES = 60;

export interface PreCleaned {
  readonly residue: readonly PlacedResidue[];
  /** Text nodes' positions in the document. */
  readonly orders: WeakMap<DomNode, number>;
  readonly depth: number;
  /** How much there is to read for who reads each element's text anew, as Readability does. */
  readonly readings: number;
}

interface Measure {
  readonly order: number;
  characters: number;
  /** Text in paragraphs. */
  prose: number;
  /** Text in links. */
  linked: number;
}

/** Readability reads each node some twenty times, and once more for each element around it. */
const READINGS_OF_NODE = 20;

/**
 * Takes out of a page what is surely not the story's text, and keeps what of it may be searched for.
 */
export function preClean(body: DomElement, page: KnownPage): PreCleaned {
  const silent: DomElement[] = [];
  const measures = new Map<DomElement, Measure>();
  const orders = new WeakMap<DomNode, number>();
  const open: Measure[] = [];
  let order = 0;
  let deepest = 0;
  let readings = 0;
  let prosePath = 0;
  let linkPath = 0;
  walk(body, {
    enter: (element, depth) => {
      order += 1;
      if (depth > deepest) deepest = depth;
      readings += READINGS_OF_NODE + depth;
      if (SILENT.has(element.tagName.toUpperCase())) {
        silent.push(element);
        return false;
      }
      if (element.tagName === 'P') {
        prosePath += 1;
        // Readability leaves out what is hidden; a page that asks for money hides paragraphs of its story.
        if (element.getAttribute(HIDDEN) === 'true') element.removeAttribute(HIDDEN);
      }
      if (element.tagName === 'A') linkPath += 1;
      const measure = { order, characters: 0, prose: 0, linked: 0 };
      measures.set(element, measure);
      open.push(measure);
      return true;
    },
    leave: (element) => {
      if (!measures.has(element)) return;
      if (element.tagName === 'P') prosePath -= 1;
      if (element.tagName === 'A') linkPath -= 1;
      const measure = open.pop();
      const parent = open.at(-1);
      if (measure && parent) {
        parent.characters += measure.characters;
        parent.prose += measure.prose;
        parent.linked += measure.linked;
      }
    },
    text: (node) => {
      order += 1;
      readings += READINGS_OF_NODE + open.length;
      orders.set(node, order);
      const measure = open.at(-1);
      const characters = node.nodeValue?.trim().length ?? 0;
      if (measure && characters > 0) {
        measure.characters += characters;
        if (prosePath > 0) measure.prose += characters;
        if (linkPath > 0) measure.linked += characters;
      }
    },
  });
  for (const element of silent) element.remove();
  const others = otherStories(body, (element) => measures.get(element), page);
  const residue = cutFurniture(body, measures, new Set(others));
  return { residue, orders, depth: deepest, readings };
}

function cutFurniture(
  body: DomElement,
  measures: ReadonlyMap<DomElement, Measure>,
  others: ReadonlySet<DomElement>,
): PlacedResidue[] {
  const residue: PlacedResidue[] = [];
  const cut: DomElement[] = [];
  const total = measures.get(body) ?? { order: 0, characters: 0, prose: 0, linked: 0 };
  const sharesByWord = wordShares(body, measures, total);
  walk(body, {
    enter: (element) => {
      if (element === body) return true;
      const measure = measures.get(element);
      const kind =
        measure && (others.has(element) ? 'related' : kindOf(element, measure, total, sharesByWord));
      if (!kind) return true;
      cut.push(element);
      const text = labelledText(element);
      if (residue.length < RESIDUE_PIECES && text.length > 1 && !(kind === 'navigation' && text.length > 150))
        residue.push({
          kind: kind === 'dateline' ? datelineOrTime(text) : kind,
          text:
            text.length > RESIDUE_CHARACTERS
              ? `${text.slice(0, RESIDUE_CHARACTERS - 1).toWellFormed()}…`
              : text,
          reason: `page element <${element.tagName.toLowerCase()}${classOf(element)}>`,
          order: measure.order,
        });
      return false;
    },
    leave: () => undefined,
    text: () => undefined,
  });
  for (const element of cut) element.remove();
  return residue;
}

/** What an element is that is cut by its tag or class. */
function kindOf(
  element: DomElement,
  measure: Measure,
  total: Measure,
  sharesByWord: ReadonlyMap<string, number>,
): ResidueKind | undefined {
  const furniture = readFurniture(element, measure, total);
  if (!furniture || (sharesByWord.get(furniture.word) ?? 0) > MUCH_OF_TEXT) return undefined;
  const isText = furniture.word !== '' && LINKED_KINDS.has(furniture.kind) && isProse(measure);
  return isText ? undefined : furniture.kind;
}

/** "dateline" is the place and the date of a telegram, or the time alone. */
const datelineOrTime = (text: string): ResidueKind =>
  readDate(text.slice(0, 100)).rest.length > 0 ? 'dateline' : 'timestamp';

/** How much of the page's text would be cut by one word of class names, for ambiguous kinds. */
function wordShares(
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
      const furniture = measure && element !== body ? readFurniture(element, measure, total) : undefined;
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

function labelledText(element: DomElement): string {
  const caption = element.tagName === 'FIGURE' ? element.querySelector('figcaption') : null;
  return readBlocks(caption ?? element, () => undefined)
    .map(({ text }) => text)
    .join(' ');
}

function classOf(element: DomElement): string {
  const name = element.getAttribute('class')?.trim().split(/\s+/)[0];
  return name ? ` class="${name.slice(0, 40)}"` : '';
}
