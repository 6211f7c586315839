import type { ResidueKind } from '@wirefold/contracts';
import type { PlacedResidue } from '../text/clear.ts';
import { readDate } from '../text/dates.ts';
import { beginningOf } from './blocks.ts';
import { kindOf, wordShares, type Measure } from './furniture.ts';
import { otherStories, type KnownPage } from './other-stories.ts';
import { walk } from './walk.ts';
import type { DomElement, DomNode } from './dom.ts';
import { wordList } from '../word-list.ts';

const SILENT = new Set(
  wordList(`
  SCRIPT, STYLE, NOSCRIPT, TEMPLATE, SVG, MATH, IFRAME, OBJECT, EMBED, CANVAS, VIDEO, AUDIO,
  BUTTON, INPUT, SELECT, TEXTAREA, LINK, META, DIALOG, PROGRESS, MAP, PICTURE, SOURCE, IMG,
`),
);
const HIDDEN = 'aria-hidden';
/** What is kept of a cut piece, and of a page. */
const RESIDUE_CHARACTERS = 500;
const RESIDUE_PIECES = 60;
/** A menu is of no use to a search. */
const MENU_CHARACTERS = 150;

export interface PreCleaned {
  readonly residue: readonly PlacedResidue[];
  /** Text nodes' positions in the document. */
  readonly orders: WeakMap<DomNode, number>;
  readonly depth: number;
  /** How much there is to read for who reads each element's text anew, as Readability does. */
  readonly readings: number;
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
      const isMenu = kind === 'navigation' && measure.characters > MENU_CHARACTERS;
      const text = isMenu || residue.length >= RESIDUE_PIECES ? '' : labelledText(element);
      if (text.length > 1)
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

/** "dateline" is the place and the date of a telegram, or the time alone. */
const datelineOrTime = (text: string): ResidueKind =>
  readDate(text.slice(0, 100)).rest.length > 0 ? 'dateline' : 'timestamp';

function labelledText(element: DomElement): string {
  const caption = element.tagName === 'FIGURE' ? element.querySelector('figcaption') : null;
  return beginningOf(caption ?? element, RESIDUE_CHARACTERS);
}

function classOf(element: DomElement): string {
  const name = element.getAttribute('class')?.trim().split(/\s+/)[0];
  return name ? ` class="${name.slice(0, 40)}"` : '';
}
