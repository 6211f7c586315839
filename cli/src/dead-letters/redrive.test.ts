import { describe, expect, it } from '@jest/globals';
import { stageTopics, topics, type StageName } from '@wirefold/contracts';
import type { PlacedMessage } from '@wirefold/kafka';
import { createLetterFold, type DeadLetter } from './fold-letters.ts';
import { readLetterRecord } from './letter.ts';
import { redrivenMessage } from './redrive.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-03-20T00:00:00Z');

const record = (stage: StageName, headers: Record<string, string>, timestampMs = NOW_MS): PlacedMessage =>
  ({
    topic: `${stage}.dlq.v1`,
    partition: 0,
    offset: '4',
    timestamp: String(NOW_MS),
    attributes: 0,
    key: Buffer.from('the key'),
    value: Buffer.from('{"uri":"urn:a"}'),
    headers: Object.fromEntries(
      Object.entries({
        'wirefold-stage': stage,
        'wirefold-reason': 'unexpected',
        'wirefold-topic': stageTopics[stage].input.name,
        'wirefold-partition': '3',
        'wirefold-timestamp': String(timestampMs),
        'wirefold-origin': 'the origin',
        ...headers,
      }).map(([name, text]) => [name, Buffer.from(text)]),
    ),
  }) as unknown as PlacedMessage;

function letterOf(stage: StageName, message: PlacedMessage): DeadLetter {
  const fold = createLetterFold(stage);
  fold.add({ partition: 0, offset: 4 }, readLetterRecord(stage, message));
  const [letter] = fold.letters();
  if (letter === undefined) throw new Error('no letter');
  return letter;
}

const redrive = (stage: StageName, headers: Record<string, string> = {}, timestampMs = NOW_MS) => {
  const message = record(stage, headers, timestampMs);
  const { headers: sent, ...rest } = redrivenMessage(message, letterOf(stage, message), NOW_MS);
  return {
    ...rest,
    headers: Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, values.map(String)])),
  };
};

describe('a redriven message', () => {
  it('is the original, where it was, with one redrive more', () => {
    expect(redrive('clean', { ce_id: 'the origin', 'wirefold-redrives': '2' })).toEqual({
      key: Buffer.from('the key'),
      value: Buffer.from('{"uri":"urn:a"}'),
      partition: 3,
      timestamp: String(NOW_MS),
      headers: { ce_id: ['the origin'], 'wirefold-redrives': ['3'] },
    });
  });

  it('names the first one on the way in, and believes nobody else who does', () => {
    expect(redrive('ingest').headers['wirefold-redrive-of']).toEqual(['the origin']);
    expect(redrive('ingest', { 'wirefold-redrive-of': 'forged' }).headers['wirefold-redrive-of']).toEqual([
      'the origin',
    ]);
    const again = redrive('ingest', { 'wirefold-redrive-of': 'the first', 'wirefold-redrives': '1' });
    expect(again.headers['wirefold-redrive-of']).toEqual(['the first']);
  });

  it.each([
    ['of two days ago', NOW_MS - 2 * DAY_MS, NOW_MS - 2 * DAY_MS],
    ['of long ago', 0, NOW_MS - topics.scraped.retentionMs / 2],
    ['to come', NOW_MS + DAY_MS, NOW_MS],
  ])('on the way in keeps a time %s, within what the topic keeps', (_what, was, becomes) => {
    expect(redrive('ingest', {}, was).timestamp).toBe(String(becomes));
  });
});

describe('reading a dead letter topic', () => {
  const mark = { 'wirefold-mark': 'redriven', 'wirefold-marked': '0/4' };
  const plain = (headers: Record<string, string>, value: Buffer | null = null): PlacedMessage => {
    const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]);
    return { ...record('clean', {}), value, headers: Object.fromEntries(bytes) } as PlacedMessage;
  };

  it('tells marks from letters, and leaves alone what is neither', () => {
    expect(readLetterRecord('clean', plain(mark))).toEqual({
      mark: { kind: 'redriven', marked: { partition: 0, offset: 4 } },
    });
    expect(readLetterRecord('clean', plain({ ...mark, 'wirefold-stage': 'clean' }))).toHaveProperty('letter');
    for (const neither of [
      plain({}),
      plain(mark, Buffer.from('x')),
      plain({ ...mark, 'wirefold-mark': 'eaten' }),
      plain({ ...mark, 'wirefold-marked': '0' }),
    ])
      expect(readLetterRecord('clean', neither)).toBeUndefined();
  });

  it("takes the message's uri, else the key", () => {
    const uriOf = (value: Buffer | null) => {
      const read = readLetterRecord('clean', { ...record('clean', {}), value });
      return read !== undefined && 'letter' in read ? read.letter.uri : undefined;
    };
    expect(uriOf(Buffer.from('{"uri":"urn:b"}'))).toBe('urn:b');
    for (const value of [null, Buffer.from('{"uri":"a b"}'), Buffer.from('{')])
      expect(uriOf(value)).toBe('the key');
  });
});
