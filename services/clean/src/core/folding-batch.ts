import type { CleanedArticle, ResidueKind, StoryLink } from '@wirefold/contracts';
import type { ArticleRecord, Foldable, Folded, FoldPolicy, Folding } from '@wirefold/folding';
import {
  asError,
  drop,
  Outage,
  pass,
  type BatchHandler,
  type Delivery,
  type Settled,
} from '@wirefold/pipeline';

export interface FoldingBatch<Input> {
  readonly handle: BatchHandler<Input, CleanedArticle>;
  readonly confirm: (deliveries: readonly Delivery<Input>[]) => Promise<void>;
}

/** Cleaned articles get their story: at the end of clean, as residue would make every copy another text. */
export function foldingBatch<Input>(
  folding: Folding,
  policy: FoldPolicy,
  clean: BatchHandler<Input, CleanedArticle>,
): FoldingBatch<Input> {
  // The story that was found for a delivery, until it is confirmed; gone with the delivery where it never is.
  const found = new WeakMap<Delivery<Input>, ArticleRecord>();
  const dropped = new WeakMap<Delivery<Input>, ArticleRecord>();

  return {
    handle: async (batch, context) => {
      const results = await clean(batch, context);
      const articles = results.map((result) => (result.kind === 'pass' ? result.output : undefined));
      try {
        const folded = await storiesOf(folding, articles);
        const passed = new Set<string>();
        return results.map((result, index) => {
          const one = folded[index];
          if (result.kind !== 'pass') return result;
          const delivery = batch[index] as Delivery<Input>;
          if (policy === 'drop' && one !== undefined && isDropped(one, passed)) {
            if (one.record !== undefined) dropped.set(delivery, one.record);
            return drop('folded');
          }
          passed.add(result.output.uri);
          if (one?.record !== undefined) found.set(delivery, one.record);
          return pass(withStory(result.output, one, policy));
        });
      } catch (thrown) {
        return batch.map(() => failed(thrown));
      }
    },
    confirm: async (deliveries) => {
      const recordsIn = (records: WeakMap<Delivery<Input>, ArticleRecord>) =>
        deliveries.map((delivery) => records.get(delivery)).filter((record) => record !== undefined);
      const [passed, gone] = [recordsIn(found), recordsIn(dropped)];
      if (passed.length > 0) await folding.confirm(passed);
      if (gone.length > 0) await folding.forget(gone);
    },
  };
}

type Story = Partial<Folded> & Pick<Folded, 'link'>;

async function foldAll(
  folding: Folding,
  articles: readonly (CleanedArticle | undefined)[],
): Promise<(Story | undefined)[]> {
  const hasText = (article: CleanedArticle | undefined) => article !== undefined && article.body !== '';
  const withText = articles.filter(hasText) as CleanedArticle[];
  const folded = (await folding.fold(withText.map(foldable))).values();
  return articles.map((article) =>
    article !== undefined && hasText(article) ? (folded.next().value ?? { link: alone(article) }) : undefined,
  );
}

const alone = ({ id }: CleanedArticle): StoryLink => ({
  id,
  relation: 'original',
  score: 1,
  why: [{ sign: 'short', reason: 'the text is too short to be told from others' }],
  head: true,
});

/** In the order of the batch: what comes behind a kill knows of it. */
async function storiesOf(
  folding: Folding,
  articles: readonly (CleanedArticle | undefined)[],
): Promise<(Story | undefined)[]> {
  const stories: (Story | undefined)[] = [];
  for (let from = 0; from < articles.length; ) {
    const kill = articles.findIndex((article, index) => index >= from && article?.pubStatus === 'canceled');
    const end = kill === -1 ? articles.length : kill + 1;
    stories.push(...(await foldAll(folding, articles.slice(from, end))));
    const killed = articles[kill];
    const link = killed && (await folding.kill(killed));
    if (link !== undefined) stories[kill] = { link };
    from = end;
  }
  return stories;
}

/** Kinds of residue that may name an agency. */
const CREDITS: ReadonlySet<ResidueKind> = new Set([
  'agency-credit',
  'dateline',
  'byline',
  'source',
  'copyright',
]);

function foldable(article: CleanedArticle): Foldable {
  const { id, uri, title, body, language, source, byline, copyrightNotice } = article;
  return {
    id,
    uri,
    language: language.tag,
    title,
    body,
    publishedMs: Date.parse(article.publishedAt ?? article.versionCreated),
    ...(source && { source }),
    credits: [
      ...[byline, copyrightNotice].filter((credit) => credit !== undefined),
      ...article.residue.filter(({ kind }) => CREDITS.has(kind)).map(({ text }) => text),
    ],
  };
}

/** A copy may be dropped where what it copies is surely kept, and it was not itself indexed before. */
function isDropped({ link, isKnown, isBasisPublished }: Story, passed: ReadonlySet<string>): boolean {
  if (link.covered !== true || isKnown !== false || link.killedBy !== undefined) return false;
  return isBasisPublished === true || passed.has(link.of ?? '');
}

function withStory(article: CleanedArticle, story: Story | undefined, policy: FoldPolicy): CleanedArticle {
  if (story === undefined) return article.pubStatus === 'canceled' ? withoutText(article) : article;
  const { covered, ...link } = story.link;
  const linked: CleanedArticle = {
    ...article,
    story: covered === true && policy !== 'full' ? { ...link, covered } : link,
  };
  const isKilled = article.pubStatus === 'canceled' || link.killedBy !== undefined;
  return isKilled ? withoutText({ ...linked, pubStatus: 'canceled' }) : linked;
}

/** What is canceled goes on without its text, nor anything that was written about it. */
function withoutText(article: CleanedArticle): CleanedArticle {
  const { page: _page, translationese: _look, byline: _byline, ...rest } = article;
  return {
    ...rest,
    ...(rest.story && { story: { ...rest.story, why: [] } }),
    title: '',
    titleFrom: 'none',
    body: '',
    residue: [],
    extraction: { method: 'none', wordCount: 0 },
  };
}

function failed(thrown: unknown): Settled<CleanedArticle> {
  if (thrown instanceof Outage) return { kind: 'outage', outage: thrown };
  return { kind: 'unexpected', error: asError(thrown) };
}
