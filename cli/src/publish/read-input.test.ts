import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidInput, readInput } from './read-input.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirefold-input-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const noInput = (): string => {
  throw new Error('standard input was read');
};

describe('readInput', () => {
  it('reads a text; its uri is the one given, else the url, else the file', () => {
    const path = file('story.txt', 'Ein Text.');
    expect(readInput(path, {}, noInput)[0]?.value).toMatchObject({
      uri: pathToFileURL(path).href,
      content: 'Ein Text.',
    });
    expect(readInput(path, { url: 'https://a.example/1' }, noInput)[0]?.value).toMatchObject({
      uri: 'https://a.example/1',
      url: 'https://a.example/1',
    });
    expect(readInput(path, { uri: 'urn:1', url: 'https://a.example/1' }, noInput)[0]?.value['uri']).toBe(
      'urn:1',
    );
    expect(readInput(path, { language: 'de' }, noInput)[0]?.value['language']).toBe('de');
  });

  it('takes the ending .html for HTML', () => {
    const path = file('page.html', '<p>Ein Text.</p>');
    expect(readInput(path, {}, noInput)[0]?.value['contentType']).toBe('text/html');
  });

  it('sends what is not UTF-8 as its bytes, from a file or standard input', () => {
    const bytes = Buffer.from('Die neue Fähre fährt.', 'latin1');
    const sent = { content: bytes.toString('base64'), contentEncoding: 'base64' };
    expect(readInput(file('old.txt', bytes), {}, noInput)[0]?.value).toMatchObject(sent);
    expect(readInput('-', {}, () => bytes)[0]?.value).toMatchObject(sent);
  });

  it('reads JSON: one message, a list, or lines; what is given wins', () => {
    const one = file('one.json', '{"uri": "urn:1", "content": "a"}');
    expect(readInput(one, { title: 'T' }, noInput)).toEqual([
      { from: one, value: { uri: 'urn:1', content: 'a', title: 'T' } },
    ]);
    const list = file('list.json', '[{"uri": "urn:1"}, {"uri": "urn:2"}]');
    expect(readInput(list, {}, noInput).map(({ value }) => value['uri'])).toEqual(['urn:1', 'urn:2']);
    const lines = file('lines.jsonl', '{"uri": "urn:1"}\n\n{"uri": "urn:2"}\n');
    expect(readInput(lines, {}, noInput).map(({ from }) => from)).toEqual([`${lines}:1`, `${lines}:3`]);
  });

  it('tells JSON Lines from text on standard input', () => {
    expect(readInput('-', {}, () => '{"uri": "urn:1"}\n{"uri": "urn:2"}\n')).toHaveLength(2);
    expect(readInput('-', { uri: 'urn:3' }, () => 'Ein Text.')[0]?.value).toMatchObject({
      uri: 'urn:3',
      content: 'Ein Text.',
    });
  });

  it("reads a folder's files in the order of their names, and leaves others out", () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    for (const name of ['2.txt', '1.html', 'picture.png']) writeFileSync(join(inner, name), 'x');
    expect(readInput(inner, {}, noInput).map(({ from }) => from)).toEqual([
      join(inner, '1.html'),
      join(inner, '2.txt'),
    ]);
    expect(() => readInput(inner, { uri: 'urn:1' }, noInput)).toThrow(/name one article/);
  });

  it('says what it can not read, and where', () => {
    expect(() => readInput(join(folder, 'none'), {}, noInput)).toThrow(InvalidInput);
    expect(() => readInput(file('cut.json', '{"uri": '), {}, noInput)).toThrow(/cut\.json: is not JSON/);
    expect(() => readInput(file('bad.jsonl', '{"uri": "urn:1"}\n[1]\n'), {}, noInput)).toThrow(
      /bad\.jsonl:2: expected a JSON object/,
    );
    expect(() => readInput(file('text.jsonl', 'words\n'), {}, noInput)).toThrow(/text\.jsonl:1: is not JSON/);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(() => readInput(empty, {}, noInput)).toThrow(/holds no file ending in/);
  });
});
