import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideVersion, type Candidate, type KnownVersion } from './version-order.ts';

/** A message as scrapers send it, before it is a candidate. */
interface Sent {
  readonly version: number | undefined;
  readonly versionCreated: number | undefined;
  readonly fetchedMs: number;
  readonly content: string;
  readonly canceled?: boolean;
}

const candidate = (sent: Sent, place: number): Candidate => ({
  version: sent.version,
  createdMs: sent.versionCreated ?? sent.fetchedMs,
  explicit: sent.versionCreated !== undefined,
  canceled: sent.canceled ?? false,
  hasText: sent.content !== '',
  contentHash: sent.content,
  origin: `t/0/${place}@0`,
});

/** Lets messages arrive; what was decided is remembered at once. */
function arrive(candidates: readonly Candidate[], known?: KnownVersion) {
  const kinds: string[] = [];
  const passed: KnownVersion[] = [];
  for (const one of candidates) {
    const decision = decideVersion(known, one);
    kinds.push(decision.kind);
    if (decision.kind === 'newer') passed.push(decision.next);
    if ('next' in decision) known = decision.next;
  }
  return { kinds, passed, known };
}

const kindsOf = (...sent: Partial<Sent>[]) =>
  arrive(
    sent.map((one, place) =>
      candidate(
        { version: undefined, versionCreated: undefined, fetchedMs: place * 1000, content: 'a', ...one },
        place,
      ),
    ),
  ).kinds;

