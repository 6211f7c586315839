import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { documentId, type CleanedArticle, type StoryLink, type TranslatedArticle } from '@wirefold/contracts';
import { createRedisFolding, createRedisFoldTranslated, foldEnvironment } from '@wirefold/folding';
import { parseEnvironment, pass, systemClock, type BatchHandler } from '@wirefold/pipeline';
import { connectRedis, redisEnvironment } from '@wirefold/redis';
import { testEngines } from '@wirefold/testing';
import { foldingTranslated } from '@wirefold/translate';

const engines = await testEngines(['redis']);
const environment = { REDIS_URL: engines.redisUrl };
const redis = await connectRedis(parseEnvironment(redisEnvironment, environment));
const config = parseEnvironment(foldEnvironment, environment);

afterAll(async () => {
  redis.client.disconnect();
  await engines.stop();
});

/** The wire in English, and what an engine makes of the Spanish one: other words, the same order. */
const ENGLISH = {
  title: 'Ferry runs aground off the coast of Kalmora with 212 people aboard',
  body: `A ferry with 212 passengers ran aground on Tuesday off the harbour of Kalmora, the coast guard said.

Nobody was seriously injured when the ship struck a sandbank at about 6.40 in the morning, said the spokeswoman Irena Valdek. Eleven passengers were treated for bruises in the hospital of Kalmora.

The ferry was on its way from Brunnsund to the island of Tervo. Its captain had reported thick fog and a failure of the radar shortly before, according to the shipping company Nordlinje.

Two tugs are to pull the ship free at high tide on Wednesday. The company cancelled all crossings until the end of the week.`,
};
const TRANSLATED = {
  title: 'A ferry with 212 people on board is stranded in front of the coast of Kalmora',
  body: `A ferry with 212 passengers stranded on Tuesday in front of the port of Kalmora, the coast guard informed.

Nobody turned out seriously injured when the ship hit a sandbank around 6.40 in the morning, the spokeswoman Irena Valdek said. Eleven passengers were treated of bruises in the hospital of Kalmora.

The ferry was travelling from Brunnsund to the island of Tervo. Its captain had informed of thick fog and of a failure of the radar shortly before, according to the shipping company Nordlinje.

Two tugs will pull the ship free with the high tide of Wednesday. The company cancelled all the crossings until the end of the week.`,
};
/** A short report in which the names are missing that would tell it by its own text. */
const SPANISH = {
  title: 'Encalla un transbordador',
  body: 'El barco encalló el martes por la mañana frente al puerto. No hubo heridos graves, según la portavoz de los guardacostas.',
};

const PUBLISHED_MS = Date.UTC(2026, 2, 3, 8);

function newRun() {
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const options = { config, prefix, clock: systemClock };
  const folding = createRedisFolding(redis, options);
  const foldTranslated = createRedisFoldTranslated(redis, options);
  const clean = async (
    uri: string,
    language: string,
    text: { title: string; body: string },
  ): Promise<StoryLink> => {
    const [folded] = await folding.fold([
      { id: documentId(uri), uri, language, ...text, publishedMs: PUBLISHED_MS },
    ]);
    if (folded === undefined) throw new Error(`${uri} was not folded`);
    await folding.confirm([folded.record]);
    return folded.link;
  };
  const translated = (uri: string, story: StoryLink, text: { title: string; body: string } = TRANSLATED) =>
    foldTranslated([{ id: documentId(uri), uri, story, ...text, publishedMs: PUBLISHED_MS }]);
  return { clean, translated, folding };
}

