import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Fields that the command line adds to what it reads. */
export interface GivenFields {
  readonly uri?: string;
  readonly url?: string;
  readonly title?: string;
  readonly language?: string;
  readonly publishedAt?: string;
  readonly contentType?: string;
  readonly source?: { readonly name: string };
}

/** A message to be published, and where it was read. */
export interface InputMessage {
  /** For messages to the user: file and line. */
  readonly from: string;
  /** JSON of a scraped article or a ninjs item. */
  readonly value: Record<string, unknown>;
}

/** What the user gave is not what can be read; the message says what is. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

const EXTENSIONS = ['.txt', '.text', '.html', '.htm', '.json', '.jsonl', '.ndjson'];

/**
 * Reads articles from a file, a folder (its files, not its folders) or `-` for standard input: plain text, HTML, JSON
 * of our contract or ninjs, or JSON Lines of them. Text that is not UTF-8 is sent as its bytes: ingest decodes it.
 *
 * @throws InvalidInput
 */
export function readInput(
  path: string,
  given: GivenFields,
  standardInput: () => Buffer | string,
): InputMessage[] {
  if (path === '-')
    return readBytes('standard input', Buffer.from(standardInput()), given, 'urn:wirefold:stdin');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new InvalidInput(`${path}: no such file or folder`);
  const files = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => EXTENSIONS.includes(extname(name).toLowerCase()))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) throw new InvalidInput(`${path}: holds no file ending in ${EXTENSIONS.join(', ')}`);
  if (files.length > 1 && (given.uri ?? given.url) !== undefined) {
    throw new InvalidInput(`${path}: --uri and --url name one article, and there are ${files.length} files`);
  }
  return files.flatMap((file) =>
    readBytes(file, readFileSync(file), given, pathToFileURL(resolve(file)).href),
  );
}

function readBytes(from: string, bytes: Buffer, given: GivenFields, fallbackUri: string): InputMessage[] {
  const text = bytes.toString();
  const extension = extname(basename(from)).toLowerCase();
  const looksLikeJson = /^\s*[{[]/.test(text);
  if (extension === '.json' || (extension !== '.jsonl' && extension !== '.ndjson' && looksLikeJson)) {
    const whole = tryJson(text);
    if (whole !== undefined)
      return (Array.isArray(whole) ? whole : [whole]).map((one) => fromJson(from, one, given));
    if (extension === '.json') throw new InvalidInput(`${from}: is not JSON`);
  }
  if (extension === '.jsonl' || extension === '.ndjson' || looksLikeJson) {
    return text
      .split('\n')
      .map((line, index) => ({ line, place: `${from}:${index + 1}` }))
      .filter(({ line }) => line.trim() !== '')
      .map(({ line, place }) => fromJson(place, tryJson(line), given));
  }
  const { language, ...fields } = given;
  const contentType = given.contentType ?? (['.html', '.htm'].includes(extension) ? 'text/html' : undefined);
  const value = {
    uri: given.uri ?? given.url ?? fallbackUri,
    ...fields,
    ...(language === undefined ? {} : { language }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(isUtf8(bytes) ? { content: text } : { content: bytes.toString('base64'), contentEncoding: 'base64' }),
    fetchedAt: new Date().toISOString(),
  };
  return [{ from, value }];
}

function fromJson(from: string, json: unknown, given: GivenFields): InputMessage {
  if (json === undefined) throw new InvalidInput(`${from}: is not JSON`);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidInput(`${from}: expected a JSON object`);
  }
  return { from, value: { ...json, ...given } };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
