import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { monitorProgress } from './progress-monitor.ts';
import { runFaults } from './run.ts';
import { startWorld, type World } from './world.ts';

jest.setTimeout(400_000);

/** The short seeded mix; the long one: `npm run faults -- --runs 100`. */
describe('a mix of faults', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 180_000);

  afterAll(async () => {
    await world?.stop();
  });

  it.each([1, 2, 3])('loses, doubles and wrongly gives up nothing (seed %d)', async (seed) => {
    const report = await runFaults({
      world,
      monitor: monitorProgress(world.kafka, world.groupPrefix),
      seed,
      stories: 1500,
      faults: 3,
      publishMs: 6000,
      onProgress: (text) => void process.stderr.write(`faults, seed ${seed}: ${text}\n`),
    });
    expect(report.violations).toEqual([]);
    expect(report.published).toBeGreaterThanOrEqual(1500);
    expect(report.outcomes.indexed).toBeGreaterThan(800);
    expect(report.outcomes.rejected).toBeGreaterThan(10);
    expect(report.documents).toBeGreaterThan(700);
  });
});
