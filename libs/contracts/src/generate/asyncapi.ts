import { stageNames, type StageName } from '../scalars.ts';
import { deadLetterTopic, topics, type Topic } from '../topology.ts';
import { ninjsExamples, scrapedExamples, type Example } from './examples.ts';
import { jsonSchema, schemaNames, type SchemaName } from './json-schemas.ts';

const KAFKA_BINDING = '0.5.0';

const ref = (path: string) => ({ $ref: `#/${path}` });
const schemaRef = (name: SchemaName) => ref(`components/schemas/${name}`);
const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A channel of the document: a topic, with the messages it takes. */
interface Channel {
  readonly id: string;
  readonly topic: Topic;
  readonly messages: readonly string[];
}

const channels: readonly Channel[] = [
  { id: 'scraped', topic: topics.scraped, messages: ['scrapedArticle', 'ninjsItem'] },
  { id: 'ingested', topic: topics.ingested, messages: ['ingestedArticle'] },
  { id: 'cleaned', topic: topics.cleaned, messages: ['cleanedArticle'] },
  { id: 'translated', topic: topics.translated, messages: ['translatedArticle'] },
  { id: 'enriched', topic: topics.enriched, messages: ['enrichedArticle'] },
  { id: 'indexed', topic: topics.indexed, messages: ['receipt'] },
  ...stageNames.map((stage: StageName) => ({
    id: `${stage}DeadLetters`,
    topic: deadLetterTopic(stage),
    messages: ['deadLetter', 'deadLetterMark'],
  })),
];

/**
 * The AsyncAPI 3.0 document of the pipeline: channels and their Kafka settings out of the topology, messages out of the
 * contracts.
 * Sources: asyncapi.com/docs/reference/specification/v3.0.0; asyncapi/bindings kafka 0.5.0.
 */
export function asyncApiDocument() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Wirefold',
      version: '1.0.0',
      description:
        'Scraped news articles in over Kafka; clean, translated, enriched and searchable stories out. Scrapers publish on news.article.scraped.v1; everything else is for whoever wants to watch.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels.map((channel) => [channel.id, channelObject(channel)])),
    operations: Object.fromEntries(channels.flatMap(operationsOf)),
    components: {
      schemas: Object.fromEntries(schemaNames.map((name) => [name, jsonSchema(name, 'draft-07')])),
      messages: messageObjects(),
    },
  };
}

function channelObject({ topic, messages }: Channel) {
  return {
    address: topic.name,
    title: topic.title,
    description: topic.description,
    messages: Object.fromEntries(messages.map((name) => [name, ref(`components/messages/${name}`)])),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': topic.cleanupPolicy.split(','),
          'retention.ms': topic.retentionMs,
          'max.message.bytes': topic.maxMessageBytes,
        },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

function operationsOf({ id, topic, messages }: Channel): [string, object][] {
  const operation = (action: 'send' | 'receive', who: string, summary: string): [string, object] => [
    `${who}${action === 'send' ? 'Sends' : 'Receives'}${upperFirst(id)}`,
    {
      action,
      summary,
      channel: ref(`channels/${id}`),
      messages: messages.map((name) => ref(`channels/${id}/messages/${name}`)),
    },
  ];
  return [
    ...topic.writers.map((who) => operation('send', who, `${who} writes ${topic.name}`)),
    ...topic.readers.map((who) => operation('receive', who, `${who} reads ${topic.name}`)),
  ];
}

function messageObjects() {
  const key = { type: 'string', description: 'uri of the article' };
  const message = (name: SchemaName, eventType: string, more: object = {}) => {
    const { title, description } = jsonSchema(name);
    return {
      name: eventType,
      title,
      summary: description,
      contentType: 'application/json',
      headers: schemaRef('event-headers'),
      payload: schemaRef(name),
      correlationId: {
        location: '$message.header#/ce_id',
        description: 'The scraped record that it comes from',
      },
      bindings: { kafka: { key, bindingVersion: KAFKA_BINDING } },
      ...more,
    };
  };
  // A scraper may send any headers, or none.
  const anyHeaders = { headers: { type: 'object' }, correlationId: undefined };
  return defined({
    scrapedArticle: message('scraped-article', topics.scraped.eventType, {
      ...anyHeaders,
      examples: examplesOf(scrapedExamples),
    }),
    ninjsItem: message('ninjs-item', 'ninjs 3 item', { ...anyHeaders, examples: examplesOf(ninjsExamples) }),
    ingestedArticle: message('ingested-article', topics.ingested.eventType),
    cleanedArticle: message('cleaned-article', topics.cleaned.eventType),
    translatedArticle: message('translated-article', topics.translated.eventType),
    enrichedArticle: message('enriched-article', topics.enriched.eventType),
    receipt: message('receipt', topics.indexed.eventType),
    deadLetter: {
      name: 'dead letter',
      title: 'Dead letter',
      summary: 'Key, value and headers of the original, with headers that say what went wrong',
      contentType: 'application/octet-stream',
      headers: schemaRef('dead-letter-headers'),
      payload: { description: 'The original to the byte, whatever it was' },
    },
    deadLetterMark: {
      name: 'mark',
      title: 'Mark of a dead letter',
      summary: 'Says what `wirefold dlq` did about a dead letter before it; written by the command line',
      headers: schemaRef('dead-letter-mark'),
      payload: { type: 'null' },
    },
  });
}

const examplesOf = (examples: Readonly<Record<string, Example>>) =>
  Object.values(examples).map(({ name, summary, payload }) => ({ name, summary, payload }));

/** Without entries that are undefined, as JSON has it. */
const defined = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
