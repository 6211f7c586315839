import { Readability } from '@mozilla/readability';
import type { PlacedResidue } from '../text/clear.ts';
import { charactersOf, type Line } from '../text/line.ts';
import { requireFewLines } from '../text/paragraphs.ts';
import { agreeing, saysNoneOf, standfirst, unseenStory } from './agreement.ts';
import { readBlocks } from './blocks.ts';
import { parsePage } from './document.ts';
import { likeSiblings, withLikeSiblings } from './like-siblings.ts';
import { belowFrame, nameLeftOut, sentencesBelowHeadline } from './left-out.ts';
import { readElements } from './metadata-elements.ts';
import { readPageFacts, type PageFacts } from './metadata.ts';
import { preClean } from './pre-clean.ts';
import { readStructuredData } from './structured-data.ts';
import type { DomDocument, DomElement } from './dom.ts';

/** A page's story before the rules for lines. */
export interface ExtractedPage extends PageFacts {
  readonly method: 'readability' | 'paragraphs' | 'json-ld' | 'microdata';
  readonly lines: readonly Line[];
  readonly residue: readonly PlacedResidue[];
}

/** Readability's time grows with the cube of the nesting: 0.7 s at 500 elements, 70 s at 2,000. */
const READABILITY_MAX_DEPTH = 150;
/** A live blog of 2,000 entries has 1,400,000; 9,000 paragraphs within 120 elements took 12 s on a busy machine. */
const READABILITY_MAX_READINGS = 1_600_000;
/** With less text than this Readability has found a remainder, if paragraphs hold much more. */
const FEW_CHARACTERS = 250;
/** A page marks one; AMP pages each of their pages. */
const MAX_BODIES = 10;
const PARAGRAPH_MIN_CHARACTERS = 25;

/**
 * Finds the story in a page: furniture out, then Readability, then paragraphs where that finds nothing or would take
 * too long.
 *
 * @throws Unprocessable
 */
export function extractPage(html: string, siteName: string | undefined, url?: string): ExtractedPage {
  const page = parsePage(html);
  const elements = readElements(page);
  const data = readStructuredData(elements.jsonLd);
  const metadata = readPageFacts(elements, data, { siteName, url });
  const { residue, orders, depth, readings } = preClean(page.body, {
    addresses: [url, metadata.page?.canonicalUrl].filter((address) => address !== undefined),
    title: metadata.title,
  });
  // Before Readability, which changes the page.
  const blocks = readBlocks(page.body, (node) => orders.get(node));
  const isPlain = depth <= READABILITY_MAX_DEPTH && readings <= READABILITY_MAX_READINGS;
  const groups = likeSiblings(page.body, (node) => orders.get(node));
  const bodies = (
    html.includes('articleBody') ? [...page.body.querySelectorAll('[itemprop~="articleBody"]')] : []
  )
    .slice(0, MAX_BODIES)
    .map((element) => readBlocks(element, (node) => orders.get(node)));
  const story = isPlain ? readable(page) : undefined;
  const read = story ? readBlocks(story, (node) => orders.get(node)) : [];
  const found = belowFrame(blocks, withLikeSiblings(read, blocks, groups), metadata.title);
  requireFewLines(found.length);
  const paragraphs = charactersOf(found) < FEW_CHARACTERS ? paragraphsOf(blocks) : [];
  const isParagraphs = found.length === 0 || charactersOf(paragraphs) > charactersOf(found) * 4;

  const seen = isParagraphs ? paragraphs : found;
  const marked = data.articleBody === undefined ? longest(bodies) : undefined;
  const articleBody = data.articleBody ?? marked?.map(({ text }) => text).join('\n\n');
  const unseen = unseenStory(seen, articleBody);
  if (marked && (unseen || saysNoneOf(seen, marked)))
    return { ...metadata, method: 'microdata', lines: marked, residue };
  if (unseen) return { ...metadata, method: 'json-ld', lines: unseen, residue };
  const agreed = agreeing(seen, articleBody);
  const first = standfirst(blocks, agreed.lines, [data.description, ...metadata.descriptions]);
  const below = first ? [first] : sentencesBelowHeadline(blocks, agreed.lines, metadata.title);
  const lines = [...below, ...agreed.lines];
  const known = [...residue, ...agreed.residue];
  return {
    ...metadata,
    method: isParagraphs ? 'paragraphs' : 'readability',
    lines,
    residue: [...known, ...nameLeftOut(blocks, [...lines, ...agreed.residue], metadata.title)],
  };
}

/** The longest text that the page marks as its article's by microdata, where it is one. */
function longest(bodies: readonly (readonly Line[])[]): readonly Line[] | undefined {
  const body = bodies.toSorted((a, b) => charactersOf(b) - charactersOf(a))[0];
  return body && charactersOf(body) >= FEW_CHARACTERS ? body : undefined;
}

/** Blocks long enough for a paragraph that are no links. */
function paragraphsOf(blocks: readonly Line[]): readonly Line[] {
  requireFewLines(blocks.length);
  const first = blocks.findIndex(isParagraph);
  if (first < 0) return blocks;
  // Short lines between paragraphs, such as answers and speakers, are text, too.
  return blocks.slice(first, blocks.findLastIndex(isParagraph) + 1).filter((line) => line.linkShare < 0.5);
}

/** Addresses and class names of what was found are read by nobody. */
class StoryReader extends Readability<DomElement> {
  _postProcessContent(): void {
    // Nothing: see above.
  }
}

function readable(page: DomDocument): DomElement | undefined {
  try {
    const reader = new StoryReader(page, {
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
