// Writes what comes out of the contracts: JSON Schemas, the AsyncAPI document, the tables of docs/contract.md.
//   node libs/contracts/generate.mjs           writes them
//   node libs/contracts/generate.mjs --check   ends with 1 where a committed file is stale
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { contractDocuments, WRITTEN_CONTRACT } from './src/generate/documents.ts';

const SCHEMAS = 'docs/contract/schemas';
const root = resolve(import.meta.dirname, '../..');
const read = (path) => readFile(join(root, path), 'utf8').catch(() => '');

const documents = contractDocuments(await read(WRITTEN_CONTRACT));
const wanted = new Set(documents.map(({ path }) => path));
const surplus = (await readdir(join(root, SCHEMAS)).catch(() => []))
  .map((name) => `${SCHEMAS}/${name}`)
  .filter((path) => !wanted.has(path));
const stale = [];
for (const document of documents) if ((await read(document.path)) !== document.text) stale.push(document);

if (process.argv.includes('--check')) {
  const wrong = [
    ...stale.map(({ path }) => `${path} is stale`),
    ...surplus.map((path) => `${path} is of no contract`),
  ];
  for (const line of wrong) process.stderr.write(`${line}\n`);
  if (wrong.length > 0) {
    process.stderr.write('Run: node libs/contracts/generate.mjs\n');
    process.exitCode = 1;
  }
} else {
  for (const { path, text } of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    process.stdout.write(`wrote ${relative(process.cwd(), join(root, path))}\n`);
  }
  for (const path of surplus) process.stdout.write(`of no contract, to be deleted: ${path}\n`);
}
