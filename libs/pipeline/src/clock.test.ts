import { describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.ts';

const LONG_MS = 60_000;

describe('systemClock.sleep', () => {
  it('takes its time', async () => {
    const before = performance.now();
    await systemClock.sleep(20);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('ends at once when it is aborted, before or during', async () => {
    await systemClock.sleep(LONG_MS, AbortSignal.abort());
    const aborter = new AbortController();
    const sleep = systemClock.sleep(LONG_MS, aborter.signal);
    aborter.abort();
    await expect(sleep).resolves.toBeUndefined();
  });

  it('lets go of its signal, so that one signal may serve many sleeps', async () => {
    const aborter = new AbortController();
    let listeners = 0;
    const { signal } = aborter;
    const counted = {
      aborted: false,
      addEventListener: (...args: Parameters<AbortSignal['addEventListener']>) => {
        listeners += 1;
        signal.addEventListener(...args);
      },
      removeEventListener: (...args: Parameters<AbortSignal['removeEventListener']>) => {
        listeners -= 1;
        signal.removeEventListener(...args);
      },
    } as unknown as AbortSignal;
    await Promise.all([systemClock.sleep(1, counted), systemClock.sleep(2, counted)]);
    expect(listeners).toBe(0);
  });
});
