import { describe, expect, it } from '@jest/globals';
import { extractPage } from './extract.ts';

const story = [
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles in summer and forty in winter.',
  'It is to start in May, when the last of the ice is gone. “We have waited eleven years for this,” the mayor said at the party on the pier, and raised her glass.',
] as const;
const other = [
  'A baker of the old town has taken his oven out on the square, where he sells bread to the guests of the market until late in the evening of each day.',
  'The choir of the upper school has won a prize for the third time in a row, for a song that one of its own members wrote in a summer at the seaside.',
  'Two bridges over the canal are closed until spring, as the town says, since their piers were found to be weaker than the plans of the builders had it.',
] as const;
const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('');
const extracted = (body: string, url = 'https://lakeside.example/ferry') =>
  extractPage(`<html><head><title>New ferry named</title></head><body>${body}</body></html>`, undefined, url);
const bodyOf = (body: string, url?: string) => extracted(body, url).lines.map(({ text }) => text);
const relatedOf = (body: string) =>
  extracted(body).residue.flatMap(({ kind, text }) => (kind === 'related' ? [text] : []));
const teaser = (text: string, path: string) =>
  `<article><a href="${path}" rel="bookmark"><img src="i.jpg"></a><p>${text}</p></article>`;

/** As some pages have it: what they recommend is an article of articles beside the story. */
const pageWith = (list: string) =>
  `<main><article><h1>New ferry named</h1><p>${story.join(' ')}</p></article><article><h2>More</h2>${list}</article></main>`;

describe('articles that are other stories', () => {
  it('are cut, however long they are beside a short story', () => {
    const list = other.map((text, index) => teaser(text, `/other-${index}`)).join('');
    expect(bodyOf(pageWith(list))).toEqual([story.join(' ')]);
    expect(relatedOf(pageWith(list))).toEqual(other);
  });

  it('are cut with the one among them that has no link of its own', () => {
    const list = `${teaser(other[0], '/a')}${teaser(other[1], '/b')}<article><p>${other[2]}</p></article>`;
    expect(bodyOf(pageWith(list))).toEqual([story.join(' ')]);
    expect(relatedOf(pageWith(list))).toEqual(other);
  });

  it('are cut that are small beside the story', () => {
    const small = '<article><p>A baker of the old town sells bread on the square.</p></article>';
    const body = `<article><h1>New ferry named</h1>${paragraphs([...story, ...other])}</article>${small}`;
    expect(bodyOf(body)).toEqual([...story, ...other]);
    expect(relatedOf(body)).toEqual(['A baker of the old town sells bread on the square.']);
  });

  it('are not the entries of a live blog, which link to their own page', () => {
    const entries = [...story, ...other].map(
      (text, index) =>
        `<article class="entry"><h3><a href="/ferry?entry=${index}">At ${index + 6} o’clock</a></h3><p>${text}</p></article>`,
    );
    expect(bodyOf(`<article><h1>New ferry named</h1>${entries.join('')}</article>`)).toEqual(
      expect.arrayContaining([...story, ...other]),
    );
  });

  it('are not the story itself, whatever address its heading has', () => {
    const whole = [...story, ...other];
    const body = `<article><article><h1><a href="https://lakeside.example/lake/ferry-named">New ferry named</a></h1>${paragraphs(whole)}</article></article>`;
    expect(bodyOf(body, 'https://l.example/x1')).toEqual(whole);
  });

  it('are kept where nothing else would be left', () => {
    const list = other.map((text, index) => teaser(text, `/other-${index}`)).join('');
    expect(bodyOf(`<main>${list}</main>`)).toEqual(expect.arrayContaining([...other]));
  });
});

describe('paragraphs without links in what is called otherwise', () => {
  it.each(['teaser-content', 'paywall'])('belong to the story: %s', (name) => {
    const body = `<article><h1>New ferry named</h1>${paragraphs(story)}<div class="${name}"><p>${other[0]}</p><p>${other[1]}</p></div>${paragraphs([other[2], ...story.map((text) => text.toUpperCase())])}</article>`;
    expect(bodyOf(body)).toEqual(expect.arrayContaining([other[0], other[1]]));
  });

  it('are read though they are hidden from screen readers until somebody pays', () => {
    const hidden = other.map((text) => `<p class="paywall" aria-hidden="true">${text}</p>`).join('');
    expect(bodyOf(`<article><h1>New ferry named</h1>${paragraphs(story)}${hidden}</article>`)).toEqual([
      ...story,
      ...other,
    ]);
  });
});
