import { afterAll, beforeAll } from '@jest/globals';
import type { EngineName } from '@wirefold/engines';
import { testEngines, testKafka, type TestEngines, type TestKafka } from '@wirefold/testing';

/** What the tests of a file work on. */
export interface Begun {
  readonly engines: TestEngines;
  readonly kafka: TestKafka;
}

/**
 * Gives the tests of a file engines and fresh topics before the first of them, and takes them away after the last.
 *
 * @param build makes the services that the tests start
 * @param names the engines that they need; all, if not given
 */
export function useEngines(
  build: () => Promise<void>,
  onBegun: (begun: Begun) => void,
  names?: readonly EngineName[],
): void {
  let engines: TestEngines | undefined;
  let kafka: TestKafka | undefined;
  beforeAll(async () => {
    await build();
    engines = await testEngines(names);
    kafka = await testKafka(engines.kafkaBrokers);
    onBegun({ engines, kafka });
  }, 240_000);
  afterAll(async () => {
    await kafka?.close();
    await engines?.stop();
  }, 60_000);
}
