import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { articleIndex, searchArticles } from '@wirefold/article-index';
import { documentId, type Receipt } from '@wirefold/contracts';
import { eventually } from '@wirefold/testing';
import { beginRun, type PipelineRun } from './pipeline-run.ts';

const WIRE = `KALMORA (Reuters) - A ferry with 212 passengers ran aground on Tuesday off the harbour of Kalmora, the coast guard said.

Nobody was seriously injured when the ship struck a sandbank at about 6.40 in the morning, said the spokeswoman Irena Valdek. Eleven passengers were treated for bruises in the hospital of Kalmora.

The ferry was on its way from Brunnsund to the island of Tervo. Its captain had reported thick fog and a failure of the radar shortly before, according to the shipping company Nordlinje.

Two tugs are to pull the ship free at high tide on Wednesday. The company cancelled all 38 crossings until the end of the week.`;

const GERMAN = `Eine Fähre mit 212 Passagieren ist am Dienstag vor dem Hafen von Kalmora auf Grund gelaufen, wie die Küstenwache mitteilte.

Ernsthaft verletzt wurde niemand, als das Schiff gegen 6.40 Uhr morgens eine Sandbank rammte, sagte die Sprecherin Irena Valdek. Elf Passagiere wurden im Krankenhaus von Kalmora wegen Prellungen behandelt.

Die Fähre war von Brunnsund zur Insel Tervo unterwegs. Ihr Kapitän hatte kurz zuvor dichten Nebel und einen Ausfall des Radars gemeldet, so die Reederei Nordlinje.

Zwei Schlepper sollen das Schiff am Mittwoch bei Hochwasser freiziehen. Die Reederei strich alle 38 Überfahrten bis Ende der Woche.`;

const BRIDGE = `PETROVARNA (Reuters) - A footbridge of 1,240 metres between two vineyards above Petrovarna opened on Friday, the longest of its kind in the region, after six years of quarrels about its cost.

The architect Oskar Lindt said that the deck hangs from 48 cables and sways no more than eleven centimetres in a storm. Each of the two towers stands 73 metres high.

"We have waited for this since our grandparents' time," said the mayor, Dessislava Ninova, who crossed first with a school class from the valley.`;

const ORCHARD = `SUNDVIK (Reuters) - Growers around Sundvik have lost 62 percent of this year's plums to a beetle that nobody had seen there before, the chamber of agriculture said on Monday.

Marit Holm, who keeps 9,400 trees on the northern slope, found the first larvae in May. "They came with the warm rain," she said, and held up a branch with hollow stones.

The chamber has asked for 3.7 million crowns from the disaster fund. A decision is expected before the harvest fair on 19 August.`;

const PRESS = `GRAVELUND (Reuters) - The printing house of Gravelund will set the last newspaper of the country in lead type on Saturday, 131 years after its first.

Sixteen typesetters are still at work there. The eldest, Bertil Aronsen, is 79 and came as an apprentice in 1962.

"A letter that you have held in your hand you do not misspell," he said. The machines, 22 tonnes of them, go to the museum of technology in Halvstad.`;

interface Stored {
  readonly pubStatus: string;
  readonly killedBy?: string;
  readonly body?: Record<string, string>;
  readonly mentions?: readonly object[];
  readonly translation?: { readonly status: string; readonly reason?: string };
  readonly story?: { readonly id: string; readonly relation: string; readonly of?: string };
}

function newspaper(run: () => PipelineRun) {
  const publish = async (...articles: (object & { uri: string })[]): Promise<Receipt[]> => {
    const { publisher, watch } = run();
    const published = await publisher.publish(
      articles.map((fields) => ({ uri: fields.uri, value: Buffer.from(JSON.stringify(fields)) })),
    );
    const origins = published.map(({ origin }) => origin);
    if (!(await watch.wait(origins, 60_000))) throw new Error('a receipt is missing');
    return origins.map((origin) => watch.received.get(origin) as Receipt);
  };
  const stored = async (uri: string): Promise<Stored> => {
    const { elasticsearch, pipeline } = run();
    const index = articleIndex({ prefix: pipeline.prefix }).writeAlias;
    return (await elasticsearch.get<Stored>({ index, id: documentId(uri) }))._source as Stored;
  };
  const found = async (words: string): Promise<string[]> => {
    const { elasticsearch, pipeline } = run();
    await elasticsearch.indices.refresh({ index: articleIndex({ prefix: pipeline.prefix }).writeAlias });
    const { hits } = await searchArticles(elasticsearch, { words }, { prefix: pipeline.prefix });
    return hits.map(({ uri }) => uri).toSorted();
  };
  return { publish, stored, found };
}

const article = (uri: string, fields: object = {}) => ({
  uri,
  title: 'Ferry runs aground off Kalmora',
  content: WIRE,
  language: 'en',
  contentType: 'text/plain',
  publishedAt: '2026-03-03T08:00:00Z',
  version: 1,
  versionCreated: '2026-03-03T08:00:00Z',
  ...fields,
});
const newer = (uri: string, version: number, fields: object = {}) =>
  article(uri, {
    version,
    versionCreated: `2026-03-03T${String(8 + version).padStart(2, '0')}:00:00Z`,
    ...fields,
  });
const german = (uri: string) =>
  article(uri, { title: 'Fähre vor Kalmora auf Grund gelaufen', content: GERMAN, language: 'de' });

