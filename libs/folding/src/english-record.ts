import { documentId } from '@wirefold/contracts';
import type { ArticleRecord } from './article-record.ts';
import type { Likeness } from './likeliest.ts';

/** No uri has a control character: the record of an article's English text can't be that of another article. */
const ENGLISH = '\u0000en';

/** What the record of an article's translation into English is called. */
export const englishOf = (uri: string): { readonly id: string; readonly uri: string } => ({
  id: documentId(uri + ENGLISH),
  uri: uri + ENGLISH,
});

/** A likeness to an article's English text is one to the article, of which the other is then a translation. */
export function throughEnglish(likeness: Likeness): Likeness {
  const { other, match } = likeness;
  if (!other.uri.endsWith(ENGLISH)) return likeness;
  const article: ArticleRecord = { ...other, uri: other.uri.slice(0, -ENGLISH.length) };
  if (match.relation === 'follow-up') return { other: article, match };
  return {
    other: article,
    match: { ...match, relation: 'translation', isSameLanguage: false, covered: false },
  };
}
