import type { IngestedArticle } from '@wirefold/contracts';

/** An article as clean gets it, with the content that is measured. */
export const articleOf = (
  fields: Pick<IngestedArticle, 'content' | 'contentType'> & Partial<IngestedArticle>,
): IngestedArticle => ({
  id: 'abcdefghijklmnopqrstuv',
  uri: 'urn:wirefold:quality',
  version: 1,
  versionCreated: '2026-01-01T00:00:00Z',
  pubStatus: 'usable',
  contentHash: 'quality',
  origin: 'quality/0/0@0',
  steps: [],
  ...fields,
});
