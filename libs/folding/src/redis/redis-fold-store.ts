import { documentId } from '@wirefold/contracts';
import type { GuardedRedis } from '@wirefold/redis';
import { z } from 'zod';
import type { ArticleRecord } from '../article-record.ts';
import type { Decision, FoldStore, Join, Joined, StoryState } from '../fold-store.ts';
import { candidatesOf, refOf, sortIntoShards } from './candidates.ts';
import { shardOf } from './places.ts';
import { decodeRecord, encodeHeader, encodeRecord } from './record-codec.ts';
import { GROUP_SIZES, keyGroups, type KeyGroup } from './key-groups.ts';
import {
  ADOPT,
  CLAIM,
  CONFIRM,
  DECIDE,
  DECIDE_ALONE,
  ITEM_BYTES,
  JOIN,
  KILL_STORY,
  LOOK_UP,
  SETTLE,
} from './scripts.ts';

export interface RedisFoldStoreOptions {
  /** Begins each key. */
  readonly prefix: string;
  /** How long an article is remembered, in hours. */
  readonly windowHours: number;
  /** How long one is remembered that was not published yet, in milliseconds. */
  readonly leaseMs: number;
  readonly nowMs: () => number;
}

type Script = (...keysAndArguments: (string | number | Buffer)[]) => Promise<unknown>;
type Scripts = Record<string, Script>;

const HOUR_MS = 3_600_000;
const storyState = z.object({ head: z.object({ uri: z.string() }), killedBy: z.string().optional() });

/**
 * Folding's memory in Redis, or in a Redis Cluster: every key has its shard for a hash tag, every script one key, and what goes to one
 * shard goes together. Commands of one tick go out together (auto-pipelining).
 */
