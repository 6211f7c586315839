import { describe, expect, it } from '@jest/globals';
import { languageTagOf, lookUpTag, pairsIntoEnglish } from './apertium-languages.ts';

describe('languageTagOf', () => {
  it.each([
    ['spa', 'es'],
    ['deu', 'de'],
    ['nob', 'nb'],
    ['por_BR', 'pt-BR'],
    ['oci@aran', 'oc-x-aran'],
    ['not a code', undefined],
    ['', undefined],
  ])('reads %s as %s', (code, tag) => expect(languageTagOf(code)).toBe(tag));
});

describe('pairsIntoEnglish', () => {
  const pairs = pairsIntoEnglish([
    { sourceLanguage: 'spa', targetLanguage: 'eng_US' },
    { sourceLanguage: 'spa', targetLanguage: 'eng' },
    { sourceLanguage: 'eng', targetLanguage: 'spa' },
    { sourceLanguage: 'por_BR', targetLanguage: 'eng_GB' },
    { sourceLanguage: '!', targetLanguage: 'eng' },
  ]);

  it('takes plain English before its variants', () => expect(lookUpTag(pairs, 'es')).toBe('spa|eng'));
  it('finds the language of a regional tag', () => expect(lookUpTag(pairs, 'es-MX')).toBe('spa|eng'));
  it('ignores the case of tags', () => expect(lookUpTag(pairs, 'PT-br')).toBe('por_BR|eng_GB'));
  it('does not take a variant for its language', () => expect(lookUpTag(pairs, 'pt')).toBeUndefined());
  it('ignores the other direction', () => expect(lookUpTag(pairs, 'en')).toBeUndefined());
});
