import { searchArticles, type ArticleHit } from '@wirefold/article-index';
import type { Command } from 'commander';
import { connectElasticsearch, readConfig } from '../connection.ts';
import { colours, oneLine, print, printJson } from '../terminal.ts';

interface SearchOptions {
  readonly lang?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export function searchCommand(program: Command): void {
  program
    .command('search')
    .argument('[words...]', 'words to look for, in any language; none: the newest articles')
    .description('search the index')
    .option('--lang <tag>', 'only articles written in this language')
    .option('--from <time>', 'only articles from this time on, ISO 8601')
    .option('--to <time>', 'only articles before this time')
    .option('--limit <count>', 'how many hits, at most 100', '10')
    .option('--json', 'print one JSON document')
    .action(async (words: string[], options: SearchOptions) => {
      const config = readConfig(process.env);
      const client = connectElasticsearch(config);
      const found = await searchArticles(
        client,
        {
          words: words.join(' '),
          language: options.lang,
          from: options.from,
          to: options.to,
          limit: Number(options.limit),
        },
        { prefix: config.INDEX_PREFIX },
      );
      if (options.json) {
        printJson(found);
        return;
      }
      print(
        `${found.totalIsExact ? '' : 'more than '}${found.total} ${found.total === 1 ? 'article' : 'articles'} in ${found.tookMs} ms`,
      );
      for (const hit of found.hits) printHit(hit);
    });
}

/** A hit for a terminal: title, place and time, what it is in its story, and where the words were found. */
export function printHit(hit: ArticleHit): void {
  const title = hit.title === '' ? '(no title)' : hit.title;
  print(`\n${colours.bold(oneLine(title, 100))}`);
  const about = [hit.language, hit.source?.name ?? hit.source?.domain, hit.publishedAt?.slice(0, 10)];
  print(colours.dim(`${about.filter(Boolean).join(' · ')} · ${hit.uri}`));
  if (hit.story?.of !== undefined) print(colours.dim(`${hit.story.relation} of ${hit.story.of}`));
  for (const highlight of hit.highlights) {
    for (const piece of highlight.body) print(`  ${emphasise(piece)}`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x2F;': '/',
};

/** A highlight comes as HTML; on a terminal found words are bold. */
function emphasise(html: string): string {
  const marked = oneLine(html, 400).replaceAll(/<em>(.*?)<\/em>/g, (_all, word: string) =>
    colours.bold(colours.green(word)),
  );
  return marked.replaceAll(/&(?:lt|gt|amp|quot|#x27|#x2F);/g, (entity) => ENTITIES[entity] ?? entity);
}