export function createRedisFoldStore(
  { client, run }: GuardedRedis,
  { prefix, windowHours, leaseMs, nowMs }: RedisFoldStoreOptions,
): FoldStore {
  const lua = {
    foldDecide: DECIDE,
    foldAdopt: ADOPT,
    foldSettle: SETTLE,
    foldLookUp: LOOK_UP,
    foldJoin: JOIN,
    foldKillStory: KILL_STORY,
  };
  for (const [name, script] of Object.entries(lua))
    client.defineCommand(name, { numberOfKeys: 1, lua: script });
  const ofGroups = { foldClaim: CLAIM, foldDecideAlone: DECIDE_ALONE, foldConfirm: CONFIRM };
  for (const [name, script] of Object.entries(ofGroups))
    for (const size of GROUP_SIZES)
      client.defineCommand(`${name}${size}`, { numberOfKeys: size, lua: script });
  const scripts = client as unknown as Scripts;
  const script = (name: string): Script => (scripts[name] as Script).bind(client);
  const windowMs = windowHours * HOUR_MS;

  const keyOf = (kind: 'article' | 'story', ref: string) => `{${prefix}:fold:${shardOf(ref)}}:${kind}:${ref}`;
  const articleKey = (id: string) => keyOf('article', refOf(id));
  const storyKey = (id: string) => keyOf('story', refOf(id));
  const recordGroups = (records: readonly ArticleRecord[]) =>
    keyGroups(records, ({ id }) => shardOf(refOf(id)));
  /** Runs a script for each group of records; an answer for each record. */
  const forGroups = async <Answer>(
    name: string,
    groups: readonly KeyGroup<ArticleRecord>[],
    first: readonly number[],
    argument: (record: ArticleRecord) => Buffer,
  ): Promise<Map<ArticleRecord, Answer>> => {
    const answers = await Promise.all(
      groups.map(({ size, members }) =>
        script(`${name}${size}Buffer`)(
          ...members.map(({ id }) => articleKey(id)),
          ...first,
          ...members.map(argument),
        ),
      ),
    );
    return new Map(
      groups.flatMap(({ members }, index) =>
        members.map((record, place) => [record, (answers[index] as Answer[])[place] as Answer] as const),
      ),
    );
  };

  return {
    claim: (records) =>
      run(async () => {
        const answers = await forGroups<Buffer>('foldClaim', recordGroups(records), [leaseMs], encodeRecord);
        return records.map((record) => {
          const known = asRecord(answers.get(record));
          return known?.uri === record.uri ? known : undefined;
        });
      }),
    lookUp: async (lookUps) => {
      const shards = sortIntoShards(lookUps);
      const hour = Math.floor(nowMs() / HOUR_MS);
      const found = await run(() =>
        Promise.all(
          [...shards].map(async ([shard, { items, runs }]) => {
            const key = `{${prefix}:fold:${shard}}:postings`;
            return [
              shard,
              (await script('foldLookUpBuffer')(
                key,
                hour,
                windowHours,
                Buffer.concat(items),
                runs * ITEM_BYTES,
              )) as Buffer,
            ] as const;
          }),
        ),
      );
      return candidatesOf(lookUps, shards, new Map(found), hour - windowHours);
    },
    read: (refs) =>
      run(async () => {
        const groups = keyGroups(refs, shardOf);
        const values = await Promise.all(
          groups.map(({ members }) => client.mgetBuffer(...members.map((ref) => keyOf('article', ref)))),
        );
        const records = new Map<string, ArticleRecord>();
        groups.forEach(({ members }, group) => {
          members.forEach((ref, place) => {
            const record = asRecord(values[group]?.[place]);
            if (record !== undefined) records.set(ref, record);
          });
        });
        return records;
      }),
    decideAlone: (records) =>
      run(async () => {
        const answers = await forGroups<number>('foldDecideAlone', recordGroups(records), [], encodeHeader);
        return records.filter((record) => answers.get(record) !== 1);
      }),
    decide: (record) =>
      run(async (): Promise<Decision> => {
        const answer = await script('foldDecideBuffer')(
          articleKey(record.id),
          encodeRecord(record),
          leaseMs,
          idBytes(record.id),
        );
        if (!Buffer.isBuffer(answer)) return { kind: 'written' };
        if (answer.length === ID_BYTES) return { kind: 'adopted', by: answer.toString('base64url') };
        const known = asRecord(answer);
        return known === undefined ? { kind: 'written' } : { kind: 'known', record: known };
      }),
    adopt: (id, by) =>
      run(async () => {
        const answer = await script('foldAdoptBuffer')(articleKey(id), idBytes(by), idBytes(id));
        return answer === 1 ? 'adopted' : asRecord(answer);
      }),
    settle: (id) => run(async () => asRecord(await script('foldSettleBuffer')(articleKey(id), idBytes(id)))),
    join: (join) =>
      run(async (): Promise<Joined> => {
        const answer = await script('foldJoin')(
          storyKey(join.storyId),
          JSON.stringify(memberOf(join)),
          JSON.stringify(memberOf(join.root)),
          windowMs,
        );
        const state = typeof answer === 'string' ? asStory(answer) : undefined;
        return state === undefined ? { kind: 'refused' } : { kind: 'joined', ...state };
      }),
    killStory: async (storyId, by) => {
      await run(() => script('foldKillStory')(storyKey(storyId), by ?? '', windowMs));
    },
    readStories: (storyIds) =>
      run(async () => {
        const texts = await Promise.all(
          storyIds.map((id) => client.get(storyKey(id)).catch(noneOfOtherType)),
        );
        const states = new Map<string, StoryState>();
        texts.forEach((text, index) => {
          const state = text === null ? undefined : asStory(text);
          if (state !== undefined) states.set(storyIds[index] as string, state);
        });
        return states;
      }),
    forget: async (records) => {
      await run(() => Promise.all(records.map(({ id }) => client.unlink(articleKey(id)))));
    },
    confirm: (records) =>
      run(async () => {
        const answers = await forGroups<number>(
          'foldConfirm',
          recordGroups(records),
          [windowMs],
          encodeHeader,
        );
        // What is gone, or otherwise, is written anew.
        const others = records.filter((record) => answers.get(record) !== 1);
        await Promise.all(
          others.map((record) =>
            client.set(
              articleKey(record.id),
              encodeRecord({ ...record, state: 'confirmed' }),
              'PX',
              windowMs,
            ),
          ),
        );
      }),
  };
}

const ID_BYTES = 16;
const idBytes = (id: string): Buffer => Buffer.from(id, 'base64url');
const memberOf = ({ uri, language, rank, publishedMs, ...rest }: Partial<Join> & Join['root']) => ({
  uri,
  ref: refOf(documentId(uri)),
  language,
  rank,
  published: publishedMs,
  ...('isUnsure' in rest ? { isUnsure: rest.isUnsure } : {}),
});

/** What somebody else wrote at one of the keys is as good as nothing. */
function noneOfOtherType(error: Error): null {
  if (error.message.startsWith('WRONGTYPE')) return null;
  throw error;
}

const asRecord = (value: unknown): ArticleRecord | undefined =>
  Buffer.isBuffer(value) ? decodeRecord(value) : undefined;

function asStory(text: string): StoryState | undefined {
  try {
    const { head, killedBy } = storyState.parse(JSON.parse(text));
    return { head: head.uri, ...(killedBy === undefined ? {} : { killedBy }) };
  } catch {
    // What another version of Wirefold wrote, or somebody by hand.
    return undefined;
  }
}
