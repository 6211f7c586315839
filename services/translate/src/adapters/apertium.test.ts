import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Outage, systemClock } from '@wirefold/pipeline';
import { TextRefused } from '../core/translation-engine.ts';
import { createApertium } from './apertium.ts';
import { createApertiumClient } from './apertium-client.ts';

// How faults of the protocol are handled; the real server is in tests/integration/translate-apertium.test.ts.
const PAIRS = { responseData: [{ sourceLanguage: 'spa', targetLanguage: 'eng' }] };
type Answer = (form: URLSearchParams, response: ServerResponse) => void;

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const translated = (response: ServerResponse, translatedText: string) =>
  json(response, { responseData: { translatedText }, responseDetails: null, responseStatus: 200 });

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(onTranslate: Answer, onPairs: (response: ServerResponse) => void) {
  const seen: URLSearchParams[] = [];
  const counts = { listPairs: 0 };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/listPairs') {
      counts.listPairs += 1;
      onPairs(response);
      return;
    }
    const form = new URLSearchParams(await readAll(request));
    seen.push(form);
    onTranslate(form, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, counts };
}

async function engineWith(
  onTranslate: Answer,
  onPairs: (response: ServerResponse) => void = (response) => json(response, PAIRS),
) {
  const server = await serve(onTranslate, onPairs);
  const time = { nowMs: 0 };
  const { engine, dependency } = createApertium(
    createApertiumClient(server.url, 300),
    { ...systemClock, nowMs: () => time.nowMs },
    { maxRequestCharacters: 40, languagesTtlMs: 1000 },
  );
  const translate = (...texts: string[]) =>
    engine.translate({ texts, from: 'es', to: 'en' }, new AbortController().signal);
  return { ...server, engine, dependency, translate, time };
}

const upperCase: Answer = (form, response) => translated(response, (form.get('q') ?? '').toUpperCase());
const signal = new AbortController().signal;

describe('apertium', () => {
  it('sends several paragraphs in one request, as a plain text without marks', async () => {
    const { translate, seen } = await engineWith(upperCase);
    expect(await translate('uno', 'dos')).toEqual({ texts: ['UNO', 'DOS'], model: 'spa-eng' });
    expect(seen.map((form) => Object.fromEntries(form))).toEqual([
      { langpair: 'spa|eng', q: 'uno\n\ndos', markUnknown: 'no', format: 'txt' },
    ]);
  });

  it('splits a long text over requests', async () => {
    const { translate, seen } = await engineWith(upperCase);
    const long = 'Una frase bastante larga. Otra frase bastante larga. Fin.';
    expect((await translate(long)).texts).toEqual([long.toUpperCase()]);
    expect(seen.length).toBeGreaterThan(1);
    for (const form of seen) expect((form.get('q') ?? '').length).toBeLessThanOrEqual(40);
  });

  it('asks for each paragraph alone when the answer has another number of them', async () => {
    const { translate, seen } = await engineWith((form, response) =>
      translated(response, (form.get('q') ?? '').replaceAll('\n\n', ' ').toUpperCase()),
    );
    expect((await translate('uno', 'dos')).texts).toEqual(['UNO', 'DOS']);
    expect(seen.map((form) => form.get('q'))).toEqual(['uno\n\ndos', 'uno', 'dos']);
  });

  it('takes the marks of untransferred words away, but not signs of the text', async () => {
    const { translate } = await engineWith((_form, response) =>
      translated(response, '#be @casa\n\nwrite to @ana #be'),
    );
    expect((await translate('es casa', 'escribe a @ana')).texts).toEqual(['be casa', 'write to @ana be']);
  });

  it('knows its languages, asks for them again after a while, and says what it lacks', async () => {
    const { engine, counts, time } = await engineWith(upperCase);
    expect(await engine.capability('es-AR', signal)).toEqual({ supported: true });
    expect(await engine.capability('de', signal)).toEqual({
      supported: false,
      reason: 'Apertium has no pair from de into English',
    });
    expect(counts.listPairs).toBe(1);
    time.nowMs = 1000;
    await engine.capability('es', signal);
    expect(counts.listPairs).toBe(2);
  });

  it('reports a refused text with the words of the server, and looks at the languages again', async () => {
    const { translate, counts } = await engineWith((_form, response) =>
      json(response, { status: 'error', code: 400, explanation: 'That pair is not installed' }, 400),
    );
    const refusal = translate('hola');
    await expect(refusal).rejects.toBeInstanceOf(TextRefused);
    await expect(refusal).rejects.toThrow('That pair is not installed');
    await expect(translate('hola')).rejects.toBeInstanceOf(TextRefused);
    expect(counts.listPairs).toBe(2);
  });

  it.each<[string, Answer, string]>([
    ['429', (_form, response) => json(response, {}, 429), '429'],
    ['500', (_form, response) => response.writeHead(500).end('<html>no</html>'), '500'],
    ['503', (_form, response) => json(response, { explanation: 'internal error' }, 503), '503'],
    ['expired credentials', (_form, response) => json(response, {}, 401), '401'],
    ['a wrong address', (_form, response) => json(response, {}, 404), '404'],
    ['a redirect', (_form, response) => response.writeHead(302, { location: '/login' }).end(), '302'],
    ['garbage', (_form, response) => response.end('{"responseData": {"trans'), 'bad-response'],
    ['another JSON', (_form, response) => json(response, { responseData: null }), 'bad-response'],
    ['silence', () => undefined, 'timeout'],
    ['an answer that stops', (_form, response) => response.writeHead(200).write('{'), 'timeout'],
    ['a cut connection', (_form, response) => response.destroy(), 'UND_ERR_SOCKET'],
  ])('takes %s for an outage', async (_what, answer, code) => {
    const { translate } = await engineWith(answer);
    const failure = await translate('hola').catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Outage);
    expect(failure).toMatchObject({ dependency: 'apertium', code });
  });

  it('takes an endless answer for an outage', async () => {
    const { translate } = await engineWith((_form, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20, 32)));
      };
      response.writeHead(200).on('drain', more);
      more();
    });
    const failure = await translate('hola').catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ name: 'Outage', dependency: 'apertium' });
  });

  it('takes a refused list of languages for an outage, not for an empty one', async () => {
    const { engine, dependency } = await engineWith(upperCase, (response) => json(response, {}, 400));
    await expect(engine.capability('es', signal)).rejects.toMatchObject({ name: 'Outage', code: '400' });
    await expect(dependency.check()).rejects.toBeInstanceOf(Outage);
  });

  it('says where nothing answers', async () => {
    const { url } = await serve(upperCase, (response) => json(response, PAIRS));
    const server = servers.pop();
    server?.close();
    if (server) await once(server, 'close');
    const failure = await createApertiumClient(url, 300)
      .listPairs(signal)
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      name: 'Outage',
      code: 'ECONNREFUSED',
      message: expect.stringContaining(url),
    });
  });

  it('gives up when it is told to', async () => {
    const { engine } = await engineWith(() => undefined);
    const stop = new AbortController();
    const failure = engine
      .translate({ texts: ['hola'], from: 'es', to: 'en' }, stop.signal)
      .catch((thrown: unknown) => thrown);
    stop.abort();
    expect(await failure).toMatchObject({ name: 'Outage', code: 'aborted' });
  });
});