describe('folding by the English text', () => {
  it('takes a translation to the story that its own text did not tell', async () => {
    const { clean, translated } = newRun();
    const wire = await clean('urn:wire', 'en', ENGLISH);
    const own = await clean('urn:es', 'es', SPANISH);
    expect(own).toMatchObject({ id: documentId('urn:es'), relation: 'original' });
    const [story] = await translated('urn:es', own);
    expect(story).toMatchObject({ id: wire.id, relation: 'translation', of: 'urn:wire' });
    expect(story?.why.map(({ sign }) => sign)).toContain('english');
    // Clean sees it in that story from now on.
    expect(await clean('urn:es', 'es', SPANISH)).toMatchObject({ id: wire.id, relation: 'translation' });
    expect(await clean('urn:es-copy', 'es', SPANISH)).toMatchObject({ id: wire.id, of: 'urn:es' });
  });

  it('finds the translation when the original comes later', async () => {
    const { clean, translated } = newRun();
    const own = await clean('urn:es', 'es', SPANISH);
    expect(await translated('urn:es', own)).toEqual([own]);
    expect(await clean('urn:wire', 'en', ENGLISH)).toMatchObject({
      id: own.id,
      relation: 'translation',
      of: 'urn:es',
    });
  });

  it('finds two translations of one wire by their English', async () => {
    const { clean, translated } = newRun();
    const spanish = await clean('urn:es', 'es', SPANISH);
    await translated('urn:es', spanish);
    const french = await clean('urn:fr', 'fr', {
      title: 'Un traversier échoué',
      body: "Le navire s'est échoué mardi matin devant le port. Personne n'a été grièvement blessé, selon les garde-côtes.",
    });
    expect(french.id).toBe(documentId('urn:fr'));
    const [story] = await translated('urn:fr', french, ENGLISH);
    expect(story).toMatchObject({ id: spanish.id, relation: 'translation', of: 'urn:es' });
  });

  it('leaves an article where it has company: the id of a story is for life', async () => {
    const { clean, translated } = newRun();
    await clean('urn:wire', 'en', ENGLISH);
    const own = await clean('urn:es', 'es', SPANISH);
    await clean('urn:es-copy', 'es', SPANISH);
    expect(await translated('urn:es', own)).toEqual([own]);
  });

  it('says the same again when the article comes again', async () => {
    const { clean, translated } = newRun();
    await clean('urn:wire', 'en', ENGLISH);
    const own = await clean('urn:es', 'es', SPANISH);
    const [first] = await translated('urn:es', own);
    const [second] = await translated('urn:es', first as StoryLink);
    expect(second).toEqual(first);
  });
});

describe('the translate stage', () => {
  const article = (fields: Partial<TranslatedArticle>): TranslatedArticle => ({
    id: documentId('urn:es'),
    uri: 'urn:es',
    version: 1,
    versionCreated: '2026-03-03T08:00:00Z',
    pubStatus: 'usable',
    contentHash: 'hash',
    origin: 'topic/0/1@1',
    steps: [],
    titleFrom: 'publisher',
    ...SPANISH,
    language: { tag: 'es', confidence: 1, from: 'text' },
    residue: [],
    extraction: { method: 'text', wordCount: 20 },
    translation: { status: 'translated', language: 'en', ...TRANSLATED },
    ...fields,
  });
  const context = { signal: new AbortController().signal };
  const passing =
    (output: TranslatedArticle): BatchHandler<CleanedArticle, TranslatedArticle> =>
    async (batch) =>
      batch.map(() => pass(output));
  const deliver = (output: TranslatedArticle) => [
    { article: output, key: output.uri, origin: output.origin, timestampMs: 0 },
  ];

  it('passes an article on with the story of its English text', async () => {
    const run = newRun();
    const wire = await run.clean('urn:wire', 'en', ENGLISH);
    const own = await run.clean('urn:es', 'es', SPANISH);
    const output = article({ story: own });
    const fold = async (articles: readonly { readonly story: StoryLink }[]) =>
      (await Promise.all(articles.map(({ story }) => run.translated('urn:es', story)))).flat();
    const [result] = await foldingTranslated(fold, passing(output))(deliver(output), context);
    expect(result).toMatchObject({
      kind: 'pass',
      output: { story: { id: wire.id, relation: 'translation' } },
    });
  });

  it('leaves what was not translated as it is, and asks nothing', async () => {
    const output = article({ translation: { status: 'untranslated', language: 'en', reason: 'no engine' } });
    const ask = () => Promise.reject(new Error('asked'));
    const [result] = await foldingTranslated(ask, passing(output))(deliver(output), context);
    expect(result).toEqual(pass(output));
  });
});
