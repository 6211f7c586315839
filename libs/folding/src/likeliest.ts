import type { ArticleRecord } from './article-record.ts';
import type { Match } from './compare.ts';

/** A known article and how the new one stands to it. */
export interface Likeness {
  readonly other: ArticleRecord;
  readonly match: Match;
}

/** A translation must stand out from those of other stories by so much, unless it is that sure. */
const STANDS_OUT = 1.15;
const SURE = 0.4;

/**
 * The likenesses by which an article may join a story, the likeliest first, one a story. The same text goes before a translation;
 * of translations, one that does not stand out from the next story's is none: names in the news go together in more than one story.
 *
 * @param preferred the story that the article is in already, which wins where it is among them
 */
export function likeliest(likenesses: readonly Likeness[], preferred?: string): Likeness[] {
  const joining = likenesses.filter(({ match }) => match.relation !== 'follow-up');
  const texts = bestOfStories(joining.filter(isSameLanguage));
  const translations = bestOfStories(joining.filter((likeness) => !isSameLanguage(likeness)));
  const [first] = translations;
  const second = translations.find(({ other }) => other.storyId !== first?.other.storyId);
  const standsOut =
    first !== undefined &&
    (second === undefined ||
      first.match.score >= SURE ||
      first.match.score >= STANDS_OUT * second.match.score);
  const ordered = [...texts, ...(standsOut ? translations : [])];
  const own = ordered.filter(({ other }) => other.storyId === preferred);
  return [...own, ...ordered.filter((likeness) => !own.includes(likeness))];
}

const isSameLanguage = ({ match }: Likeness): boolean => match.isSameLanguage;

function bestOfStories(likenesses: readonly Likeness[]): Likeness[] {
  const best = new Map<string, Likeness>();
  for (const likeness of likenesses) {
    const { id, state, storyId } = likeness.other;
    // One that is not decided hides none that is, though that took it along: it is not known yet where it ends.
    const story = state === 'claimed' ? id : storyId;
    const before = best.get(story);
    if (before === undefined || likelierFirst(likeness, before) < 0) best.set(story, likeness);
  }
  return [...best.values()].toSorted(likelierFirst);
}

/** Of equals the earlier one: what the others were made from. */
const likelierFirst = (one: Likeness, other: Likeness): number =>
  other.match.score - one.match.score || one.other.claim - other.other.claim;
