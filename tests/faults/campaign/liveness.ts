import { setTimeout as sleep } from 'node:timers/promises';
import { stageNames } from '@wirefold/contracts';
import { probe } from '@wirefold/testing';
import type { SupervisedService } from './supervised-service.ts';

const ASK_EVERY_MS = 1000;

/** Asks every process all the time whether it is alive: an orchestrator would end one that says no. */
export function watchLiveness(services: readonly SupervisedService[]): { stop: () => Promise<string[]> } {
  const problems = new Set<string>();
  const stopped = new AbortController();
  const ask = async ({ name, url }: SupervisedService) => {
    if (url === undefined) return;
    try {
      const { status, error } = await probe(url, 'live');
      if (status !== 200) problems.add(`${name}: ${JSON.stringify(error)}`);
    } catch {
      // It ended, or was frozen, since its address was read: what ends it is told by the faults.
    }
  };
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      for (const service of services) if (!service.isAsleep) await ask(service);
      await sleep(ASK_EVERY_MS / stageNames.length);
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await watching;
      return [...problems];
    },
  };
}
