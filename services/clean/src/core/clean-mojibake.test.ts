import { expect, it } from '@jest/globals';
import { cleanedArticle, type IngestedArticle } from '@wirefold/contracts';
import { articleOf } from '../../../../tests/articles.ts';
import { eldDetection } from '../adapters/eld-detector.ts';
import { createClean } from './clean.ts';

const clean = createClean(eldDetection);

function cleaned(fields: Pick<IngestedArticle, 'content' | 'contentType' | 'title'>) {
  const result = clean(articleOf(fields));
  return result.kind === 'pass' ? cleanedArticle.parse(result.output) : undefined;
}

const TITLE = 'Новый паром на озере';
const STORY = [
  'Новый паром ходит с понедельника между двумя деревнями на берегу озера, сообщила администрация района.',
  'Дорога занимает сорок пять минут, а летом, по словам капитана, рейсов станет больше.',
];
const misread = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text));

it('a text, its title and its language are those of what was written', () => {
  const article = cleaned({
    contentType: 'text/plain',
    content: misread(STORY.join('\n\n')),
    title: misread(TITLE),
  });
  expect(article).toMatchObject({ title: TITLE, body: STORY.join('\n\n'), language: { tag: 'ru' } });
});

it('a page is read again as a whole, with its title and what it says of itself', () => {
  const page = `<html><head><title>${TITLE}</title><meta name="author" content="Ирина Волкова"></head>
    <body><article><h1>${TITLE}</h1>${STORY.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`;
  const article = cleaned({ contentType: 'text/html', content: misread(page) });
  expect(article).toMatchObject({ title: TITLE, body: STORY.join('\n\n'), byline: 'Ирина Волкова' });
});