describe('stories, from publish to search', () => {
  let run: PipelineRun;
  const { publish, stored, found } = newspaper(() => run);

  beforeAll(async () => {
    run = await beginRun();
  }, 120_000);
  afterAll(() => run?.stop(), 60_000);

  it('links copies, edits and translations of a wire story, and works on a copy once', async () => {
    await publish(article('urn:wire'));
    const receipts = await publish(
      article('urn:copy', { source: { domain: 'outlet.example' } }),
      article('urn:edit', {
        title: 'Passengers brought ashore',
        content: WIRE.split('\n\n').slice(0, 3).join('\n\n'),
      }),
      german('urn:german'),
    );
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['indexed', 'indexed', 'indexed']);

    const id = documentId('urn:wire');
    expect(await stored('urn:wire')).toMatchObject({
      story: { id, relation: 'original', agency: 'Reuters', head: true },
    });
    expect(await stored('urn:copy')).toMatchObject({
      story: { id, relation: 'copy', of: 'urn:wire', covered: true },
      mentions: [],
    });
    expect(await stored('urn:edit')).toMatchObject({ story: { id, relation: 'local-edit' } });
    const translation = await stored('urn:german');
    expect(translation).toMatchObject({ story: { id, relation: 'translation' } });
    expect((await stored('urn:wire')).mentions?.length).toBeGreaterThan(0);
    expect(await found('bruises')).toEqual(['urn:copy', 'urn:edit', 'urn:wire']);
  }, 90_000);

  it('a kill of the wire wipes all of it, and what comes later', async () => {
    await publish(newer('urn:wire', 2, { pubStatus: 'canceled', content: undefined }));
    for (const uri of ['urn:wire', 'urn:copy', 'urn:edit', 'urn:german']) {
      const document = await eventually(`a tombstone of ${uri}`, async () => {
        const one = await stored(uri);
        return one.pubStatus === 'canceled' ? one : undefined;
      });
      expect(document.body).toBeUndefined();
      if (uri !== 'urn:wire') expect(document.killedBy).toBe('urn:wire');
    }
    const late = await publish(article('urn:late'), german('urn:late-german'), article('urn:wire'));
    expect(late.map(({ outcome }) => outcome)).toEqual(['indexed', 'indexed', 'stale']);
    for (const uri of ['urn:late', 'urn:late-german', 'urn:wire'])
      expect(await stored(uri)).toMatchObject({ pubStatus: 'canceled' });
    expect(await found('Kalmora')).toEqual([]);
  }, 120_000);

  it('keeps a story whose copy alone is killed', async () => {
    const text = { title: 'A bridge opens', content: BRIDGE };
    await publish(article('urn:second', text));
    await publish(article('urn:second-copy', text));
    await publish(newer('urn:second-copy', 2, { pubStatus: 'canceled', content: undefined }));
    expect(await stored('urn:second-copy')).toMatchObject({ pubStatus: 'canceled' });
    expect(await stored('urn:second')).toMatchObject({ pubStatus: 'usable' });
    expect(await found('Petrovarna')).toEqual(['urn:second']);
  }, 60_000);

  it('leaves a correction that stands in for the killed text, and what follows up on it', async () => {
    const corrected = ORCHARD.replace('62 percent', '26 percent');
    const text = { title: 'A beetle in the plums' };
    await publish(article('urn:wrong', { ...text, content: ORCHARD }));
    await publish(
      article('urn:right', { title: 'CORRECTED: A beetle in the plums', content: corrected }),
      article('urn:wrong-copy', { ...text, content: ORCHARD }),
    );
    await publish(newer('urn:wrong', 2, { pubStatus: 'canceled', content: undefined }));
    await eventually('a tombstone of the copy', async () =>
      (await stored('urn:wrong-copy')).pubStatus === 'canceled' ? true : undefined,
    );
    await publish(article('urn:right-copy', { title: 'A beetle in the plums', content: corrected }));
    expect(await found('Sundvik')).toEqual(['urn:right', 'urn:right-copy']);
  }, 60_000);

  it('knows a text again that comes after its kill, and its copies with it', async () => {
    const text = { title: 'A new printer', content: PRESS };
    await publish(newer('urn:third', 2, { pubStatus: 'canceled', content: undefined }));
    const [receipt] = await publish(article('urn:third', text));
    expect(receipt?.outcome).toBe('stale');
    await publish(article('urn:third-copy', text));
    expect(await stored('urn:third-copy')).toMatchObject({ pubStatus: 'canceled', killedBy: 'urn:third' });
    expect(await found('Gravelund')).toEqual([]);
  }, 60_000);
});

describe('the policy drop', () => {
  let run: PipelineRun;
  const { publish, found } = newspaper(() => run);

  beforeAll(async () => {
    run = await beginRun({ FOLD_POLICY: 'drop' });
  }, 120_000);
  afterAll(() => run?.stop(), 60_000);

  it('ends copies as folded, with a receipt', async () => {
    const outcomes = [
      ...(await publish(article('urn:wire'))),
      ...(await publish(article('urn:copy'), german('urn:german'))),
      ...(await publish(article('urn:another-copy'))),
    ].map(({ outcome, stage }) => `${outcome} in ${stage}`);
    expect(outcomes).toEqual(['indexed in index', 'folded in clean', 'indexed in index', 'folded in clean']);
    expect(await found('bruises')).toEqual(['urn:wire']);
  }, 120_000);
});
