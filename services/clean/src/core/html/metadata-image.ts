import type { PageImage } from '@wirefold/contracts';
import { keyOf } from '../text/line.ts';
import { pictureLabels } from '../text/lexicon/leads.ts';
import { phraseSet } from '../text/phrase-set.ts';
import type { PageFigure } from './metadata-elements.ts';
import type { SourceImage } from './metadata-source.ts';
import { bareText } from './metadata-text.ts';
import { webAddress, words, type PagePlace } from './metadata-values.ts';

const CAPTION_CHARACTERS = 2000;
const CREDIT_CHARACTERS = 200;
/** Addresses that are tried: those of data and without a host come first on some pages. */
const MAX_IMAGES = 20;

const labels = phraseSet(pictureLabels);
const LABEL = /^([^:：]{2,40})[:：]\s*(.{2,120})$/u;
const COURTESY = /^courtesy(?: of)?\s+(.{2,100})$/iu;

/** The first picture with an address, and what is written below it on the page. */
export function readImage(
  images: readonly SourceImage[],
  page: {
    readonly place: PagePlace;
    readonly figures: readonly PageFigure[];
    readonly title: string;
  },
): PageImage | undefined {
  for (const image of images.slice(0, MAX_IMAGES)) {
    const url = webAddress(image.url, page.place);
    if (url === undefined) continue;
    // Some systems write the title in the place of a caption.
    const caption = [image.caption, captionOf(url, page.figures)]
      .map((text) => words(text, CAPTION_CHARACTERS))
      .find((text) => text !== undefined && bareText(text) !== bareText(page.title));
    const credited = creditIn(caption);
    const credit = words(image.credit, CREDIT_CHARACTERS) ?? credited;
    return { url, ...(caption && !credited && { caption }), ...(credit && { credit }) };
  }
  return undefined;
}

/** "Photo: Jonah Wells" alone is no caption. */
function creditIn(caption: string | undefined): string | undefined {
  if (caption === undefined) return undefined;
  const [, label = '', maker] = LABEL.exec(caption) ?? [];
  if (maker && labels.is(keyOf(label)) && !/[.!?]\s/.test(maker)) return maker;
  return COURTESY.exec(caption)?.[1];
}

/** Text below the same picture on the page, which may be there in another size. */
function captionOf(url: string, figures: readonly PageFigure[]): string | undefined {
  const name = pictureName(url);
  const same = figures.filter(
    ({ sources }) => name !== undefined && sources.some((one) => pictureName(one) === name),
  );
  // Where all pictures of a page are called alike the name tells nothing.
  return same.length === 1 ? same[0]?.caption : undefined;
}

/** The end of an address's path without sizes and the kind of file. */
function pictureName(address: string): string | undefined {
  const path = URL.parse(address, 'https://page.invalid/')?.pathname ?? '';
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.[a-z]{3,4}$/, '')
    .replace(/[-_](?:\d+x\d+|\d{2,4}w|scaled|large|small|medium|thumb)$/, '');
  return name.length >= 5 ? name : undefined;
}
