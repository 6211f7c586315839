import { z } from 'zod';
import {
  articleUri,
  httpUrl,
  instant,
  languageTag,
  pubStatus,
  shortText,
  versionInstant,
} from './scalars.ts';

const ninjsText = z.looseObject({
  role: z.string().optional(),
  contentType: z.string().optional(),
  value: z.string().optional(),
});

/**
 * An IPTC ninjs 3 news item, as far as Wirefold reads it; everything else in the item is kept.
 * Source: IPTC ninjs 3.0 (iptc/newsinjson, specification/ninjs-schema_3.0.json).
 */
export const ninjsItem = z
  .looseObject({
    uri: articleUri,
    type: z.string().optional().describe('text, or a composite with text'),
    language: languageTag.optional(),
    version: z.union([z.string(), z.int()]).optional(),
    versionCreated: versionInstant.optional(),
    firstCreated: instant.optional(),
    contentCreated: instant.optional(),
    published: instant.optional(),
    pubStatus: pubStatus.optional(),
    embargoed: instant.optional(),
    embargoedUntil: instant.optional(),
    by: shortText.optional(),
    copyrightNotice: shortText.optional(),
    headlines: z.array(ninjsText).optional(),
    bodies: z.array(ninjsText).optional(),
    infoSources: z.array(z.looseObject({ name: z.string().optional() })).optional(),
    url: httpUrl.optional(),
  })
  .meta({
    title: 'ninjs 3 item',
    description: 'An IPTC ninjs 3 news item, accepted as it is on news.article.scraped.v1.',
  });
export type NinjsItem = z.infer<typeof ninjsItem>;
