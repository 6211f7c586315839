import { z } from 'zod';
import { httpUrl, instant, shortText } from './scalars.ts';

/** Most authors and keywords of a page that are kept. */
export const pageLimits = { authors: 20, keywords: 50 } as const;

/** The picture that a page shows for its article. */
export const pageImage = z.looseObject({
  url: httpUrl,
  caption: shortText.optional().describe('What is written below it'),
  credit: shortText.optional().describe('Who made it, where the page says so apart from the caption'),
});
export type PageImage = z.infer<typeof pageImage>;

/**
 * What a page says about its article, in schema.org's names: from JSON-LD, microdata, Open Graph, other meta elements and
 * the page itself, in this order.
 */
export const pageMetadata = z
  .looseObject({
    authors: z
      .array(shortText.min(1))
      .max(pageLimits.authors)
      .optional()
      .describe('Names alone, without "By", roles and addresses'),
    publishedAt: instant.optional(),
    modifiedAt: instant.optional(),
    section: shortText.optional().describe('Part of the publication, such as Politics'),
    keywords: z.array(shortText.min(1)).max(pageLimits.keywords).optional(),
    image: pageImage.optional().describe('The lead image'),
    canonicalUrl: httpUrl.optional().describe('The address that the page gives as its own'),
    publisher: shortText.optional().describe('Name of who published it'),
    isPaywalled: z
      .boolean()
      .optional()
      .describe('true where all or a part is for subscribers; absent where the page does not say'),
    description: shortText.optional().describe("The page's own summary of the article"),
  })
  .describe('What the page says about itself; absent for plain text');
export type PageMetadata = z.infer<typeof pageMetadata>;
