import { stageTopics, type StageName } from '@wirefold/contracts';
import { sampleMessage } from '@wirefold/testing';
import { rejected, type Poison, type PoisonRecord } from './poison.ts';

const between = (
  into: StageName,
  name: string,
  record: (uri: string) => PoisonRecord,
  reason: Parameters<typeof rejected>[0],
  error: RegExp,
): Poison => ({ name: `${name} for ${into}`, into, record, ending: rejected(reason, error, into) });

const json = (value: unknown): PoisonRecord => ({ value: Buffer.from(JSON.stringify(value)) });

/** What no scraper can bring about: only another program that writes to a topic between the stages. */
export const betweenStages: readonly Poison[] = [
  between('clean', 'no value', () => ({ value: null }), 'malformed-json', /^the value is empty/),
  between(
    'translate',
    'JSON that was cut',
    (uri) => ({ value: Buffer.from(JSON.stringify(sampleMessage('translate', { uri })).slice(0, -9)) }),
    'malformed-json',
    /^not JSON: ./,
  ),
  between(
    'enrich',
    'an event of version 3',
    (uri) => ({
      ...json(sampleMessage('enrich', { uri })),
      headers: [['ce_type', Buffer.from(stageTopics.enrich.input.eventType.replace(/1$/, '3'))]],
    }),
    'unknown-version',
    /^the event's type is wirefold\.article\.translated\.v3; this topic takes/,
  ),
  between(
    'index',
    'a mention without a place',
    (uri) => json(sampleMessage('index', { uri, fields: { entities: [{ type: 'place', text: 'Kiel' }] } })),
    'broken-contract',
    /^entities\.0\.start: .*entities\.0\.end: /,
  ),
  between(
    'index',
    'the time of an article',
    (uri) => json(sampleMessage('index', { uri, fields: { versionCreated: '9999-01-01T00:00:00Z' } })),
    'broken-contract',
    /^versionCreated: expected a date from 1970 to 2099/,
  ),
];
