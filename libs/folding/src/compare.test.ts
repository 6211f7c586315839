import { describe, expect, it } from '@jest/globals';
import { compare, DEFAULT_THRESHOLDS } from './compare.ts';
import { fingerprintOf } from './fingerprint-of.ts';
import type { FoldableText } from './fingerprint.ts';

const HOUR_MS = 3_600_000;
const title = 'Cracked cables close Hartsund bridge to lorries';
const paragraphs = [
  'The Hartsund suspension bridge will be closed to lorries from Monday after inspectors found 214 cracks in its main cables, the transport minister Ingrid Solheim said.',
  'Engineers of the firm Karlowicz had examined 1,860 metres of cable since January 14. About 37,500 vehicles cross the bridge each day, among them 4,200 lorries, which will have to take the ferry at Brennvik.',
  '"We don\'t take chances with 37,500 people a day," Solheim told reporters in Hartsund. Repairs would cost 96 million crowns and last until October, she said.',
  "The mayor of Brennvik, Tomasz Adamski, warned that the town's two ferries carry no more than 85 lorries an hour. The hauliers' union called for a third ship from Denmark.",
  'The bridge was opened in 1968 and last repaired in 1997, when 12 cables were replaced.',
];
const body = paragraphs.join('\n\n');
const german = [
  'Die Hängebrücke von Hartsund wird von Montag an für Lastwagen gesperrt, nachdem Prüfer 214 Risse in den Haupttrageseilen gefunden haben, wie Verkehrsministerin Ingrid Solheim mitteilte.',
  'Ingenieure der Firma Karlowicz hatten seit dem 14. Januar 1.860 Meter Seil untersucht. Etwa 37.500 Fahrzeuge überqueren die Brücke jeden Tag, darunter 4.200 Lastwagen, die künftig die Fähre bei Brennvik nehmen müssen.',
  '«Wir gehen mit 37.500 Menschen am Tag kein Wagnis ein», sagte Solheim vor Journalisten in Hartsund. Die Arbeiten sollen 96 Millionen Kronen kosten und bis Oktober dauern.',
  'Der Bürgermeister von Brennvik, Tomasz Adamski, warnte, dass die beiden Fähren höchstens 85 Lastwagen in der Stunde befördern. Der Verband der Fuhrleute verlangte ein drittes Schiff aus Dänemark.',
];
const retold = [
  'Lorries may no longer use the Hartsund suspension bridge as of Monday: its main cables have 214 cracks, inspectors told Ingrid Solheim, the transport minister.',
  'Since January 14 the Karlowicz engineers have examined 1,860 metres of cable. Of the 37,500 vehicles that cross the bridge daily 4,200 are lorries; the ferry in Brennvik will have to carry them.',
  'Solheim said to reporters at Hartsund that she takes no chances with the 37,500 people each day. Until October the repairs would last, and cost 96 million crowns.',
  "Warning came from Tomasz Adamski, mayor of Brennvik: more than 85 lorries in an hour is beyond his town's two ferries. Hauliers, through their union, called for another ship, from Denmark.",
];
const nextDay = [
  'Hauliers blocked the ferry landing at Brennvik for three hours on Tuesday, demanding that Ingrid Solheim find them another ship.',
  'Tomasz Adamski, who runs the town, came down with coffee and said he understood every word of it. The lorries have queued since the Hartsund crossing was shut to them. Karlowicz, whose people counted the 214 cracks, declined to comment.',
  'Solheim promised an answer from Denmark by the end of the week. Some 4,200 drivers a day depend on it.',
];
const harvest = [
  'Olive growers in the hills around Mirandel expect their smallest harvest in thirty years after a spring of frost and a summer without rain.',
  'The cooperative of Sant Vidal pressed 61 tonnes by Friday, its chairwoman Pilar Entrerrios said, against 240 in the same week of last year. A litre already costs 11.40 euros at the mill.',
];

const weather = (day: number, high: number, low: number, wind: number, rain: number) =>
  `Tuesday's weather for Port Alder and the coast, issued at 6 a.m. by the harbour office. Morning fog gives way to sunshine. Highest temperature ${high} degrees, lowest ${low} degrees. Wind from the west at ${wind} kilometres an hour, gusts up to ${wind * 2 + 3}. Rain ${rain} millimetres, chance of rain ${rain * 7 + 1} percent. Water ${low + 4} degrees. Sunrise 6:${day + 10}, sunset 19:${day + 31}. High tide 11:${day + 22} and 23:${day + 41}.`;

