import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import {
  createFolding,
  createRedisFoldStore,
  DEFAULT_THRESHOLDS,
  type Foldable,
  type Folded,
  type Folding,
  type FoldStore,
} from '@wirefold/folding';
import { systemClock } from '@wirefold/pipeline';
import { connectRedis, type GuardedRedis } from '@wirefold/redis';
import { startRedisCluster, testEngines } from '@wirefold/testing';
import { Redis } from 'ioredis';

export const NOON = Date.UTC(2026, 2, 9, 12);
const WINDOW_HOURS = 72;
const TIMEOUT_MS = 5000;

/** Where the tests of folding run: the same cases on each. */
export const REDISES = ['one Redis', 'a Redis Cluster of three masters'] as const;

/** A real Redis, or three masters, under a prefix of its own. */
export interface FoldRedis {
  readonly prefix: string;
  /** A connection of its own: as another process has it. */
  readonly connect: () => Promise<GuardedRedis>;
  /** Folding under the prefix, on the one connection that its workers share. */
  readonly worker: (options?: Partial<WorkerOptions>) => Promise<ReturnType<typeof workerOn>>;
  /** All keys under the prefix, with a client of the node that has them. */
  readonly keys: () => Promise<{ readonly key: string; readonly admin: Redis }[]>;
  readonly flush: () => Promise<void>;
}

export function useFoldRedis(kind: (typeof REDISES)[number], onBegun: (redis: FoldRedis) => void): void {
  const left: (() => unknown)[] = [];
  beforeAll(async () => {
    const isCluster = kind !== 'one Redis';
    const engines = isCluster ? await startRedisCluster() : await testEngines(['redis']);
    left.push(engines.stop);
    const url = 'url' in engines ? engines.url : engines.redisUrl;
    const admins =
      'nodes' in engines
        ? engines.nodes.map(({ port }) => new Redis({ port }))
        : [new Redis(engines.redisUrl)];
    for (const admin of admins) left.push(() => admin.disconnect());
    const prefix = `test-${randomUUID().slice(0, 8)}`;
    const connect = async () => {
      const redis = await connectRedis({
        REDIS_URL: url,
        REDIS_CLUSTER: isCluster,
        REDIS_PREFIX: prefix,
        REDIS_TIMEOUT_MS: TIMEOUT_MS,
      });
      left.push(() => redis.client.disconnect());
      return redis;
    };
    const keys = async () => {
      const found = await Promise.all(
        admins.map(async (admin) => (await admin.keys(`{${prefix}:*`)).map((key) => ({ key, admin }))),
      );
      return found.flat();
    };
    const flush = async () => {
      for (const { key, admin } of await keys()) await admin.unlink(key);
    };
    let shared: Promise<GuardedRedis> | undefined;
    const worker = async (options: Partial<WorkerOptions> = {}) => {
      shared ??= connect();
      return workerOn(await shared, { prefix, ...options });
    };
    onBegun({ prefix, connect, worker, keys, flush });
  }, 60_000);
  afterAll(async () => {
    for (const end of left.toReversed()) await end();
  });
}

export interface WorkerOptions {
  readonly prefix: string;
  readonly leaseMs?: number;
  readonly patienceMs?: number;
  readonly windowHours?: number;
  readonly windows?: Partial<Record<'textHours' | 'translationHours' | 'followUpHours', number>>;
  readonly nowMs?: () => number;
  readonly around?: (store: FoldStore) => FoldStore;
}

/** Folding as a worker has it, on a connection of its own. */
export function workerOn(
  redis: GuardedRedis,
  options: WorkerOptions,
): Folding & { readonly store: FoldStore } {
  const { prefix, leaseMs = 60_000, patienceMs = 2000, windowHours = WINDOW_HOURS } = options;
  const { nowMs = systemClock.nowMs, around = (store) => store } = options;
  const store = createRedisFoldStore(redis, { prefix, windowHours, leaseMs, nowMs });
  const folding = createFolding({
    store: around(store),
    thresholds: DEFAULT_THRESHOLDS,
    windows: {
      textHours: windowHours,
      translationHours: windowHours,
      followUpHours: windowHours,
      ...options.windows,
    },
    nowMs,
    sleep: systemClock.sleep,
    patienceMs,
  });
  return { ...folding, store };
}

/** Does something before or behind each call of a store. */
export function wrapped(
  store: FoldStore,
  around: <Result>(name: keyof FoldStore, call: () => Promise<Result>) => Promise<Result>,
): FoldStore {
  const wrap =
    (name: keyof FoldStore) =>
    (...given: unknown[]) =>
      around(name, () => (store[name] as (...all: unknown[]) => Promise<unknown>)(...given));
  return Object.fromEntries(
    (Object.keys(store) as (keyof FoldStore)[]).map((name) => [name, wrap(name)]),
  ) as unknown as FoldStore;
}