describe('decideVersion', () => {
  it.each([
    ['the same content, seen again', [{}, {}], ['newer', 'unchanged']],
    ['the same version number, seen again', [{ version: 1 }, { version: 1 }], ['newer', 'unchanged']],
    ['other content without a version', [{}, { content: 'b' }], ['newer', 'newer']],
    [
      'other content, scraped earlier',
      [{ fetchedMs: 9 }, { content: 'b', fetchedMs: 3 }],
      ['newer', 'stale'],
    ],
    [
      'other content at the same moment',
      [{ fetchedMs: 5 }, { content: 'b', fetchedMs: 5 }],
      ['newer', 'newer'],
    ],
    ['a greater number', [{ version: 1 }, { version: 2 }], ['newer', 'newer']],
    [
      'a greater number made earlier',
      [
        { version: 1, fetchedMs: 9 },
        { version: 2, fetchedMs: 1 },
      ],
      ['newer', 'newer'],
    ],
    ['a smaller number', [{ version: 2 }, { version: 1, content: 'b' }], ['newer', 'stale']],
    ['no number after a number', [{ version: 7 }, { content: 'b' }], ['newer', 'newer']],
    ['a number after none', [{}, { version: 1, content: 'b' }], ['newer', 'newer']],
    [
      'the same content as a later version',
      [{ versionCreated: 1 }, { versionCreated: 2 }],
      ['newer', 'newer'],
    ],
    ['the same version again', [{ versionCreated: 1 }, { versionCreated: 1 }], ['newer', 'unchanged']],
    [
      'an old copy between two new',
      [{ fetchedMs: 1 }, { fetchedMs: 9 }, { content: 'b', fetchedMs: 5 }],
      ['newer', 'unchanged', 'stale'],
    ],
  ] as [string, Partial<Sent>[], string[]][])('%s', (_what, sent, kinds) => {
    expect(kindsOf(...sent)).toEqual(kinds);
  });

  const kill = { canceled: true, content: '' };
  it.each([
    ['an older version', [{ version: 2, ...kill }, { version: 1 }], ['newer', 'killed']],
    [
      'the same old text twice, which is looked at once',
      [{ version: 2, ...kill }, { version: 1 }, { version: 1 }],
      ['newer', 'killed', 'stale'],
    ],
    [
      'an older version without text',
      [
        { version: 2, ...kill },
        { version: 1, content: '' },
      ],
      ['newer', 'stale'],
    ],
    [
      'text under its number',
      [
        { version: 2, ...kill },
        { version: 2, fetchedMs: 9 },
      ],
      ['newer', 'killed'],
    ],
    ['text scraped later', [kill, { fetchedMs: 9 }], ['newer', 'killed']],
    [
      'text made at the same time',
      [{ versionCreated: 5, ...kill }, { versionCreated: 5 }],
      ['newer', 'killed'],
    ],
    ['a greater number', [{ version: 2, ...kill }, { version: 3 }], ['newer', 'newer']],
    ['a later version', [{ versionCreated: 5, ...kill }, { versionCreated: 6 }], ['newer', 'newer']],
    [
      'a number, after a kill without one',
      [
        { versionCreated: 5, ...kill },
        { version: 3, fetchedMs: 9 },
      ],
      ['newer', 'killed'],
    ],
    [
      'a number and a later time, after a kill without a number',
      [
        { versionCreated: 5, ...kill },
        { version: 3, versionCreated: 6 },
      ],
      ['newer', 'newer'],
    ],
    [
      'the kill again',
      [
        { version: 2, ...kill },
        { version: 2, ...kill },
      ],
      ['newer', 'unchanged'],
    ],
    [
      'an older kill',
      [
        { version: 2, ...kill },
        { version: 1, ...kill },
      ],
      ['newer', 'stale'],
    ],
  ] as [string, Partial<Sent>[], string[]][])('after a kill: %s', (_what, sent, kinds) => {
    expect(kindsOf(...sent)).toEqual(kinds);
  });

  it.each([
    ['of what was scraped later', [{ fetchedMs: 9 }, { fetchedMs: 3, ...kill }], ['newer', 'newer']],
    [
      'of its number, scraped later',
      [
        { version: 1, fetchedMs: 9 },
        { version: 1, versionCreated: 3, ...kill },
      ],
      ['newer', 'newer'],
    ],
    [
      'of what the publisher made later',
      [{ versionCreated: 9 }, { fetchedMs: 3, ...kill }],
      ['newer', 'stale'],
    ],
    [
      'of what the publisher made before it and a scraper saw after it',
      [{ versionCreated: 1 }, { fetchedMs: 9 }, { versionCreated: 3, ...kill }],
      ['newer', 'unchanged', 'newer'],
    ],
    [
      'of what the publisher made after it, and a scraper saw changed',
      [{ versionCreated: 5 }, { fetchedMs: 9, content: 'b' }, { versionCreated: 3, ...kill }],
      ['newer', 'newer', 'stale'],
    ],
    ['of a greater number', [{ version: 2 }, { version: 1, ...kill }], ['newer', 'stale']],
    ['without a number', [{ version: 2 }, { fetchedMs: 9, ...kill }], ['newer', 'newer']],
  ] as [string, Partial<Sent>[], string[]][])('a kill %s', (_what, sent, kinds) => {
    expect(kindsOf(...sent)).toEqual(kinds);
  });

  it('passes text that came after its kill on under the version of the kill', () => {
    const all = [
      { version: 2, versionCreated: 5000, fetchedMs: 0, ...kill },
      { version: 1, versionCreated: 1000, fetchedMs: 0, content: 'a' },
    ].map(candidate);
    const { known: killed } = arrive(all.slice(0, 1));
    expect(decideVersion(killed, all[1] as Candidate)).toEqual({
      kind: 'killed',
      next: { ...killed, wiped: ['a'] },
    });
  });

  it('remembers a few of the texts that came after a kill', () => {
    const texts = Array.from({ length: 20 }, (_, n) => ({
      version: 1,
      versionCreated: undefined,
      fetchedMs: n,
      content: `text ${n}`,
    }));
    const first = { version: 2, versionCreated: undefined, fetchedMs: 0, ...kill };
    const { known, kinds } = arrive([first, ...texts].map(candidate));
    expect(new Set(kinds.slice(1))).toEqual(new Set(['killed']));
    expect(known?.wiped).toEqual(texts.slice(-8).map(({ content }) => content));
  });

  it('says by whose word a version is newer', () => {
    const from = (...sent: Partial<Sent>[]) => {
      const all = sent.map((one, place) =>
        candidate(
          {
            version: undefined,
            versionCreated: undefined,
            fetchedMs: place * 1000,
            content: `${place}`,
            ...one,
          },
          place,
        ),
      );
      const decision = decideVersion(arrive(all.slice(0, -1)).known, all.at(-1) as Candidate);
      return decision.kind === 'newer' ? decision.from : decision.kind;
    };
    expect(from({})).toBe('scrape');
    expect(from({ version: 1 })).toBe('publisher');
    expect(from({ versionCreated: 1 })).toBe('publisher');
    expect(from({}, {})).toBe('scrape');
    expect(from({ version: 1 }, { version: 1 })).toBe('scrape');
    expect(from({ version: 1 }, { version: 2 })).toBe('publisher');
    expect(from({ versionCreated: 1 }, { versionCreated: 2 })).toBe('publisher');
    expect(from({ versionCreated: 2 }, { versionCreated: 2 })).toBe('scrape');
    expect(from({}, kill)).toBe('publisher');
  });

  it('knows the very record that it has passed on', () => {
    const one = candidate({ version: 1, versionCreated: undefined, fetchedMs: 0, content: 'a' }, 3);
    expect(arrive([one, one]).kinds).toEqual(['newer', 'redelivered']);
  });

  it.each([
    ['an earlier record of the partition, read again', 't/0/7@100', 'redelivered'],
    ['a later record', 't/0/12@100', 'stale'],
    ['a record of another partition', 't/1/7@100', 'stale'],
    ['a record of another topic', 'u/0/7@100', 'stale'],
    ['a record of the topic made anew, whose offsets begin again', 't/0/7@300', 'stale'],
    ['an origin of another kind', 'mine', 'stale'],
  ])('after what was passed on comes %s', (_what, origin, kind) => {
    const known = { version: 2, createdMs: 5000, second: 5, contentHash: 'b', origin: 't/0/9@200' };
    const older = candidate({ version: 1, versionCreated: undefined, fetchedMs: 9000, content: 'a' }, 0);
    expect(decideVersion(known, { ...older, origin }).kind).toBe(kind);
  });

  // Versions as a publisher makes them: each with a number or a time of its own, and a content.
  const numbered = fc
    .uniqueArray(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 6 })
    .map((numbers) =>
      numbers.map(
        (version): Sent => ({ version, versionCreated: undefined, fetchedMs: 0, content: `v${version}` }),
      ),
    );
  const timed = fc
    .uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 6 })
    .map((times) =>
      times.map((ms): Sent => ({ version: undefined, versionCreated: ms, fetchedMs: 0, content: `t${ms}` })),
    );
  const rank = (sent: Sent) => sent.version ?? sent.versionCreated ?? 0;

  it.each([
    ['numbers', numbered],
    ['times', timed],
  ])('ends in the newest version, in any order of arrival and with repeats, by %s', (_what, versions) => {
    fc.assert(
      fc.property(versions, fc.infiniteStream(fc.nat()), (made, random) => {
        const draw = () => random.next().value as number;
        const arrivals = [...made, ...made]
          .map((sent) => ({ sent, at: draw() }))
          .toSorted((a, b) => a.at - b.at);
        const candidates = arrivals.map(({ sent }, place) => candidate(sent, place));
        const { kinds, known } = arrive(candidates);

        // The model: what is greater than all before it is newer, what equals the greatest is unchanged, else stale.
        let greatest = -1;
        const expected = arrivals.map(({ sent }) => {
          const kind = rank(sent) > greatest ? 'newer' : rank(sent) === greatest ? 'unchanged' : 'stale';
          greatest = Math.max(greatest, rank(sent));
          return kind;
        });
        expect(kinds).toEqual(expected);
        expect(known?.contentHash).toBe(
          made.toSorted((one, other) => rank(one) - rank(other)).at(-1)?.content,
        );
      }),
    );
  });

  const anything = fc.record({
    version: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    versionCreated: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
    fetchedMs: fc.integer({ min: 0, max: 4000 }),
    content: fc.constantFrom('a', 'b', 'c'),
    canceled: fc.boolean(),
  });

  it.each([
    ['numbers', (order: number): Partial<Sent> => ({ version: order })],
    ['times', (order: number): Partial<Sent> => ({ versionCreated: order * 1000 })],
  ])('ends canceled or not, in any order, with scrapes at any time in between, by %s', (_what, fieldsOf) => {
    const made = fc.uniqueArray(
      fc.record({ place: fc.integer({ min: 1, max: 6 }), canceled: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 5,
        selector: ({ place }) => place,
      },
    );
    fc.assert(
      fc.property(made, fc.infiniteStream(fc.nat()), (versions, random) => {
        const draw = () => random.next().value as number;
        const publishers = versions.map(({ place, canceled }) => ({
          version: undefined,
          versionCreated: undefined,
          fetchedMs: draw() % 9000,
          content: canceled ? '' : `text ${place}`,
          canceled,
          ...fieldsOf(place),
        }));
        // The same texts, scraped again later: with the publisher's numbers where it has any, and without its times.
        const scrapes = publishers.map((sent) => ({
          ...sent,
          versionCreated: undefined,
          fetchedMs: 10_000 + (draw() % 9000),
        }));
        const newest = versions.toSorted((one, other) => one.place - other.place).at(-1);
        // Whoever scrapes a page of a publisher that names no versions may well see it before and after its kill.
        const texts = scrapes.filter(({ canceled }) => !canceled);
        const all = [...publishers, ...(newest?.canceled ? texts : [])]
          .map((sent) => ({ sent, at: draw() }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ sent }, arrival) => candidate(sent, arrival));
        expect(arrive(all).known?.canceled ?? false).toBe(newest?.canceled);
      }),
      { numRuns: 1000 },
    );
  });

  it('passes on versions whose (number, second) always grows, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (sent) => {
        const { passed } = arrive(sent.map(candidate));
        const order = passed.map(({ version, second }) => version * 1e9 + second);
        expect(order).toEqual([...new Set(order)].toSorted((one, other) => one - other));
      }),
    );
  });

  it('decides the same again after a crash between publishing and remembering', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 6 }),
        fc.array(anything, { minLength: 1, maxLength: 6 }),
        (before, sent) => {
          const { known } = arrive(before.map(candidate));
          const chunk = sent.map((one, place) => candidate(one, 100 + place));
          expect(arrive(chunk, known)).toEqual(arrive(chunk, known));
          // Remembered, and then read again from the chunk's beginning: nothing more is passed on. (Of a publisher that
          // numbers its versions, but not its kills or what it makes after them, an older number is.)
          if ([...before, ...sent].some(({ canceled }) => canceled)) return;
          const { known: remembered } = arrive(chunk, known);
          const again = arrive(chunk, remembered).passed;
          expect(again.filter(({ contentHash }) => contentHash === remembered?.contentHash)).toEqual([]);
        },
      ),
    );
  });
});
