import type { Cluster, Redis } from 'ioredis';

/**
 * One Redis or a cluster. On a cluster, a script's keys must share a hash tag, and it must be defined with its `numberOfKeys`:
 * else ioredis takes the number for the key.
 */
export type RedisClient = Redis | Cluster;

/** A client, and what is known of its connections. */
export interface RedisConnections {
  readonly client: RedisClient;
  /** Every master that is known now; one Redis is its own. */
  readonly masters: () => readonly Redis[];
  /**
   * Resolves when commands can be sent, at once where they can already.
   * @throws Error once an attempt to connect failed, or after the time of a command
   */
  readonly untilUsable: () => Promise<void>;
  /** Why the latest connection failed; undefined since one succeeded. */
  readonly connectionError: () => Error | undefined;
}

const RETRY_STEP_MS = 100;
const RETRY_MAX_MS = 2000;

/** Pause before so many a try to connect. */
export const retryDelayMs = (attempt: number): number => Math.min(RETRY_STEP_MS * attempt, RETRY_MAX_MS);
