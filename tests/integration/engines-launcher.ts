/** A launcher of its own process, for the test that kills it: starts the engines, tells their process ids, and waits. */
import { startEngines } from '../../libs/engines/src/index.ts';

const [root, directory] = process.argv.slice(2);
if (root === undefined || directory === undefined) throw new Error('usage: engines-launcher ROOT DIRECTORY');

const engines = await startEngines({
  environment: process.env,
  root,
  directory,
  keepData: true,
  only: 'embedded',
  onProgress: () => undefined,
});
console.log(JSON.stringify(Object.values(engines.processes ?? {}).map(({ pid }) => pid)));
setInterval(() => undefined, 60_000);
