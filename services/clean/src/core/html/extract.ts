import { Readability } from '@mozilla/readability';
import type { PlacedResidue } from '../text/clear.ts';
import type { Line } from '../text/line.ts';
import { requireFewLines } from '../text/paragraphs.ts';
import { readBlocks } from './blocks.ts';
import { parsePage } from './document.ts';
import { readMetadata, type PageMetadata } from './metadata.ts';
import { preClean } from './pre-clean.ts';
import type { DomDocument, DomElement } from './dom.ts';

/** A page's story before the rules for lines. */
export interface ExtractedPage extends PageMetadata {
  readonly method: 'readability' | 'paragraphs';
  readonly lines: readonly Line[];
  readonly residue: readonly PlacedResidue[];
}

/** Readability's time grows with the cube of the nesting: 0.7 s at 500 elements, 70 s at 2,000. */
const READABILITY_MAX_DEPTH = 150;
/** A live blog of 2,000 entries has 1,400,000; 9,000 paragraphs within 120 elements took 12 s on a busy machine. */
const READABILITY_MAX_READINGS = 1_600_000;
/** With less text than this Readability has found a remainder, if paragraphs hold much more. */
const FEW_CHARACTERS = 250;
const PARAGRAPH_MIN_CHARACTERS = 25;

/**
 * Finds the story in a page: furniture out, then Readability, then paragraphs where that finds nothing or would take
 * too long.
 *
 * @throws Unprocessable
 */
export function extractPage(html: string, siteName: string | undefined): ExtractedPage {
  const page = parsePage(html);
  const metadata = readMetadata(page, siteName);
  const { residue, orders, depth, readings } = preClean(page.body);
  const isPlain = depth <= READABILITY_MAX_DEPTH && readings <= READABILITY_MAX_READINGS;
  const story = isPlain ? readable(page) : undefined;
  const lines = story ? readBlocks(story, (node) => orders.get(node)) : [];
  requireFewLines(lines.length);
  if (charactersOf(lines) >= FEW_CHARACTERS) return { ...metadata, method: 'readability', lines, residue };

  const paragraphs = readParagraphs(isPlain ? html : page);
  return lines.length === 0 || charactersOf(paragraphs) > charactersOf(lines) * 4
    ? { ...metadata, method: 'paragraphs', lines: paragraphs, residue }
    : { ...metadata, method: 'readability', lines, residue };
}

/** Blocks long enough for a paragraph that are no links. Readability changes a page, so it is parsed again. */
function readParagraphs(source: string | DomDocument): Line[] {
  const page = typeof source === 'string' ? parsePage(source) : source;
  const { orders } = preClean(page.body);
  const lines = readBlocks(page.body, (node) => orders.get(node));
  requireFewLines(lines.length);
  const paragraphs = lines.filter(isParagraph);
  return paragraphs.length > 0 ? paragraphs : lines;
}

function readable(page: DomDocument): DomElement | undefined {
  try {
    const reader = new Readability<DomElement>(page, {
      serializer: (node) => node as DomElement,
      disableJSONLD: true,
      keepClasses: true,
    });
    return reader.parse()?.content ?? undefined;
  } catch {
    // Readability trips over pages that break its assumptions; paragraphs are still there.
    return undefined;
  }
}

const isParagraph = (line: Line) => line.text.length >= PARAGRAPH_MIN_CHARACTERS && line.linkShare < 0.5;
const charactersOf = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.text.length, 0);
