import { documentId, eventHeaders, stageTopics, topics, type StageName } from '@wirefold/contracts';
import type { TestMessage } from './test-kafka.ts';

/** Says which article a sample is about, and what is different about it. */
export interface SampleOptions {
  readonly uri: string;
  /** Version of the article; its time grows with it. */
  readonly version?: number;
  /** Number of the scraped record that the message says it comes from; not used by the way in. */
  readonly record?: number;
  /** Fields that are added or replaced. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export const SAMPLE_TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const FIRST_VERSION_MS = Date.UTC(2026, 2, 1, 6);
const TITLE = 'Neue Fähre nach Spiekeroog nimmt den Betrieb auf';
const PARAGRAPHS = [
  'Neuharlingersiel. Seit Montag fährt eine neue Fähre zwischen Neuharlingersiel und Spiekeroog. Sie braucht für die Überfahrt 45 Minuten und nimmt 450 Fahrgäste mit.',
  'Die Reederei rechnet mit 80.000 Fahrten im ersten Sommer. „Wir haben zwei Jahre auf diesen Tag gewartet“, sagte Kapitänin Frauke Harms am Morgen.',
  'Am 4. April wird der neue Anleger eingeweiht, danach gilt der Sommerfahrplan.',
];

/** A message that a stage handles without any trouble: what its input topic's contract describes. */
export function sampleMessage(stage: StageName, options: SampleOptions): Record<string, unknown> {
  const { uri, version = 1, record = 0, fields = {} } = options;
  const versionCreated = new Date(FIRST_VERSION_MS + version * 60_000).toISOString();
  const common = {
    uri,
    url: 'https://kuestenbote.example/lokales/faehre',
    publishedAt: '2026-03-01T06:00:00Z',
    fetchedAt: '2026-03-01T06:05:00Z',
    source: { name: 'Küstenbote', domain: 'kuestenbote.example' },
    version,
    versionCreated,
    byline: 'Von Imke Janssen',
  };
  const text = { title: TITLE, contentType: 'text/plain', content: PARAGRAPHS.join('\n\n'), language: 'de' };
  if (stage === 'ingest') return { ...common, ...text, ...fields };

  const before: StageName[] = ['ingest', 'clean', 'translate', 'enrich'];
  const steps = before.slice(0, before.indexOf(stage) === -1 ? undefined : before.indexOf(stage));
  const internal = {
    ...common,
    id: documentId(uri),
    pubStatus: 'usable',
    contentHash: 'c29tZS1oYXNoLTAwMDAwMD',
    origin: sampleOrigin(record),
    steps: steps.map((name, index) => ({
      stage: name,
      at: new Date(FIRST_VERSION_MS + index).toISOString(),
      tookMs: 1,
    })),
  };
  if (stage === 'clean') return { ...internal, ...text, ...fields };
  return {
    ...internal,
    title: TITLE,
    titleFrom: 'publisher',
    body: PARAGRAPHS.join('\n\n'),
    language: { tag: 'de', confidence: 0.99, from: 'text' },
    residue: [{ kind: 'comments', text: 'Kommentare (0)', reason: 'comment-count' }],
    extraction: { method: 'text', wordCount: 62 },
    ...(stage === 'translate' ? {} : { translation: UNTRANSLATED }),
    ...(stage === 'index' ? { entities: [] } : {}),
    ...fields,
  };
}

const UNTRANSLATED = { status: 'untranslated', reason: 'no engine for de', language: 'en' };

const sampleOrigin = (record: number): string =>
  `${topics.scraped.name}/${record % topics.scraped.partitions}/${record}@${FIRST_VERSION_MS + record}`;

/** A sample as the stage before would publish it: keyed by the article, with CloudEvents headers and a trace. */
export function sampleEvent(stage: StageName, options: SampleOptions): TestMessage {
  const value = sampleMessage(stage, options);
  const headers = eventHeaders({
    id: typeof value['origin'] === 'string' ? value['origin'] : `sample-${options.record ?? 0}`,
    source: '/conformance',
    type: stageTopics[stage].input.eventType,
    time: new Date(FIRST_VERSION_MS).toISOString(),
    subject: options.uri,
    traceparent: SAMPLE_TRACEPARENT,
  });
  return { key: options.uri, value, headers: { ...headers } };
}
