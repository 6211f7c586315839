import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CleanedArticle } from '@wirefold/contracts';
import {
  beginStageRun,
  buildServices,
  jsonOf,
  stageSubjects,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { useEngines } from '../engines.ts';

/** The clean service learns what a publisher repeats; how it is remembered is in publisher-lines.test.ts. */
jest.setTimeout(60_000);

const subject = stageSubjects.find(({ stage }) => stage === 'clean') as StageSubject;

let engines: TestEngines;
let kafka: TestKafka;
let run: StageRun;
let service: ServiceProcess;
let published = 0;
let articles = 0;

useEngines(
  () => buildServices(['clean']),
  (begun) => ({ engines, kafka } = begun),
  ['kafka', 'redis'],
);

beforeAll(async () => {
  run = await beginStageRun(subject, engines, kafka);
  service = await run.start();
});

afterAll(async () => {
  service?.kill('SIGKILL');
  await service?.exited;
});

const german = {
  language: 'de',
  closer: 'Noch mehr vom Meer bringt die Muschelpost jeden zweiten Freitag.',
  paragraphs: (number: number) => [
    `Der Kutter Nummer ${number} ist am Dienstag mit vollen Netzen in den Hafen zurückgekehrt, nachdem er neun Tage auf See gewesen war.`,
    `Seine ${number} Leute haben nun eine Woche frei, wie der Kapitän sagte.`,
  ],
};
const spanish = {
  language: 'es',
  closer: 'La Gaceta del Faro camina contigo por toda la costa.',
  paragraphs: (number: number) => [
    `El barco número ${number} volvió el martes al puerto con las redes llenas, después de haber pasado nueve días enteros en alta mar.`,
    `Sus ${number} marineros tienen ahora una semana libre, según dijo el capitán.`,
  ],
};
type Words = typeof german;

interface Sent {
  readonly words: Words;
  readonly domain: string;
  /** The article; a new one, if not given. */
  readonly article?: number;
  readonly version?: number;
  readonly asPage?: boolean;
  /** How often the same message comes. */
  readonly times?: number;
  /** Number in its text, where it is not the article's. */
  readonly number?: number;
}

/** Sends a story with its publisher's closing line, and gives what clean made of it. */
async function send(sent: Sent): Promise<CleanedArticle> {
  const { words, domain, version = 1, asPage = false, times = 1 } = sent;
  articles += 1;
  const { article = articles } = sent;
  const lines = [...words.paragraphs(sent.number ?? article + 10 * version), words.closer];
  const page = `<html lang="${words.language}"><body><article>${lines.map((line) => `<p>${line}</p>`).join('')}</article></body></html>`;
  const message = run.good(article, {
    version,
    record: articles,
    fields: {
      title: '',
      source: { domain },
      contentType: asPage ? 'text/html' : 'text/plain',
      content: asPage ? page : lines.join('\n\n'),
    },
  });
  for (let time = 0; time < times; time += 1) await run.publish(message);
  published += times;
  const outputs = (await run.outputs(published)).filter(
    ({ key }) => key?.toString('utf8') === run.uri(article),
  );
  return jsonOf(outputs.at(-1) as (typeof outputs)[number]) as unknown as CleanedArticle;
}

const isCut = ({ body, residue }: CleanedArticle, { closer }: Words): boolean => {
  const cut = residue.find(({ text }) => text === closer);
  if (cut !== undefined)
    expect(cut).toMatchObject({ kind: 'other', reason: expect.stringContaining('other stories') });
  expect(body.includes(closer)).toBe(cut === undefined);
  return cut !== undefined;
};

describe.each([
  ['a German text', german, 'muschelpost.example', false],
  ['a Spanish page', spanish, 'faro.example', true],
] as const)('a closing line that no rule knows, in %s', (_what, words, domain, asPage) => {
  it('is residue from the fifth story of its publisher on, and nowhere else', async () => {
    const cut: boolean[] = [];
    for (let story = 1; story <= 8; story += 1) {
      const cleaned = await send({ words, domain, asPage });
      cut.push(isCut(cleaned, words));
      expect(cleaned.body.split('\n\n').slice(0, 2)).toEqual(words.paragraphs(articles + 10));
    }
    expect(cut).toEqual([false, false, false, false, true, true, true, true]);
    expect(isCut(await send({ words, domain: `other-${domain}`, asPage }), words)).toBe(false);
    expect(isCut(await send({ words, domain, asPage: !asPage }), words)).toBe(true);
  });

  it('is not learned from ten versions of one article', async () => {
    const publisher = { words, asPage, domain: `versions-${domain}` };
    articles += 1;
    const article = articles;
    for (let version = 1; version <= 10; version += 1)
      expect(isCut(await send({ ...publisher, article, version }), words)).toBe(false);
    for (let other = 0; other < 3; other += 1) expect(isCut(await send(publisher), words)).toBe(false);
    expect(isCut(await send(publisher), words)).toBe(true);
  });

  it('is not learned from copies of one article, nor from a message that comes again and again', async () => {
    const publisher = { words, asPage, domain: `copies-${domain}` };
    for (let copy = 0; copy < 6; copy += 1)
      expect(isCut(await send({ ...publisher, number: 1000 }), words)).toBe(false);
    await send({ ...publisher, times: 10 });
    await send({ ...publisher, times: 10 });
    expect(isCut(await send(publisher), words)).toBe(false);
    expect(isCut(await send(publisher), words)).toBe(true);
  });
});
