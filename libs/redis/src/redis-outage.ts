import { asError, Outage } from '@wirefold/pipeline';

/** Label of Redis in metrics and readiness. */
export const DEPENDENCY = 'redis';

/** Codes of what is wrong with a Redis that answers: mistakes of whoever set it up. */
export const misconfiguredCodes = { evicts: 'EVICTS', clusterMode: 'CLUSTERMODE' } as const;

export const clusterDown = (message: string): Outage => new Outage(DEPENDENCY, 'CLUSTERDOWN', message);

export const wrongMode = (isCluster: boolean): Outage =>
  new Outage(
    DEPENDENCY,
    misconfiguredCodes.clusterMode,
    isCluster
      ? 'REDIS_URL is a node of a Redis Cluster: set REDIS_CLUSTER=true'
      : 'REDIS_URL is no Redis Cluster: set REDIS_CLUSTER=false, or cluster-enabled in redis.conf',
  );

/**
 * What a failed command means: always an outage.
 *
 * @param connectionError why the latest connection failed: ioredis tells it by events only
 */
export function toOutage(thrown: unknown, connectionError: Error | undefined): Outage {
  if (thrown instanceof Outage) return thrown;
  const error = asError(thrown);
  const reason = reasonOf(error, connectionError);
  if (reason.message.includes('cluster support disabled')) return wrongMode(false);
  return new Outage(DEPENDENCY, codeOf(reason), reason.message, { cause: error });
}

/** ioredis says how often it tried, or that it is not connected; what it failed of, only its events say. */
const SAYS_NO_REASON =
  /Connection is closed\.$|^None of startup nodes is available|^Cluster isn't ready|^Failed to refresh slots cache/;

/** Whether an error of ioredis says only that there is no connection, and not why. */
export function saysNoReason(error: Error): boolean {
  const { name, message } = ofLastNode(error);
  return name === 'MaxRetriesPerRequestError' || SAYS_NO_REASON.test(message);
}

function reasonOf(error: Error, connectionError: Error | undefined): Error {
  return ofLastNode(saysNoReason(error) ? (connectionError ?? error) : error);
}

/** What the last one said of a cluster's nodes, none of which could be asked for the slots. */
function ofLastNode(error: Error): Error {
  const { lastNodeError } = error as { lastNodeError?: unknown };
  return lastNodeError instanceof Error ? lastNodeError : error;
}

/**
 * What Redis answers begins with a code; up to Redis 6, a script's error has it in its middle. ioredis follows a cluster's
 * redirections a few times, and then quotes the last one.
 */
const REPLY_CODE =
  /^(?:Too many Cluster redirections\. Last error: \w+: )?(?:ERR Error running script.*? -)?([A-Z]{3,})\b/;

function codeOf(error: Error): string {
  const { message } = error;
  if (/(?:^|: )(?:Command timed out|timeout)$/.test(message)) return 'TIMEOUT';
  // The slots of one automatic pipeline were parted before it went out.
  if (message.includes('same slots allocation group')) return 'MOVED';
  // How ioredis 6 fails where nobody serves the slot of a key.
  if (error instanceof TypeError && message.includes("'join'")) return 'CLUSTERDOWN';
  const { code } = error as { code?: string };
  return code ?? REPLY_CODE.exec(message)?.[1] ?? 'CONNECTION';
}
