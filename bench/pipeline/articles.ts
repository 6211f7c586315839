import type { ScrapedArticle } from '@wirefold/contracts';
import { seededRandom, type Random } from '../shared/random.ts';
import { storyText, type StoryText } from '../shared/story-text.ts';
import { storyLanguages } from '../shared/story-words.ts';

const TEXT_CHARACTERS = 3800;
const BASE_MS = Date.UTC(2026, 8, 1);

/**
 * Makes scraped articles, all different: several languages, a share of them as whole web pages.
 *
 * @param textCharacters length of a story's text, to within a paragraph
 */
export function createArticles(
  seed: number,
  run: string,
  htmlPercent: number,
  textCharacters: (random: Random) => number = () => TEXT_CHARACTERS,
): (index: number) => ScrapedArticle {
  const random = seededRandom(seed);
  return (index) => {
    const words = random.pick(storyLanguages);
    const story = storyText(words, random, textCharacters(random));
    const isHtml = random.below(100) < htmlPercent;
    const publishedAt = new Date(BASE_MS + index * 60_000).toISOString();
    const uri = `https://bench-${index % 50}.example/${run}/${index}`;
    return {
      uri,
      url: uri,
      title: story.title,
      contentType: isHtml ? 'text/html' : 'text/plain',
      content: isHtml ? page(story, words.language, random) : plainText(story, index),
      language: words.language,
      publishedAt,
      fetchedAt: publishedAt,
      source: { name: `Bench Bote ${index % 50}`, domain: `bench-${index % 50}.example` },
    };
  };
}

/** Text with a little residue, as scrapers leave it. */
const plainText = ({ title, paragraphs }: StoryText, index: number): string =>
  [title, ...paragraphs, `[Anzeige_${1 + (index % 5)}]`, `Kommentare (${index % 30})`].join('\n\n');

function page({ title, paragraphs }: StoryText, language: string, random: Random): string {
  const links = Array.from(
    { length: 12 },
    (_, index) => `<li><a href="/section/${index}">Section ${index}</a></li>`,
  );
  const related = Array.from(
    { length: 8 },
    () => `<li><a href="/story/${random.below(100_000)}">${random.pick(paragraphs).slice(0, 60)}</a></li>`,
  );
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:title" content="${title}"><style>body{font-family:serif}</style><script>window.bench = 1;</script></head>
<body><header><nav><ul>${links.join('')}</ul></nav></header>
<main><article><h1>${title}</h1><figure><img src="/photo.jpg" alt=""><figcaption>Foto: Bench/Archiv</figcaption></figure>
${body}
<div class="share-buttons"><a href="#">Share</a><a href="#">Mail</a></div></article>
<aside class="related"><h2>More</h2><ul>${related.join('')}</ul></aside></main>
<footer><p>© Bench Bote</p><ul>${links.join('')}</ul></footer></body></html>`;
}