const textOf = (fields: Partial<FoldableText>): FoldableText => ({
  language: 'en',
  title,
  body,
  publishedMs: 0,
  ...fields,
});
const match = (fresh: Partial<FoldableText>, known: Partial<FoldableText> = {}) =>
  compare(
    fingerprintOf(textOf({ publishedMs: HOUR_MS, ...fresh })).fingerprint,
    fingerprintOf(textOf(known)).fingerprint,
    DEFAULT_THRESHOLDS,
  );
const replaced = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, body);

describe('one text is', () => {
  it.each<[string, Partial<FoldableText>, Partial<FoldableText>, string, boolean]>([
    ['a copy', {}, {}, 'copy', true],
    ['a copy in capitals, without accents', { body: body.toUpperCase() }, {}, 'copy', true],
    ['a local edit by its headline', { title: 'Ferry town fears the lorries' }, {}, 'local-edit', true],
    ['a local edit by its cut tail', { body: paragraphs.slice(0, 3).join('\n\n') }, {}, 'local-edit', true],
    [
      'a local edit by what stands before it',
      {
        body: `Rita Mulder in Brennvik has seen the lorries queue from her kitchen window since dawn. She has counted them, she says, and has stopped counting, as her coffee went cold over it.\n\n${body}`,
      },
      {},
      'local-edit',
      false,
    ],
    [
      'a local edit by a paragraph that went and one that came',
      {
        body: [
          ...paragraphs.slice(0, 2),
          'Local shopkeepers were divided over what it means for them.',
          ...paragraphs.slice(3),
        ].join('\n\n'),
      },
      {},
      'local-edit',
      false,
    ],
    [
      'a local edit that was shorter before',
      {},
      { body: paragraphs.slice(0, 3).join('\n\n') },
      'local-edit',
      false,
    ],
    [
      'an update by its figures',
      { body: replaced(['214 cracks', '263 cracks'], ['96 million', '118 million']) },
      {},
      'update',
      false,
    ],
    ['an update by its title', { title: `UPDATE 2-${title}` }, {}, 'update', false],
    [
      'a correction by its title',
      { title: `CORRECTED: ${title}`, body: replaced(['96 million', '69 million']) },
      {},
      'correction',
      false,
    ],
    [
      'no update where it is the older one',
      { body: replaced(['214 cracks', '263 cracks']), publishedMs: -HOUR_MS },
      {},
      'copy',
      false,
    ],
  ])('%s', (_what, fresh, known, relation, covered) => {
    expect(match(fresh, known)).toMatchObject({ relation, covered, isSameLanguage: true });
  });

  it('scored by how much of it is there', () => {
    expect(match({})?.score).toBe(1);
    const cut = match({ body: paragraphs.slice(0, 3).join('\n\n') });
    expect(cut?.score).toBeGreaterThan(0.7);
    expect(cut?.score).toBeLessThan(1);
    expect(match({})?.why).toEqual([
      { sign: 'text', reason: '100 % of its runs of words are there, and 100 % of the other way round' },
    ]);
  });

  it('in Chinese as well, where a character is a word', () => {
    const chinese =
      '哈特松德悬索桥将从周一起对卡车关闭。检查人员在主缆上发现了214条裂缝，交通部长索尔海姆说。工程师自1月14日以来检查了1860米缆索。每天约有37500辆车过桥，其中4200辆是卡车，它们今后必须乘坐渡轮。维修费用为9600万克朗，将持续到十月。';
    const fresh = { language: 'zh', title: '大桥关闭', body: `${chinese}记者昨日在现场看到，车队很长。` };
    expect(match(fresh, { language: 'zh', title: '大桥关闭', body: chinese })?.relation).toBe('local-edit');
  });

  it('in traditional characters and in simplified ones', () => {
    const [simplified, traditional] = [
      '哈特松德悬索桥将从周一起对卡车关闭。检查人员在主缆上发现了214条裂缝，交通部长索尔海姆说。',
      '哈特松德懸索橋將從週一起對卡車關閉。檢查人員在主纜上發現了214條裂縫，交通部長索爾海姆說。',
    ];
    const fresh = { language: 'zh-Hant', title: '大橋關閉', body: traditional };
    expect(match(fresh, { language: 'zh', title: '大桥关闭', body: simplified })?.relation).toBe('copy');
  });

  it('by the same runs of words, whether a line of another script is in it or not', () => {
    const fresh = { body: `云雀: ${body}` };
    expect(match(fresh)?.score).toBeGreaterThan(0.95);
  });
});