/** Closed, until it is opened. */
export function latchOf(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

export const foldable = (name: string, fields: Partial<Foldable> = {}): Foldable => {
  const uri = `urn:fold:${name}`;
  return { id: documentId(uri), uri, language: 'en', title: '', body: '', publishedMs: NOON, ...fields };
};

export async function foldOne(folding: Folding, article: Foldable): Promise<Folded> {
  const [folded] = await folding.fold([article]);
  if (folded === undefined) throw new Error(`${article.uri} is too short`);
  return folded;
}

/** Folds and publishes. */
export async function publish(folding: Folding, article: Foldable): Promise<Folded['link']> {
  const { link, record } = await foldOne(folding, article);
  await folding.confirm([record]);
  return link;
}

export function randomsOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');

/** A text of its own for every number, of words that there aren't: no two have anything in common. */
export function textOf(number: number, sentences = 8): string {
  const random = randomsOf(number * 7919 + 13);
  for (let warm = 0; warm < 8; warm += 1) random(2);
  const word = () =>
    Array.from({ length: 2 + random(3) }, () => SYLLABLES[random(SYLLABLES.length)]).join('');
  const sentence = () => {
    const words = Array.from({ length: 10 + random(6) }, word);
    const text = words.join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  return Array.from({ length: sentences }, sentence).join(' ');
}

const bridge = `HARTSUND, March 9 - The Hartsund suspension bridge will be closed to lorries from Monday after inspectors found 214 cracks in its main cables, the transport minister Ingrid Solheim said.

Engineers of the firm Karlowicz had examined 1,860 metres of cable since January 14. About 37,500 vehicles cross the bridge each day, among them 4,200 lorries, which will have to take the ferry at Brennvik.

"We don't take chances with 37,500 people a day," Solheim told reporters in Hartsund. Repairs would cost 96 million crowns and last until October, she said.

The mayor of Brennvik, Tomasz Adamski, warned that the town's two ferries carry no more than 85 lorries an hour. The hauliers' union called for a third ship from Denmark.

The bridge was opened in 1968 and last repaired in 1997, when 12 cables were replaced.`;

const bridgeInGerman = `HARTSUND, 9. März - Die Hängebrücke von Hartsund wird von Montag an für Lastwagen gesperrt, nachdem Prüfer 214 Risse in den Haupttrageseilen gefunden haben, wie Verkehrsministerin Ingrid Solheim mitteilte.

Ingenieure der Firma Karlowicz hatten seit dem 14. Januar 1.860 Meter Seil untersucht. Etwa 37.500 Fahrzeuge überqueren die Brücke jeden Tag, darunter 4.200 Lastwagen, die künftig die Fähre bei Brennvik nehmen müssen.

«Wir gehen mit 37.500 Menschen am Tag kein Wagnis ein», sagte Solheim vor Journalisten in Hartsund. Die Arbeiten sollen 96 Millionen Kronen kosten und bis Oktober dauern.

Der Bürgermeister von Brennvik, Tomasz Adamski, warnte, dass die beiden Fähren höchstens 85 Lastwagen in der Stunde befördern. Der Verband der Fuhrleute verlangte ein drittes Schiff aus Dänemark.

Eröffnet wurde die Brücke im Jahr 1968 und zuletzt 1997 ausgebessert, als man 12 Seile auswechselte.`;

const bridgeInOtherGerman = `Lastwagen dürfen die Hängebrücke bei Hartsund ab Montag nicht mehr befahren: In den Hauptkabeln stecken 214 Risse. Das teilte Ingrid Solheim mit, die das Verkehrsressort führt.

Seit 14. Januar haben Fachleute von Karlowicz 1.860 Meter Kabel abgesucht. Täglich fahren rund 37.500 Fahrzeuge hinüber, 4.200 von ihnen schwere Laster, denen nur die Fähre in Brennvik bleibt.

Mit 37.500 Menschen am Tag werde nicht gespielt, sagte Solheim der Presse in Hartsund. Bis Oktober werde gebaut, für 96 Millionen Kronen.

Tomasz Adamski, das Stadtoberhaupt von Brennvik, hält dagegen: Mehr als 85 Laster je Stunde schafften die zwei Fähren nicht. Ein weiteres Schiff aus Dänemark fordert die Gewerkschaft.

Das Bauwerk stammt von 1968; 1997 kamen 12 neue Kabel hinein.`;

const bridgeReportInGerman = `Am Ufer von Brennvik stehen die Fahrer im Regen. Seit die Brücke von Hartsund für sie geschlossen ist, warten manche sieben Stunden auf die Fähre, und keiner weiß, wie lange das so bleiben soll.

Ingrid Solheim war am Vormittag hier, hat Hände geschüttelt und von Sicherheit gesprochen. Tomasz Adamski stand daneben und schwieg. Erst als die Ministerin fort war, wurde er laut: Seine Stadt sei kein Parkplatz.

Von den 214 Rissen hat hier jeder gehört. «Die Brücke stand schon, als mein Vater gefahren ist», sagt einer aus Hartsund und schließt das Fenster.`;

const bridgeNextDay = `Hauliers blocked the ferry landing at Brennvik for three hours on Tuesday, demanding that Ingrid Solheim find them another ship.

Tomasz Adamski, who runs the town, came down with coffee and said he understood every word of it. The lorries have queued since the Hartsund crossing was shut to them. Karlowicz, whose people counted the 214 cracks, declined to comment.

Solheim promised an answer from Denmark by the end of the week. Some 4,200 drivers a day depend on it.`;

/** One story, in two languages, and what came of it. */
export const TEXTS = {
  title: 'Cracked cables close Hartsund bridge to lorries',
  bridge,
  bridgeInGerman,
  /** By another translator. */
  bridgeInOtherGerman,
  /** A reporter's own account. */
  bridgeReportInGerman,
  bridgeNextDay,
} as const;
