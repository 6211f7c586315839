import { describe, expect, it } from '@jest/globals';
import { createClean, eldDetection } from '@wirefold/clean';
import { cleanedArticle } from '@wirefold/contracts';
import { articleOf } from '../articles.ts';
import { asExpected, readCases, type CorpusCase } from './corpus.ts';

const clean = createClean(eldDetection);
const cases = readCases();

/** Cases that clean does not manage yet, with the reason. Such a test fails as soon as the case passes. */
const notYet: Readonly<Record<string, string>> = {};

function cleaned(fields: CorpusCase['fields']) {
  const result = clean(articleOf(fields));
  if (result.kind !== 'pass') throw new Error(`expected a pass, got ${JSON.stringify(result)}`);
  return asExpected(cleanedArticle.parse(result.output), fields.contentType);
}

describe('clean on the corpus', () => {
  for (const { name, fields, expected } of cases) {
    const run = name in notYet ? it.failing : it;
    run(`${name}: ${expected.about}`, () => {
      expect(cleaned(fields)).toMatchObject(expected.result);
    });
  }

  it('has the languages that it is for, and no name in the list of failures that is no case', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ name }) => name.split('/')[0])).size).toBeGreaterThanOrEqual(12);
    expect(Object.keys(notYet).filter((name) => !cases.some((one) => one.name === name))).toEqual([]);
  });
});

describe('clean makes the same of the same article', () => {
  const isPage = ({ fields }: CorpusCase) => fields.contentType === 'text/html';
  /** Its lines are hard-wrapped, which empty lines part. */
  const isWrapped = ({ name }: CorpusCase) => name === 'de/divided-words';

  it.each<readonly [string, (one: CorpusCase) => boolean, (content: string) => string]>([
    ['with the line breaks of Windows', () => true, (content) => content.replaceAll('\n', '\r\n')],
    ['without blanks between its tags', isPage, (content) => content.replace(/>\s*\n\s*</g, '><')],
    [
      'within more elements',
      isPage,
      (content) =>
        content
          .replace(/<body([^>]*)>/i, '<body$1><div><div><div>')
          .replace(/<\/body>/i, '</div></div></div></body>'),
    ],
    [
      'with one line break after each paragraph',
      (one) => !isPage(one) && !isWrapped(one),
      (content) => content.replace(/\n\n+/g, '\n'),
    ],
    ['in decomposed characters', (one) => !isPage(one), (content) => content.normalize('NFD')],
  ])('%s', (_name, isMeant, change) => {
    // By which way it was found may differ.
    const found = (fields: CorpusCase['fields']) => JSON.stringify({ ...cleaned(fields), method: undefined });
    const differing = cases
      .filter(isMeant)
      .filter(({ fields }) => found({ ...fields, content: change(fields.content) }) !== found(fields));
    expect(differing.map(({ name }) => name)).toEqual([]);
  });
});
