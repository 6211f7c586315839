import { describe, expect, it } from '@jest/globals';
import { languageOf, lookupTags } from './language-tags.ts';

describe('languageOf', () => {
  it.each([
    ['de-AT', 'de'],
    ['zh-Hant', 'zh'],
    ['deu', 'de'],
    ['und', 'und'],
    ['not a tag', 'und'],
  ])('of %s is %s', (tag, language) => expect(languageOf(tag)).toBe(language));
});

describe('lookupTags', () => {
  it.each([
    ['zh-TW', ['zh-TW', 'zh-Hant', 'zh']],
    ['de', ['de', 'de-Latn']],
    ['und', []],
    ['../x', []],
  ])('of %s are %j', (tag, tags) => expect(lookupTags(tag)).toEqual(tags));
});
