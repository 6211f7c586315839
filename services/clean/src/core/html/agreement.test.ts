import { describe, expect, it } from '@jest/globals';
import { extractPage } from './extract.ts';

const prose = [
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles in summer and forty in winter.',
  'It is to start in May, when the last of the ice is gone. “We have waited eleven years for this,” the mayor said at the party on the pier, and raised her glass.',
  'The old ferry, built in a yard on the river in the sixties, will be kept as a museum by a society of friends that has collected money for it since the autumn.',
  'For the first week the crossing is free of charge; after that a ticket costs three crowns, and children under seven years go with their parents for nothing at all.',
] as const;
const summary = 'After eleven years the eastern shore has a ferry again, and the first week costs nothing';

interface PageParts {
  readonly articleBody?: string;
  readonly description?: string;
  readonly body: string;
}

function page({ articleBody, description, body }: PageParts): string {
  const data = { '@context': 'https://schema.org', '@graph': [{ '@type': 'NewsArticle', articleBody }] };
  return `<!doctype html><html lang="en"><head><title>New ferry named</title>
    ${description === undefined ? '' : `<meta name="description" content="${description}">`}
    <script type="application/ld+json">${JSON.stringify(data)}</script></head><body>${body}</body></html>`;
}

const paragraphs = prose.map((text) => `<p>${text}</p>`).join('');
const texts = (html: string) => extractPage(html, undefined).lines.map(({ text }) => text);

describe('the text that a page gives as its article', () => {
  const house = '<p>Our house of news stands for courage, and it needs readers such as you to stay so.</p>';

  it('parts the story from what stands around it', () => {
    const html = page({ articleBody: prose.join(' '), body: `<div>${house}${paragraphs}${house}</div>` });
    const { lines, residue } = extractPage(html, undefined);
    expect(lines.map(({ text }) => text)).toEqual(prose);
    expect(residue).toMatchObject([{ kind: 'other' }, { kind: 'other' }]);
  });

  it('is not asked between two lines of the story, where it leaves headings and quotes out', () => {
    const html = page({
      articleBody: `${prose[0]} ${prose[1]} ${prose[3]}`,
      body: `<div><p>${prose[0]}</p><p>${prose[1]}</p><h2>A museum</h2><p>${prose[2]}</p><p>${prose[3]}</p></div>`,
    });
    expect(texts(html)).toEqual([prose[0], prose[1], 'A museum', prose[2], prose[3]]);
  });

  it.each([
    ['is a teaser', prose[0]],
    ['is that of another article', 'A wholly other story about the price of salt in the north. '.repeat(20)],
    ['is absent', undefined],
  ])('counts for nothing where it %s', (_what, articleBody) => {
    const html = page({
      ...(articleBody === undefined ? {} : { articleBody }),
      body: `<div>${paragraphs}${house}</div>`,
    });
    expect(texts(html).slice(0, 4)).toEqual(prose);
  });

  it('is taken where the page shows another one, or none', () => {
    const html = page({
      articleBody: `<p>${prose[0]} &amp; so on.</p><p>${prose[1]}</p><p>${prose[2]}</p><p>${prose[3]}</p>`,
      body: '<div id="app"><p>Please switch scripts on to read this page.</p></div>',
    });
    const { method, lines } = extractPage(html, undefined);
    expect(method).toBe('json-ld');
    expect(lines.map(({ text }) => text)).toEqual([`${prose[0]} & so on.`, prose[1], prose[2], prose[3]]);
  });
});

describe('the standfirst', () => {
  const head = (text: string) => `<header><h1>New ferry named</h1><h2>${text}</h2></header>`;
  const body = (text: string) => `${head(text)}<div class="content">${paragraphs}</div>`;

  it('begins the story where the page describes itself by it', () => {
    const cut = `${summary.slice(0, 75)}…`;
    expect(texts(page({ description: cut, body: body(summary) }))).toEqual([summary, ...prose]);
  });

  it('is not there twice', () => {
    const html = page({ description: prose[0], body: body(prose[0]) });
    expect(texts(html).filter((text) => text === prose[0])).toHaveLength(1);
  });

  it('is not made up where the page does not show its description', () => {
    expect(texts(page({ description: summary, body: `<div>${paragraphs}</div>` }))).toEqual(prose);
  });
});
