import type { IngestedArticle } from '@wirefold/contracts';
import {
  asError,
  BadMessage,
  drop,
  Outage,
  pass,
  redelivered,
  type BatchHandler,
  type Delivery,
  type Settled,
} from '@wirefold/pipeline';
import { accept, acceptAsKill, prepare, type Incoming, type Prepared } from './ingest.ts';
import { decideVersion, type KnownVersion } from './version-order.ts';

/** Remembers the newest version of each article. */
export interface VersionStore {
  /** @throws Outage */
  readonly read: (uris: readonly string[]) => Promise<ReadonlyMap<string, KnownVersion>>;
  /**
   * Remembers a version, unless a newer one is remembered already.
   * @throws Outage
   */
  readonly remember: (versions: ReadonlyMap<string, KnownVersion>) => Promise<void>;
}

/** Takes a batch in, and remembers what was published of it. */
export interface IngestBatch {
  readonly handle: BatchHandler<Incoming, IngestedArticle>;
  readonly confirm: (deliveries: readonly Delivery<Incoming>[]) => Promise<void>;
}

/**
 * Decides about a batch in its order; a version later in the batch is compared with the one before it. Nothing is
 * remembered before it is published: a crash between the two costs work, never an article.
 */
export function createIngestBatch(store: VersionStore): IngestBatch {
  // The decision about a delivery, until it is confirmed; gone with the delivery where it never is.
  const decided = new WeakMap<Delivery<Incoming>, KnownVersion>();

  return {
    handle: async (batch) => {
      const prepared = batch.map(prepareSafely);
      const uris = new Set(
        batch.filter((_delivery, index) => 'article' in (prepared[index] ?? {})).map(({ key }) => key),
      );
      let known: Map<string, KnownVersion>;
      try {
        known = new Map(await store.read([...uris]));
      } catch (thrown) {
        return batch.map(() => outageOf(thrown));
      }
      return batch.map((delivery, index) => {
        const one = prepared[index] as Prepared | Settled<IngestedArticle>;
        if ('kind' in one) return one;
        const decision = decideVersion(known.get(delivery.key), one.candidate);
        if (decision.kind === 'stale') return drop('stale');
        if (decision.kind === 'redelivered') return redelivered();
        known.set(delivery.key, decision.next);
        decided.set(delivery, decision.next);
        if (decision.kind === 'unchanged') return drop('unchanged');
        return pass(
          decision.kind === 'killed'
            ? acceptAsKill(one, decision.next)
            : accept(one, decision.next, decision.from),
        );
      });
    },
    confirm: async (deliveries) => {
      const versions = new Map<string, KnownVersion>();
      for (const delivery of deliveries) {
        const version = decided.get(delivery);
        if (version !== undefined) versions.set(delivery.key, version);
      }
      await store.remember(versions);
    },
  };
}

function prepareSafely(delivery: Delivery<Incoming>): Prepared | Settled<IngestedArticle> {
  try {
    return prepare(delivery);
  } catch (thrown) {
    if (thrown instanceof BadMessage) return { kind: 'reject', reason: thrown.reason, error: thrown.message };
    return { kind: 'unexpected', error: asError(thrown) };
  }
}

function outageOf(thrown: unknown): Settled<IngestedArticle> {
  if (thrown instanceof Outage) return { kind: 'outage', outage: thrown };
  return { kind: 'unexpected', error: asError(thrown) };
}
