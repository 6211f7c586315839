import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';

/** How the later article of a pair relates to the earlier one, as an editor sees it; corpus-fold/README.md defines each. */
export const foldTruth = z.enum([
  'copy',
  'local-edit',
  'correction',
  'update',
  'translation',
  'retranslation',
  'follow-up',
  'different',
]);
export type FoldTruth = z.infer<typeof foldTruth>;

const foldArticle = z
  .strictObject({
    id: z.string().describe('Within the group'),
    language: z.string(),
    publishedAt: z.iso.datetime(),
    source: z.string().optional(),
    title: z.string(),
    body: z.array(z.string()).min(1).describe('The paragraphs'),
  })
  .transform(({ body, ...fields }) => ({ ...fields, body: body.join('\n\n') }));

const foldGroup = z.strictObject({
  about: z.string().describe('What the group is for, in a sentence'),
  split: z
    .enum(['open', 'held', 'seen', 'blind'])
    .describe(
      'Nothing is tuned on what is held; what is blind is not even looked at; what was blind once is seen',
    ),
  articles: z.array(foldArticle).min(2),
  pairs: z.array(z.tuple([z.string(), z.string(), foldTruth])).describe('Two ids, in either order'),
});

/** Its id stands alone: `<group>/<id>`. */
export type FoldArticle = z.infer<typeof foldArticle>;
/** The part of a group that is not blind. */
export type FoldSplit = Exclude<z.infer<typeof foldGroup>['split'], 'blind'>;

export interface FoldGroup extends z.infer<typeof foldGroup> {
  /** Its file. */
  readonly name: string;
}

export interface FoldPair {
  readonly group: string;
  readonly earlier: FoldArticle;
  readonly later: FoldArticle;
  readonly truth: FoldTruth;
}

/** Relations of one text to itself, by how much they change it. */
const SAME_TEXT = ['copy', 'local-edit', 'correction', 'update'] as const satisfies readonly FoldTruth[];
const RETOLD = ['translation', 'retranslation'] as const satisfies readonly FoldTruth[];

/** Whether the two are one story, in one language or two. */
export const isSameStory = (truth: FoldTruth): boolean =>
  isSameText(truth) || RETOLD.some((one) => one === truth);

/** Whether the two are one story that was not translated in between. */
export const isSameText = (truth: FoldTruth): truth is (typeof SAME_TEXT)[number] =>
  SAME_TEXT.some((one) => one === truth);

const corpus = join(import.meta.dirname, 'corpus-fold');

/** The groups of all parts, those of one, or the blind ones: these come only to who asks for them by name. */
export function readFoldGroups(split?: FoldSplit | 'blind'): FoldGroup[] {
  return readdirSync(corpus)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map(readGroup)
    .filter((group) => (split === undefined ? group.split !== 'blind' : group.split === split));
}

function readGroup(file: string): FoldGroup {
  const name = basename(file, '.json');
  const { articles, pairs, ...group } = foldGroup.parse(JSON.parse(readFileSync(join(corpus, file), 'utf8')));
  return {
    ...group,
    name,
    articles: articles.map((article) => ({ ...article, id: `${name}/${article.id}` })),
    pairs: pairs.map(([one, other, truth]) => [`${name}/${one}`, `${name}/${other}`, truth]),
  };
}

/** Each two articles of the group: the truth is what the group says of them, else what follows from it, else `different`. */
export function pairsOf(group: FoldGroup): FoldPair[] {
  const said = new Map(
    group.pairs.flatMap(([one, other, truth]) => [
      [keyOf(one, other), truth] as const,
      [keyOf(other, one), truth] as const,
    ]),
  );
  const articles = group.articles.toSorted((a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt));
  return articles.flatMap((earlier, at) =>
    articles.slice(at + 1).map((later) => ({
      group: group.name,
      earlier,
      later,
      truth: said.get(keyOf(earlier.id, later.id)) ?? derivedTruth(group, earlier, later),
    })),
  );
}

const keyOf = (one: string, other: string): string => `${one} ${other}`;

function derivedTruth(group: FoldGroup, earlier: FoldArticle, later: FoldArticle): FoldTruth {
  const ways = waysFrom(group, earlier.id);
  const way = ways.get(later.id);
  if (way) return truthOfWay(way, earlier.language === later.language);
  const others = waysFrom(group, later.id);
  const follows = group.pairs.some(
    ([one, other, truth]) =>
      truth === 'follow-up' && ((ways.has(one) && others.has(other)) || (ways.has(other) && others.has(one))),
  );
  return follows ? 'follow-up' : 'different';
}

/** A copy of an update is an update; two translations of one text are retranslations of each other, or translations. */
function truthOfWay(way: readonly FoldTruth[], isOneLanguage: boolean): FoldTruth {
  if (!isOneLanguage) return 'translation';
  if (!way.every(isSameText)) return 'retranslation';
  return SAME_TEXT.findLast((truth) => way.includes(truth)) ?? 'copy';
}

/** To each article of the same story, the relations on the shortest way to it. */
function waysFrom(group: FoldGroup, start: string): Map<string, readonly FoldTruth[]> {
  const ways = new Map<string, readonly FoldTruth[]>([[start, []]]);
  // A map is walked in the order of insertion, with what is added on the way.
  for (const [from, way] of ways) {
    for (const [one, other, truth] of group.pairs) {
      if (!isSameStory(truth) || (one !== from && other !== from)) continue;
      const to = one === from ? other : one;
      if (!ways.has(to)) ways.set(to, [...way, truth]);
    }
  }
  return ways;
}
