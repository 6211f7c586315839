import type { StoryLink } from '@wirefold/contracts';
import { isRoot } from './article-record.ts';
import type { Decided } from './decide-story.ts';

/** What an article says of its story from now on. */
export function storyLinkOf({ record, likeness, head, killedBy }: Decided): StoryLink {
  const { agency } = record.fingerprint;
  return {
    id: record.storyId,
    relation: record.relation,
    ...(record.of === undefined ? {} : { of: record.of }),
    score: Math.round(record.score * 100) / 100,
    why: [...(likeness?.match.why ?? [])],
    ...(likeness?.match.covered && record.relation !== 'follow-up' ? { covered: true } : {}),
    ...(agency === undefined ? {} : { agency }),
    ...((head ?? (isRoot(record) ? record.uri : undefined)) === record.uri ? { head: true } : {}),
    ...(record.isCorrected ? { corrected: true } : {}),
    ...(killedBy === undefined ? {} : { killedBy }),
  };
}
