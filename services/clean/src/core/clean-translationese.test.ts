import { describe, expect, it } from '@jest/globals';
import type { IngestedArticle } from '@wirefold/contracts';
import { articleOf } from '../../../../tests/articles.ts';
import { eldDetection } from '../adapters/eld-detector.ts';
import { createClean } from './clean.ts';

const story =
  'Der Stadtrat hat am Montag beschlossen, die alte Brücke zu erneuern. Die Arbeiten beginnen im März und kosten 3,5 Millionen Euro.';

describe('the translationese of a cleaned article', () => {
  const clean = createClean(eldDetection);
  const cleaned = (fields: Partial<IngestedArticle>) =>
    clean(articleOf({ content: story, title: 'Neue Brücke', ...fields }));

  it('tells its look by what was cut from it', () => {
    const content = `${story}\n\nLe Hoa (Laut AFP, TASS)\n\n[Anzeige_2]`;
    expect(cleaned({ content })).toMatchObject({
      output: {
        body: story,
        translationese: { score: 0.64, why: [{ sign: 'placeholder' }, { sign: 'credit' }] },
      },
    });
  });

  it('tells the look of a page by its own word for its language', () => {
    const content = `<html lang="ko"><body><article><p>${story}</p><p>${story} Ende.</p></article></body></html>`;
    expect(cleaned({ content, contentType: 'text/html' })).toMatchObject({
      output: { translationese: { why: [{ sign: 'origin', text: 'ko' }] } },
    });
  });

  it("has none where nothing was found, also where the publisher's message claims one", () => {
    const claim = { translationese: { score: 1, why: 'x' } } as Partial<IngestedArticle>;
    expect(cleaned({}).kind).toBe('pass');
    expect(cleaned(claim)).not.toHaveProperty('output.translationese');
  });
});
