import type { ArticleRecord } from './article-record.ts';
import type { Likeness } from './likeliest.ts';

/** An article that is to be decided. */
export interface DecideTask {
  readonly work: { readonly record: Pick<ArticleRecord, 'id'>; readonly before: ArticleRecord | undefined };
  readonly likenesses: readonly Likeness[];
}

/**
 * Parts the articles of a batch into waves, each of which may be decided at once: with what comes out where they are decided one after
 * the other, in their order. An article waits for those before it that it is like, whichever of the two says so, and for those that may
 * join a story that it may join, where one of them is a translation: of those a story takes one in a language.
 */
export function wavesOf<Task extends DecideTask>(tasks: readonly Task[]): Task[][] {
  const places = new Map(tasks.map(({ work }, place) => [work.record.id, place]));
  // What is like one that comes later, by the later one's place.
  const likedBy = new Map<number, number[]>();
  const stories = new Map<string, { wave: number; translated: number }>();
  const waves: Task[][] = [];
  const waveOf: number[] = [];
  for (const [place, task] of tasks.entries()) {
    let wave = 0;
    const waitFor = (other: number | undefined) => {
      if (other !== undefined) wave = Math.max(wave, other + 1);
    };
    for (const earlier of likedBy.get(place) ?? []) waitFor(waveOf[earlier]);
    for (const { other, match } of task.likenesses) {
      const otherPlace = places.get(other.id);
      if (otherPlace !== undefined && otherPlace < place) waitFor(waveOf[otherPlace]);
      const story = stories.get(other.storyId);
      if (story !== undefined) waitFor(match.isSameLanguage ? story.translated : story.wave);
    }
    waveOf.push(wave);
    (waves[wave] ??= []).push(task);
    for (const { other, match } of task.likenesses) {
      const otherPlace = places.get(other.id);
      if (otherPlace !== undefined && otherPlace > place)
        likedBy.set(otherPlace, [...(likedBy.get(otherPlace) ?? []), place]);
      const story = stories.get(other.storyId) ?? { wave: -1, translated: -1 };
      story.wave = Math.max(story.wave, wave);
      if (!match.isSameLanguage) story.translated = Math.max(story.translated, wave);
      stories.set(other.storyId, story);
    }
  }
  return waves;
}
