import type { Entity } from '@wirefold/contracts';

/**
 * Joins the mentions of several recognisers. Where mentions overlap, the longest stays; of equally long ones that of
 * the earlier recogniser; then the one that starts first.
 *
 * @param found mentions of each recogniser, the most trusted one first
 * @param maxEntities the first of the text are kept
 * @returns sorted by start, without overlaps
 * @throws Error when a mention's offsets don't fit its text: a mistake of its recogniser
 */
export function mergeMentions(
  body: string,
  found: readonly { readonly recogniser: string; readonly mentions: readonly Entity[] }[],
  maxEntities: number,
): Entity[] {
  const ranked = found.flatMap(({ recogniser, mentions }, priority) =>
    mentions.map((mention) => {
      if (body.slice(mention.start, mention.end) !== mention.text || mention.text === '')
        throw new Error(
          `${recogniser}: offsets ${mention.start}–${mention.end} are not those of its mention`,
        );
      return { mention, priority };
    }),
  );
  ranked.sort(
    (a, b) =>
      b.mention.text.length - a.mention.text.length ||
      a.priority - b.priority ||
      a.mention.start - b.mention.start,
  );
  const taken = new Uint8Array(body.length);
  const kept: Entity[] = [];
  for (const { mention } of ranked) {
    // What was kept is at least as long: an overlap covers the first or the last character.
    if (taken[mention.start] === 1 || taken[mention.end - 1] === 1) continue;
    taken.fill(1, mention.start, mention.end);
    kept.push(mention);
  }
  return kept.toSorted((a, b) => a.start - b.start).slice(0, maxEntities);
}
