import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { processSettings } from '@wirefold/pipeline';

// In a process of its own: what Jest keeps in memory is not the pool's.
const program = `
  import { createCleanPool } from ${JSON.stringify(join(import.meta.dirname, 'clean-pool.ts'))};
  const pool = createCleanPool({
    maxThreads: 1,
    timeBudgetMs: 60_000,
    memoryBudgetBytes: 256 * 1024 * 1024,
    detector: { knownLanguages: new Set(), detectLanguage: () => undefined },
  });
  const article = { uri: 'urn:a', pubStatus: 'usable', contentType: 'text/html', content: '<p>It sails in May, they say.</p>' };
  const clean = async (pages) => {
    for (let page = 0; page < pages; page += 1) await pool.clean(article, new Map());
    globalThis.gc();
    return process.memoryUsage.rss() / 2 ** 20;
  };
  const before = await clean(10_000);
  console.log(await clean(10_000) - before);
  await pool.close();
`;

it('keeps nothing of the articles that are done', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--max-semi-space-size=8',
      '--conditions=wirefold:source',
      '--input-type=module',
      '--eval',
      program,
    ],
    { env: { ...processSettings, NODE_OPTIONS: '' } },
  );
  // Ports that are never closed take 2.6 KiB each.
  expect(Number(stdout)).toBeLessThan(13);
}, 120_000);
