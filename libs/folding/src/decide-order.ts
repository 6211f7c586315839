import type { ArticleRecord } from './article-record.ts';
import type { Likeness } from './likeliest.ts';

/** An article that is to be decided. */
export interface DecideTask {
  readonly work: { readonly record: Pick<ArticleRecord, 'id'> };
  readonly likenesses: readonly Likeness[];
}

/**
 * For each article of a batch the places of those before it that have to be decided first, so that what comes out is what comes out
 * where they are decided one after the other, in their order. An article waits for an earlier version of itself, for those before it
 * that it is like, whichever of the two says so, and for those that may join a story that it may join, where one of them is a translation: of those a story takes one in a
 * language.
 *
 * It waits for no others: all that is waited for, here and in other batches, was claimed earlier, so that nothing waits in a circle.
 */
export function predecessorsOf(tasks: readonly DecideTask[]): ReadonlySet<number>[] {
  const places = new Map(tasks.map(({ work }, place) => [work.record.id, place]));
  const predecessors = tasks.map(() => new Set<number>());
  const stories = new Map<string, { readonly all: Set<number>; readonly translated: Set<number> }>();
  const versions = new Map<string, number>();
  for (const [place, { work, likenesses }] of tasks.entries()) {
    const { id } = work.record;
    const version = versions.get(id);
    if (version !== undefined) predecessors[place]?.add(version);
    versions.set(id, place);
    for (const { other, match } of likenesses) {
      const otherPlace = places.get(other.id);
      if (otherPlace !== undefined)
        predecessors[Math.max(place, otherPlace)]?.add(Math.min(place, otherPlace));
      const story = stories.get(other.storyId);
      if (story === undefined) continue;
      for (const before of match.isSameLanguage ? story.translated : story.all)
        predecessors[place]?.add(before);
    }
    for (const { other, match } of likenesses) {
      const story = stories.get(other.storyId) ?? { all: new Set(), translated: new Set() };
      story.all.add(place);
      if (!match.isSameLanguage) story.translated.add(place);
      stories.set(other.storyId, story);
    }
  }
  return predecessors;
}

/** Does something for each task, at once for those that need not wait. Fails with the first that fails. */
export async function inOrder<Task extends DecideTask>(
  tasks: readonly Task[],
  decide: (task: Task) => Promise<void>,
): Promise<void> {
  const ends: Promise<void>[] = [];
  for (const [place, predecessors] of predecessorsOf(tasks).entries()) {
    const before = Promise.all([...predecessors].map((other) => ends[other] as Promise<void>));
    ends.push(before.then(() => decide(tasks[place] as Task)));
  }
  await Promise.all(ends);
}
