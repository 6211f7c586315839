import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clusters } from './baselines.ts';
import { scorer, type LabelledArticle } from './quality-data.ts';
import { scoreGenerated } from './scores.ts';

/** Whether the set's own scorer comes to our figures; undefined where it is not there. */
export async function agreesWithScorer(
  articles: readonly LabelledArticle[],
  stories: Clusters,
): Promise<boolean | undefined> {
  if (!existsSync(scorer)) return undefined;
  const said = await askScorer(articles, stories);
  const { sameLanguage, across, dailiesMerged } = scoreGenerated(articles, stories);
  const expected = [
    `same-language duplicates F1 ${sameLanguage.f1.toFixed(4)}  P ${sameLanguage.precision.toFixed(4)}  R ${sameLanguage.recall.toFixed(4)}`,
    `daily templated stories: ${dailiesMerged} `,
    `cross-language story links F1 ${across.f1.toFixed(4)}  P ${across.precision.toFixed(4)}  R ${across.recall.toFixed(4)}`,
  ];
  return expected.every((text) => said.includes(text));
}

async function askScorer(articles: readonly LabelledArticle[], stories: Clusters): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fold-quality-'));
  try {
    const [gold, predicted] = [join(folder, 'gold.jsonl'), join(folder, 'predicted.json')];
    const stated = articles.map(({ id, lang }) => [
      id,
      { story: stories.get(id), cluster: `${stories.get(id)}:${lang}` },
    ]);
    await writeFile(gold, articles.map((article) => JSON.stringify(article)).join('\n'));
    await writeFile(predicted, JSON.stringify(Object.fromEntries(stated)));
    return (await promisify(execFile)(process.execPath, [scorer, gold, predicted])).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