describe('another text is', () => {
  it('a translation by its names and figures', () => {
    const translated = match({ language: 'de', title: 'Risse in den Seilen', body: german.join('\n\n') });
    expect(translated).toMatchObject({ relation: 'translation', isSameLanguage: false, covered: false });
    expect(translated?.score).toBeGreaterThan(0.5);
    expect(translated?.why.map(({ sign }) => sign)).toEqual(['names-and-figures', 'figures']);
  });

  it('a retranslation by its words, names and figures in one order', () => {
    expect(match({ title: 'Bridge shut', body: retold.join('\n\n') })).toMatchObject({
      relation: 'translation',
      isSameLanguage: true,
      covered: false,
    });
  });

  it('a follow-up where it comes later and is about the same people', () => {
    const fresh = { title: 'Hauliers block ferry', body: nextDay.join('\n\n') };
    expect(match({ ...fresh, publishedMs: 24 * HOUR_MS })).toMatchObject({ relation: 'follow-up' });
    expect(match({ ...fresh, publishedMs: HOUR_MS })).toBeUndefined();
  });
});

describe('nothing to do with each other have', () => {
  it.each<[string, Partial<FoldableText>, Partial<FoldableText>]>([
    ['two stories', { title: 'Smallest harvest', body: harvest.join('\n\n') }, {}],
    [
      'two stories in two languages',
      { language: 'de', title: 'Risse', body: german.join('\n\n') },
      { title: 'Smallest harvest', body: harvest.join('\n\n') },
    ],
    [
      'the weather of two days',
      { title: 'Weather', body: weather(3, 21, 12, 18, 2) },
      { title: 'Weather', body: weather(2, 27, 16, 31, 0) },
    ],
    ['empty texts', { title: '', body: '' }, { title: '', body: '' }],
  ])('%s', (_what, fresh, known) => {
    expect(match(fresh, known)).toBeUndefined();
  });

  it('a round-up and one of its stories, beyond being related', () => {
    const roundUp = [
      'Here is what you need to know this morning.',
      ...harvest,
      paragraphs[3],
      'The national football team of Vesterland flies to Lima today without its captain Olu Bakare, who has a strained thigh and stays with his club until the end of the month.',
      'Prices of second-hand bicycles have doubled since the spring, a survey by the consumers of Eastmark found; the cheapest sold for 140 crowns, the dearest for 2,900.',
    ].join('\n\n');
    const found = match({ title: 'The morning in five minutes', body: roundUp });
    expect(found?.relation ?? 'follow-up').toBe('follow-up');
    expect(match({}, { title: 'The morning in five minutes', body: roundUp })?.relation ?? 'follow-up').toBe(
      'follow-up',
    );
  });
});

it('the weather of one day in two papers is one text', () => {
  const known = { title: 'Weather', body: weather(3, 21, 12, 18, 2) };
  expect(match({ ...known, title: 'Weather for the coast' }, known)?.relation).toBe('copy');
});

it('thresholds move what is one story', () => {
  const [fresh, known] = [
    fingerprintOf(textOf({ language: 'de', body: german.join('\n\n') })).fingerprint,
    fingerprintOf(textOf({})).fingerprint,
  ];
  expect(compare(fresh, known, { text: 0.4, translation: 0.99 })).toBeUndefined();
  const half = fingerprintOf(
    textOf({ body: [...paragraphs.slice(0, 2), ...harvest].join('\n\n') }),
  ).fingerprint;
  expect(compare(half, known, { text: 0.3, translation: 0.3 })?.relation).toBe('update');
  // Passages that are the same are no other translation either.
  expect(compare(half, known, { text: 0.9, translation: 0.3 })).toBeUndefined();
});
