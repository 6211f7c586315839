import type { Topic } from '@wirefold/contracts';
import { createBatchProducer, sendUntilTaken } from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import { eventually, outcomesOf, probe, type TestKafka, type TestMessage } from '@wirefold/testing';

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Says a figure that a test has measured. */
export const say = (text: string): void => {
  process.stderr.write(`  ${text}\n`);
};

/** A broker that is away is back by then. */
const LONGEST_OUTAGE_MS = 300_000;

export interface Load {
  /** How many messages are published by now. */
  readonly published: () => number;
  /** Gives how many were published in all, after the last one is on the broker. */
  readonly stop: () => Promise<number>;
}

/**
 * Publishes messages 0, 1, 2 … all the time, whatever becomes of the broker: what was not acknowledged is sent again, so
 * that a message may be there twice where the broker was away.
 */
export async function startLoad(
  { kafka }: TestKafka,
  topic: Topic,
  message: (number: number) => TestMessage,
  { count = 30, everyMs = 100 } = {},
): Promise<Load> {
  const producer = createBatchProducer(kafka, silentLog);
  const stopped = new AbortController();
  let published = 0;
  const publish = async () => {
    const messages = Array.from({ length: count }, (_, index) => {
      const { key = null, value, headers } = message(published + index);
      return { key, value: JSON.stringify(value), ...(headers === undefined ? {} : { headers }) };
    });
    await sendUntilTaken(producer, { topicMessages: [{ topic: topic.name, messages }] }, LONGEST_OUTAGE_MS);
    published += count;
  };
  const loading = (async () => {
    while (!stopped.signal.aborted) {
      await publish();
      await sleep(everyMs);
    }
  })();
  return {
    published: () => published,
    stop: async () => {
      stopped.abort();
      await loading;
      await producer.disconnect();
      return published;
    },
  };
}

interface Probed {
  readonly url: string;
  readonly name: string;
}

/** Looks at the probes of services all the time. */
export interface ProbeWatch {
  /** Answers of liveness that were not 200. */
  readonly notLive: readonly string[];
  /** How long it took, in milliseconds since it began to look, until a service was not ready. */
  readonly unreadyAfterMs: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

export function watchProbes(services: readonly Probed[]): ProbeWatch {
  const begunMs = Date.now();
  const stopped = new AbortController();
  const notLive: string[] = [];
  const unreadyAfterMs = new Map<string, number>();
  const look = async ({ url, name }: Probed) => {
    while (!stopped.signal.aborted) {
      const live = await probe(url, 'live');
      if (live.status !== 200)
        notLive.push(`${name} after ${Date.now() - begunMs} ms: ${JSON.stringify(live.error)}`);
      const ready = await probe(url, 'ready');
      if (ready.status === 503 && !unreadyAfterMs.has(name)) unreadyAfterMs.set(name, Date.now() - begunMs);
      await sleep(250);
    }
  };
  const looking = Promise.all(services.map(look));
  return {
    notLive,
    unreadyAfterMs,
    stop: async () => {
      stopped.abort();
      await looking;
    },
  };
}

/** How many messages a service has handled, whatever their outcome. */
export const handledBy = async (url: string): Promise<number> =>
  Object.values(await outcomesOf(url)).reduce((sum, count) => sum + count, 0);

/** Waits until each service has handled more than it had when it was called, and says how long each took. */
export async function untilWorkResumes(
  services: readonly Probed[],
  what: string,
  withinMs: number,
): Promise<void> {
  const begunMs = Date.now();
  const took = await Promise.all(
    services.map(async ({ url, name }) => {
      const before = await handledBy(url);
      await eventually(
        `${name} works again after ${what}`,
        async () => (await handledBy(url)) > before || undefined,
        withinMs,
      );
      return `${name} ${((Date.now() - begunMs) / 1000).toFixed(1)} s`;
    }),
  );
  say(`${what}: works again after ${took.join(', ')}`);
}

/** Waits until the services are ready. */
export async function untilReady(services: readonly Probed[], withinMs = 30_000): Promise<void> {
  await Promise.all(
    services.map(({ url, name }) =>
      eventually(
        `${name} is ready`,
        async () => (await probe(url, 'ready')).status === 200 || undefined,
        withinMs,
      ),
    ),
  );
}

/** Waits until a group has committed all that is on a topic. */
export async function untilNoLag(
  kafka: TestKafka,
  group: string,
  topic: Topic,
  withinMs = 60_000,
): Promise<void> {
  await eventually(
    `${group} has committed all of ${topic.name}`,
    async () => {
      const ends = await kafka.admin.fetchTopicOffsets(topic.name);
      const end = ends.reduce((sum, { high }) => sum + Number(high), 0);
      return (await kafka.committed(group, topic)) === end || undefined;
    },
    withinMs,
  );
}

/** Looks at a group's committed offsets all the time. */
export interface CommitWatch {
  /** Partitions whose offset was seen to go back. */
  readonly wentBack: readonly string[];
  readonly stop: () => Promise<void>;
}

export function watchCommits({ admin }: TestKafka, groupId: string, topic: Topic): CommitWatch {
  const stopped = new AbortController();
  const wentBack: string[] = [];
  const highest = new Map<number, number>();
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic.name] });
      for (const { partition, offset } of offsets?.partitions ?? []) {
        const before = highest.get(partition) ?? -1;
        if (Number(offset) < before) wentBack.push(`${partition}: ${before} -> ${offset}`);
        highest.set(partition, Number(offset));
      }
      await sleep(20);
    }
  })();
  return {
    wentBack,
    stop: async () => {
      stopped.abort();
      await looking;
    },
  };
}
