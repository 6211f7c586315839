import { describe, expect, it } from '@jest/globals';
import { enrichedArticle } from './article.ts';
import { documentId } from './document-id.ts';

describe('documentId', () => {
  it('is the first 128 bits of SHA-256 in base64url', () => {
    // printf abc | openssl dgst -sha256 -binary | head -c 16 | base64
    expect(documentId('abc')).toBe('ungWv48Bz-pBQUDeXa4iIw');
  });

  it('fits the contract, whatever the uri', () => {
    for (const uri of ['a', 'urn:x:ü/火箭', `https://example.org/${'p'.repeat(2000)}`])
      expect(enrichedArticle.shape.id.safeParse(documentId(uri)).success).toBe(true);
  });

  it('tells uris apart that differ in one character', () => {
    expect(documentId('https://example.org/a')).not.toBe(documentId('https://example.org/A'));
  });
});
