import { documentId, eventHeaders, topics, type IngestedArticle, type Topic } from '@wirefold/contracts';
import { seededRandom } from '../shared/random.ts';
import { storyText } from '../shared/story-text.ts';
import { storyLanguages } from '../shared/story-words.ts';

/** A message for the hop's input topic. */
export interface HopMessage {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Record<string, string>;
}

/** Name of an additional field: when the message was sent, by the clock of {@link monotonicNs}. */
export const SENT_FIELD = 'benchSentNs';

/** Nanoseconds of the machine's monotonic clock: the same in all of its processes. */
export const monotonicNs = (): number => Number(process.hrtime.bigint());

const TEXT_CHARACTERS = 3100;
const BASE_MS = Date.UTC(2026, 8, 1);

/**
 * Makes valid messages of the `ingested` contract, about 4 kB each, all different.
 *
 * @param topic where they go: its event type is in their headers
 */
export function createHopMessages(
  seed: number,
  topic: Topic,
): (index: number, sentNs?: number) => HopMessage {
  const random = seededRandom(seed);
  return (index, sentNs) => {
    const { title, paragraphs } = storyText(random.pick(storyLanguages), random, TEXT_CHARACTERS);
    const uri = `https://bench.example/${seed}/stories/${index}`;
    const at = new Date(BASE_MS + index * 1000).toISOString();
    const origin = `${topics.scraped.name}/${index % topics.scraped.partitions}/${index}@${BASE_MS + index}`;
    const article: IngestedArticle = {
      id: documentId(uri),
      uri,
      url: uri,
      publishedAt: at,
      fetchedAt: at,
      source: { name: 'Bench Bote', domain: 'bench.example' },
      version: 1,
      versionCreated: at,
      pubStatus: 'usable',
      byline: 'Imke Janssen',
      contentHash: documentId(`${uri}#content`),
      origin,
      steps: [{ stage: 'ingest', at, tookMs: 3 }],
      title,
      contentType: 'text/plain',
      content: paragraphs.join('\n\n'),
      language: 'en',
      ...(sentNs === undefined ? {} : { [SENT_FIELD]: sentNs }),
    };
    const headers = eventHeaders({
      id: origin,
      source: '/wirefold/ingest',
      type: topic.eventType,
      time: at,
      subject: uri,
      traceparent: `00-${hex(random.next, 32)}-${hex(random.next, 16)}-01`,
    });
    return { key: uri, value: Buffer.from(JSON.stringify(article)), headers: { ...headers } };
  };
}

const hex = (next: () => number, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(next() * 15 + 1).toString(16)).join('');
