import { describe, expect, it } from '@jest/globals';
import { topics } from '@wirefold/contracts';
import { systemClock, type Log, type StageMetrics } from '@wirefold/pipeline';
import type { Kafka } from 'kafkajs';
import { StageServer } from './stage-server.ts';

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const metrics: StageMetrics = {
  handled: nothing,
  chunk: nothing,
  lag: nothing,
  outage: nothing,
  consumerRestarted: nothing,
};

/** What listening with handlers of these topics answers; Kafka is not asked before the handlers fit. */
function listenWith(...handled: string[]): Promise<unknown> {
  const server = new StageServer({
    kafka: {} as Kafka,
    stage: { name: 'clean' },
    groupId: 'g',
    concurrency: 1,
    chunkMessages: 1,
    sessionTimeoutMs: 6000,
    maxBackoffMs: 1000,
    stallMs: 1000,
    drainMs: 0,
    compression: 0,
    metrics,
    clock: systemClock,
    log,
    onFatal: nothing,
  });
  for (const topic of handled) server.addHandler(topic, async () => []);
  return new Promise((resolve) => {
    server.listen(resolve);
  });
}

describe('the start of a stage', () => {
  const { name } = topics.ingested;

  it('refuses an input topic without a handler, or with two', async () => {
    expect(String(await listenWith())).toMatch(`${name} has 0 handlers; expected exactly one`);
    expect(String(await listenWith(name, name))).toMatch(`${name} has 2 handlers; expected exactly one`);
  });

  it('refuses a handler of a topic that the stage does not read', async () => {
    expect(String(await listenWith(name, topics.enriched.name))).toMatch(
      `a handler for ${topics.enriched.name}`,
    );
  });
});
