import { describe, expect, it } from '@jest/globals';
import { receipt, type EnrichedArticle } from '@wirefold/contracts';
import { indexedReceipt, settleBatch } from './settle.ts';
import { outageVerdict, type Verdict } from './verdict.ts';

const at = '2026-03-01T09:00:00.000Z';

const article = (n: number, pubStatus: EnrichedArticle['pubStatus'] = 'usable') =>
  ({
    origin: `t/0/${n}@1`,
    uri: `urn:${n}`,
    id: 'id',
    version: 1,
    versionCreated: at,
    pubStatus,
    title: 'Titel',
    language: { tag: 'de', confidence: 1, from: 'text' },
    steps: [],
  }) as unknown as EnrichedArticle;

const conflict = (cause: string): Verdict => ({
  kind: 'rejected',
  reason: 'mapping-conflict',
  error: 'no',
  cause,
});
const settle = (verdicts: readonly Verdict[]) =>
  settleBatch(
    verdicts.map((_, n) => article(n)),
    verdicts,
    at,
  ).map(({ kind }) => kind);

describe('indexedReceipt', () => {
  it('fits the contract', () => {
    expect(receipt.parse(indexedReceipt(article(1), at))).toMatchObject({
      outcome: 'indexed',
      uri: 'urn:1',
      at,
    });
  });

  it('has nothing of the text of a canceled article', () => {
    expect(indexedReceipt(article(1, 'canceled'), at)).not.toHaveProperty('title');
  });
});

describe('settleBatch', () => {
  it('has one result for each verdict, in order', () => {
    const verdicts: Verdict[] = [
      { kind: 'written' },
      { kind: 'stale' },
      conflict('a'),
      outageVerdict('429', 'busy'),
      { kind: 'unclear', error: new Error('?') },
      { kind: 'written' },
    ];
    const results = settleBatch(
      verdicts.map((_, n) => article(n)),
      verdicts,
      at,
    );
    expect(results).toEqual([
      { kind: 'pass', output: expect.objectContaining({ uri: 'urn:0' }) },
      { kind: 'drop', outcome: 'stale' },
      { kind: 'reject', reason: 'mapping-conflict', error: 'no' },
      { kind: 'outage', outage: expect.objectContaining({ code: '429' }) },
      { kind: 'unexpected', error: new Error('?') },
      { kind: 'pass', output: expect.objectContaining({ uri: 'urn:5' }) },
    ]);
  });

  it('takes the same conflict in most of a batch for an outage, and others still for conflicts', () => {
    const same = Array.from({ length: 6 }, () => conflict('title'));
    expect(settle([...same, conflict('places'), { kind: 'written' }])).toEqual([
      ...same.map(() => 'outage'),
      'reject',
      'pass',
    ]);
  });

  it('rejects a few that are alike, or many that are not', () => {
    const few = Array.from({ length: 4 }, () => conflict('title'));
    expect(settle(few)).toEqual(few.map(() => 'reject'));
    const half = [
      ...Array.from({ length: 5 }, () => conflict('title')),
      ...Array.from({ length: 5 }, (): Verdict => ({ kind: 'written' })),
    ];
    expect(settle(half)).not.toContain('outage');
    expect(settle(Array.from({ length: 10 }, (_, n) => conflict(`field ${n}`)))).not.toContain('outage');
  });

  it('rejects documents that are too large, however many', () => {
    const large = Array.from(
      { length: 10 },
      (): Verdict => ({ kind: 'rejected', reason: 'output-too-large', error: 'x', cause: 'x' }),
    );
    expect(settle(large)).toEqual(large.map(() => 'reject'));
  });
});
