import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createClean, eldDetection } from '@wirefold/clean';
import { cleanedArticle } from '@wirefold/contracts';
import { articleOf } from '../articles.ts';

const seedFile = fileURLToPath(new URL('../../../shared/data/seed/article.de.txt', import.meta.url));
const isHere = existsSync(seedFile);
if (!isHere) console.warn(`Skipped: the seed article is not at ${seedFile}.`);

(isHere ? describe : describe.skip)('clean: the seed article', () => {
  const content = isHere ? readFileSync(seedFile, 'utf8') : '';
  const result = createClean(eldDetection)(articleOf({ content }));
  const article = result.kind === 'pass' ? cleanedArticle.parse(result.output) : undefined;
  const lines = content.split('\n').filter(Boolean);
  const kinds = new Map(article?.residue.map(({ text, kind }) => [text, kind]));

  it('cuts exactly the five lines of residue, each with its kind', () => {
    const caption = lines.find((line) => line.endsWith('Quelle: Sputnik'));
    expect(Object.fromEntries(kinds)).toEqual({
      [String(caption)]: 'caption',
      'Minh Duc (Laut RT, Sputnik)': 'byline',
      '[Anzeige_2]': 'advert',
      Quelle: 'source',
      'Kommentar (0)': 'comments',
    });
  });

  it('keeps every other line as a paragraph, the stray space mended', () => {
    const story = lines.filter((line) => !kinds.has(line)).map((line) => line.replace(' .', '.'));
    expect(story).toHaveLength(lines.length - 5);
    expect(article?.body.split('\n\n')).toEqual(story);
    expect(article?.body).toContain('In einem Kommentar');
    expect(article?.body.endsWith('antwortete er.')).toBe(true);
  });

  it('finds no title, as its first line is a sentence, and German', () => {
    expect(article).toMatchObject({ title: '', titleFrom: 'none', language: { tag: 'de', from: 'text' } });
  });
});
