import { describe, expect, it } from '@jest/globals';
import type { MarkKind } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { createLetterFold } from './fold-letters.ts';
import type { Letter, LetterRecord } from './letter.ts';

const letter = (offset: number, origin: string, redrives = 0, partition = 0): Letter => ({
  stage: 'clean',
  partition,
  offset,
  failedAt: '2026-03-01T00:00:00Z',
  reason: 'unexpected',
  error: 'x',
  uri: origin,
  origin,
  redrives,
  topic: 'news.article.ingested.v1',
  originalPartition: 0,
  originalTimestamp: 0,
  cut: undefined,
  sizeBytes: 1,
});
const mark = (kind: MarkKind, offset: number): LetterRecord => ({
  mark: { kind, marked: { partition: 0, offset } },
});
const fold = (records: readonly LetterRecord[]) => {
  const folded = createLetterFold('clean');
  records.forEach((record, offset) =>
    folded.add(
      { partition: 0, offset },
      record !== undefined && 'letter' in record ? { letter: { ...record.letter, offset } } : record,
    ),
  );
  return folded;
};
const of = (origin: string, redrives = 0): LetterRecord => ({ letter: letter(0, origin, redrives) });
const statuses = (records: readonly LetterRecord[]) =>
  fold(records)
    .letters()
    .map(({ id, status }) => [id, status]);

describe('letters and marks', () => {
  it('fold to what was done about each letter', () => {
    expect(statuses([of('a'), of('b'), of('c'), mark('redriven', 0), mark('purged', 2)])).toEqual([
      ['clean/0/0', 'redriven'],
      ['clean/0/1', 'waiting'],
      ['clean/0/2', 'purged'],
    ]);
  });

  it('take a letter that was written twice for one, and one that died again for another', () => {
    const letters = fold([of('a'), of('a'), of('a', 1), mark('redriven', 0)]).letters();
    expect(letters.map(({ ids, status, redrives }) => [ids, status, redrives])).toEqual([
      [['clean/0/0', 'clean/0/1'], 'redriven', 0],
      [['clean/0/2'], 'waiting', 1],
    ]);
    expect(letters[0]?.unmarked).toEqual([{ partition: 0, offset: 1 }]);
  });

  it('let nobody purge what was published again', () => {
    for (const marks of [
      [mark('redriven', 0), mark('purged', 0)],
      [mark('purged', 0), mark('redriven', 0)],
    ])
      expect(statuses([of('a'), ...marks])).toEqual([['clean/0/0', 'redriven']]);
  });

  it('take no notice of marks of letters that are gone', () => {
    expect(statuses([mark('redriven', 77), of('a')])).toEqual([['clean/0/1', 'waiting']]);
  });
});

describe('what may be deleted', () => {
  it.each<[string, LetterRecord[], number]>([
    ['nothing before the first letter that waits', [of('a'), of('b'), mark('redriven', 1)], 0],
    ['letters that are done with, and marks', [of('a'), mark('purged', 0), of('b')], 2],
    ['all, where nothing waits', [of('a'), of('a'), mark('redriven', 1)], 3],
    ['nothing that is neither letter nor mark', [mark('purged', 9), undefined, mark('purged', 9)], 1],
  ])('is %s', (_what, records, offset) => {
    expect(fold(records).keepFrom()).toEqual([{ partition: 0, offset }]);
  });

  it('never has a letter that waits before it, and always one behind it where one waits', () => {
    const record = fc.oneof(
      fc
        .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(1))
        .map(([origin, redrives]) => of(origin, redrives)),
      fc
        .tuple(fc.constantFrom<MarkKind>('redriven', 'purged'), fc.nat(12))
        .map(([kind, at]) => mark(kind, at)),
    );
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 14 }), (records) => {
        const folded = fold(records);
        const waiting = folded.letters().filter(({ status }) => status === 'waiting');
        const offsets = waiting.flatMap(({ ids }) => ids.map((id) => Number(id.split('/')[2])));
        expect(folded.keepFrom()[0]?.offset).toBe(Math.min(records.length, ...offsets));
      }),
    );
  });
});
