import type { IngestedArticle } from '@wirefold/contracts';

/** An article as clean gets it; what a test or a measurement is about is among the fields. */
export const articleOf = (fields: Partial<IngestedArticle>): IngestedArticle => ({
  id: 'abcdefghijklmnopqrstuv',
  uri: 'urn:example:1',
  version: 1,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'hash',
  origin: 'topic/0/1@1',
  steps: [],
  contentType: 'text/plain',
  content: '',
  ...fields,
});
