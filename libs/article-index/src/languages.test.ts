import { describe, expect, it } from '@jest/globals';
import { analyzerOf, languageField, languageFields, primarySubtag } from './languages.ts';

describe('languageField', () => {
  it.each([
    ['de', 'de', 'german'],
    ['de-AT', 'de', 'german'],
    ['DE', 'de', 'german'],
    ['pt-BR', 'pt', 'portuguese'],
    ['nb', 'no', 'norwegian'],
    ['nn-NO', 'no', 'norwegian'],
    ['zh-Hant-TW', 'zh', 'cjk'],
    ['ja', 'ja', 'cjk'],
    ['ko', 'ko', 'cjk'],
    ['uk', 'other', 'standard'],
    ['und', 'other', 'standard'],
    ['constructor', 'other', 'standard'],
  ] as const)('%s is in %s, read by %s', (tag, field, analyzer) => {
    expect(languageField(tag)).toBe(field);
    expect(analyzerOf(languageField(tag))).toBe(analyzer);
  });

  it('names fields that a mapping can have', () => {
    for (const field of languageFields) expect(field).toMatch(/^[a-z]+$/);
  });
});

describe('primarySubtag', () => {
  it('is in lower case and without what follows', () => {
    expect(primarySubtag('PT-br')).toBe('pt');
    expect(primarySubtag('und')).toBe('und');
  });
});
