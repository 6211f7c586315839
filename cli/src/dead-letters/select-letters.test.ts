import { describe, expect, it } from '@jest/globals';
import type { DeadLetter } from './fold-letters.ts';
import { parseLetterId, parseMoment, selectLetters, summarise, whyNotRedriven } from './select-letters.ts';

const letter = (fields: Partial<DeadLetter> & { offset: number }): DeadLetter => {
  const whole = {
    stage: 'clean' as const,
    partition: 0,
    failedAt: new Date(fields.offset * 1000).toISOString(),
    reason: 'unexpected',
    error: 'x',
    uri: `urn:${fields.offset}`,
    origin: 'o',
    redrives: 0,
    topic: 'news.article.ingested.v1',
    originalPartition: 0,
    originalTimestamp: 0,
    cut: undefined,
    sizeBytes: 1,
    status: 'waiting' as const,
    unmarked: [],
    ...fields,
  };
  const id = `${whole.stage}/${whole.partition}/${whole.offset}`;
  return { id, ids: [id], ...whole };
};
const letters = [
  letter({ offset: 3 }),
  letter({ offset: 1, stage: 'index', reason: 'mapping-conflict' }),
  letter({ offset: 2, status: 'redriven' }),
  letter({ offset: 4, uri: 'urn:x' }),
];
const offsets = (filter: Parameters<typeof selectLetters>[1]) =>
  selectLetters(letters, filter).map(({ offset }) => offset);

describe('selectLetters', () => {
  it('takes all, the oldest first, where nothing is said', () => expect(offsets({})).toEqual([1, 2, 3, 4]));

  it.each<[string, Parameters<typeof selectLetters>[1], number[]]>([
    ['stage', { stage: 'index' }, [1]],
    ['reason', { reason: 'unexpected' }, [2, 3, 4]],
    ['uri', { uri: 'urn:x' }, [4]],
    ['status', { status: 'waiting' }, [1, 3, 4]],
    ['time', { sinceMs: 2000, untilMs: 4000 }, [2, 3]],
    ['count', { max: 2 }, [1, 2]],
    ['id', { ids: ['clean/0/3', 'clean/0/9'] }, [3]],
    ['several at once', { status: 'waiting', stage: 'clean', max: 1 }, [3]],
  ])('selects by %s', (_what, filter, expected) => expect(offsets(filter)).toEqual(expected));

  it('knows a letter by the id of any of its records', () => {
    const twice = letter({ offset: 5, ids: ['clean/0/5', 'clean/0/8'] });
    expect(selectLetters([twice], { ids: ['clean/0/8'] })).toEqual([twice]);
  });
});

it('sums letters up by stage and reason, the most first', () => {
  expect(summarise(letters)).toEqual([
    { stage: 'clean', reason: 'unexpected', count: 3 },
    { stage: 'index', reason: 'mapping-conflict', count: 1 },
  ]);
});

describe('whyNotRedriven', () => {
  it.each([
    ['a part', { cut: 'value 30000000 bytes' }, /only a part/],
    ['a packed batch', { reason: 'undecodable' }, /packed batch/],
    ['one at the cap', { redrives: 3 }, /redriven 3 times/],
    ['one over the cap', { redrives: 99 }, /redriven 99 times/],
    ['one of a topic that the stage does not read', { topic: 'news.article.indexed.v1' }, /does not read/],
  ])('refuses %s', (_what, fields, why) => {
    expect(whyNotRedriven(letter({ offset: 1, ...fields }), 3)).toMatch(why);
  });

  it('lets all others through', () => {
    expect(whyNotRedriven(letter({ offset: 1, redrives: 2 }), 3)).toBeUndefined();
  });
});

describe('what a user writes', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  it.each([
    ['2h', '2026-03-10T10:00:00Z'],
    ['30m', '2026-03-10T11:30:00Z'],
    ['7d', '2026-03-03T12:00:00Z'],
    ['45s', '2026-03-10T11:59:15Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['2026-03-01T06:00:00+01:00', '2026-03-01T05:00:00Z'],
  ])('%s is a time', (text, iso) => {
    expect(parseMoment('--since', text, now)).toBe(Date.parse(iso));
  });

  it.each(['', '2', '2w', 'yesterday', '-2h', '2026', '2026-13-01', '1.5h'])('%p is none', (text) => {
    expect(() => parseMoment('--since', text, now)).toThrow(/--since/);
  });

  it('an id is stage/partition/offset', () => {
    expect(parseLetterId('clean/0/17')).toEqual({ stage: 'clean', partition: 0, offset: 17 });
    for (const wrong of ['clean/0', 'nobody/0/1', 'clean/0/x', 'clean/0/1/2', ''])
      expect(() => parseLetterId(wrong)).toThrow(/stage\/partition\/offset/);
  });
});
