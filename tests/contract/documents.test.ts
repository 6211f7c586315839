import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { rejectReason, scrapedArticle, ninjsItem, parseValue } from '@wirefold/contracts';
import {
  contractDocuments,
  fillMarkers,
  WRITTEN_CONTRACT,
} from '../../libs/contracts/src/generate/documents.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFile(join(root, path), 'utf8');

it('has documents that are what the contracts say; if not: node libs/contracts/generate.mjs', async () => {
  const documents = contractDocuments(await read(WRITTEN_CONTRACT));
  expect(documents.length).toBeGreaterThan(9);
  for (const { path, text } of documents) expect([path, await read(path)]).toEqual([path, text]);
  const known = documents.map(({ path }) => path);
  for (const name of await readdir(join(root, 'docs/contract/schemas')))
    expect(known).toContain(`docs/contract/schemas/${name}`);
});

it('says so in a script too', async () => {
  const script = join(root, 'libs/contracts/generate.mjs');
  const { stderr } = await promisify(execFile)(process.execPath, [script, '--check'], { env: {} });
  expect(stderr).toBe('');
});

it('fills markers, and knows a stale one', () => {
  const marked = (inside: string) => `before\n<!-- generated: reasons -->\n${inside}<!-- end -->\nafter`;
  const filled = fillMarkers(marked('of old\n'));
  expect(filled).toMatch(/^before\n[\s\S]*\nafter$/);
  for (const reason of rejectReason.options) expect(filled).toContain(`\`${reason}\``);
  expect(filled).not.toContain('of old');
  expect(fillMarkers(filled)).toBe(filled);
  expect(() => fillMarkers('<!-- generated: fields nothing -->\n<!-- end -->')).toThrow(/fields nothing/);
});

it('shows only messages that are accepted', async () => {
  const markdown = await read(WRITTEN_CONTRACT);
  const examples = [...markdown.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
  );
  expect(examples.length).toBeGreaterThanOrEqual(8);
  for (const example of examples) {
    const contract = 'bodies' in example ? ninjsItem : scrapedArticle;
    expect(parseValue<unknown>(contract, example)).toEqual({ value: example });
  }
});

it('speaks of every field of the scraped message, and links to nothing that is not there', async () => {
  const markdown = await read(WRITTEN_CONTRACT);
  for (const field of Object.keys(scrapedArticle.shape)) expect(markdown).toContain(`| \`${field}\` |`);
  for (const [, target = ''] of markdown.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
    await expect(
      readFile(join(root, 'docs', target)).catch((error: { code: string }) => error.code),
    ).resolves.not.toBe('ENOENT');
});

it('names a test for each promise that is there, by its title', async () => {
  const markdown = await read('docs/guarantees.md');
  const proofs = [...markdown.matchAll(/\]\(\.\.\/([^)]+\.test\.ts)\)((?:,? "[^"]+")*)/g)];
  expect(proofs.length).toBeGreaterThan(15);
  for (const [, file = '', titles = ''] of proofs) {
    const tests = await read(file);
    for (const [, title = ''] of titles.matchAll(/"([^"]+)"/g))
      expect([file, tests]).toEqual([file, expect.stringContaining(title)]);
  }
});
