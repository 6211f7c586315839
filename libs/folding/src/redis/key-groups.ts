/** Keys that one script takes at once; commands of a cluster are of a fixed number of keys, or ioredis can't tell their slot. */
export const GROUP_SIZES = [16, 8, 4, 2, 1] as const;
export type GroupSize = (typeof GROUP_SIZES)[number];

/** Members of one shard, as many as one script takes. */
export interface KeyGroup<Member> {
  readonly size: GroupSize;
  readonly members: readonly Member[];
}

/** Groups of what lies in one shard, in their order; the sizes are those that there are scripts for. */
export function keyGroups<Member>(
  members: readonly Member[],
  shardOf: (member: Member) => number,
): KeyGroup<Member>[] {
  const shards = new Map<number, Member[]>();
  for (const member of members) {
    const shard = shardOf(member);
    const known = shards.get(shard);
    if (known === undefined) shards.set(shard, [member]);
    else known.push(member);
  }
  return [...shards.values()].flatMap((all) => {
    const groups: KeyGroup<Member>[] = [];
    for (let from = 0; from < all.length; ) {
      const left = all.length - from;
      const size = GROUP_SIZES.find((one) => one <= left) as GroupSize;
      groups.push({ size, members: all.slice(from, from + size) });
      from += size;
    }
    return groups;
  });
}
