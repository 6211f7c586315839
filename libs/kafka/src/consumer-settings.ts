import type { ConsumerConfig } from 'kafkajs';

const HEARTBEAT_MS = 3000;
/**
 * What is fetched at once, packed: of a partition, and of all together. All of it is unpacked, to 2–8 times its size, and held
 * until the last of it is handled.
 */
const PARTITION_FETCH_BYTES = 512 * 1024;
const FETCH_BYTES = 1024 * 1024;

/** Settings of a stage's consumer. */
export const consumerSettings = (groupId: string, sessionTimeoutMs: number): ConsumerConfig => ({
  groupId,
  sessionTimeout: sessionTimeoutMs,
  rebalanceTimeout: 60_000,
  heartbeatInterval: HEARTBEAT_MS,
  maxWaitTimeInMs: 500,
  minBytes: 1,
  maxBytesPerPartition: PARTITION_FETCH_BYTES,
  maxBytes: FETCH_BYTES,
  allowAutoTopicCreation: false,
  // kafkajs restarts some crashes and not others; a stage treats all alike.
  retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 6, restartOnFailure: async () => false },
});
