import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CleanedArticle } from '@wirefold/contracts';
import { parseEnvironment, systemClock } from '@wirefold/pipeline';
import { createTranslateStage, translatingEnvironment } from '@wirefold/translate';

// A real Apertium: the one of APERTIUM_URL, else one that is installed here (Debian: apertium-apy, apertium-eng-spa).
const MODES = '/usr/share/apertium/modes';
const START_TIMEOUT_MS = 20_000;
const command = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'apertium-apy'))
  .find((path) => existsSync(path));
const installed = command !== undefined && existsSync(join(MODES, 'spa-eng.mode'));
const available = process.env['APERTIUM_URL'] !== undefined || installed;
if (!available)
  process.stderr.write(
    'translate-apertium: skipped; set APERTIUM_URL, or install apertium-apy and apertium-eng-spa\n',
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(new URL('/listPairs', url)).then(
    (response) => response.ok,
    () => false,
  );
}

const article = (body: string, language: string): CleanedArticle => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri: 'https://example.org/noticia',
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'news.article.scraped.v1/0/0@0',
  steps: [],
  title: 'El presidente visita la ciudad',
  titleFrom: 'publisher',
  body,
  language: { tag: language, confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 1 },
});

(available ? describe : describe.skip)('translate with a real Apertium', () => {
  let apy: ChildProcess | undefined;
  let url = process.env['APERTIUM_URL'];

  beforeAll(async () => {
    if (url !== undefined) return;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    apy = spawn(command as string, ['-p', String(port), MODES], { stdio: 'ignore' });
    const deadlineMs = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(url))) {
      if (Date.now() > deadlineMs || apy.exitCode !== null) throw new Error('apertium-apy did not start');
      await systemClock.sleep(100);
    }
  }, START_TIMEOUT_MS + 5_000);

  afterAll(async () => {
    if (apy === undefined || apy.exitCode !== null) return;
    const exit = once(apy, 'exit');
    apy.kill();
    await exit;
  });

  const translate = async (input: CleanedArticle, more: Record<string, string> = {}) => {
    const config = parseEnvironment(translatingEnvironment, {
      TRANSLATE_ENGINE: 'apertium',
      APERTIUM_URL: url,
      ...more,
    });
    const { stage, dependencies, close } = createTranslateStage(config, { clock: systemClock });
    for (const dependency of dependencies) await dependency.check();
    const delivery = { article: input, key: input.uri, origin: input.origin, timestampMs: 0 };
    const [result] = await stage.handle([delivery], { signal: new AbortController().signal });
    await close();
    if (result?.kind !== 'pass') throw new Error(JSON.stringify(result));
    return result.output.translation;
  };

  it('translates a Spanish article into English, paragraph for paragraph', async () => {
    const body =
      'El presidente llegó el martes a la capital. Habló con la prensa.\n\n' +
      'La reunión [a puerta cerrada] costó 3,5 millones de euros & duró dos horas.\n\n¿Qué dijo @ana?';
    const translation = await translate(article(body, 'es-ES'));
    expect(translation).toMatchObject({ status: 'translated', engine: 'apertium', model: 'spa-eng' });
    expect(translation.title).toMatch(/president.*city/iu);
    const paragraphs = translation.body?.split('\n\n') ?? [];
    expect(paragraphs).toHaveLength(3);
    expect(paragraphs[0]).toMatch(/president.*capital.*press/iu);
    expect(paragraphs[1]).toMatch(/meeting.*\[.*\].*3[.,]5 million.*euros & .*hours/iu);
    expect(paragraphs[2]).toContain('@ana');
  });

  it('keeps hundreds of paragraphs apart over many requests', async () => {
    const body = Array.from({ length: 300 }, (_, index) => `La casa número ${index} es grande.`).join('\n\n');
    const translation = await translate(article(body, 'es'), { APERTIUM_MAX_REQUEST_CHARACTERS: '1000' });
    const paragraphs = translation.body?.split('\n\n') ?? [];
    expect(paragraphs).toHaveLength(300);
    paragraphs.forEach((paragraph, index) => expect(paragraph).toMatch(new RegExp(`\\b${index}\\b`, 'u')));
  });

  it('leaves a language without a pair untranslated', async () => {
    expect(await translate(article('Xin chào các bạn.', 'vi'))).toMatchObject({
      status: 'untranslated',
      reason: expect.stringContaining('vi'),
    });
  });
});
