import { describe, expect, it } from '@jest/globals';
import { eldDetection } from '../adapters/eld-detector.ts';
import { decideLanguage, findPassages, languageOf } from './language.ts';

const decide = (text: string, hint?: string, page?: string) =>
  decideLanguage(text, { hint, page }, eldDetection);

describe('decideLanguage', () => {
  it.each([
    ['de', 'Die Stadt hat am Montag beschlossen, dass die Brücke im nächsten Jahr erneuert wird.'],
    ['en', 'The council decided on Monday that the bridge will be rebuilt next year.'],
    ['fr', 'Le conseil a décidé lundi que le pont serait reconstruit l’année prochaine.'],
    ['es', 'El ayuntamiento decidió el lunes que el puente será reconstruido el próximo año.'],
    ['ru', 'Городской совет решил в понедельник, что мост будет восстановлен в следующем году.'],
    ['uk', 'Міська рада вирішила в понеділок, що міст буде відновлено наступного року.'],
    ['vi', 'Hội đồng thành phố hôm thứ Hai đã quyết định xây lại cây cầu vào năm tới.'],
    ['zh', '市议会周一决定明年重建这座桥梁，预计工程将持续两年。'],
    ['ar', 'قرر مجلس المدينة يوم الاثنين إعادة بناء الجسر في العام المقبل.'],
  ])('%s from its text, against any hint', (tag, text) => {
    expect(decide(text)).toMatchObject({ tag, from: 'text' });
    expect(decide(text, tag === 'en' ? 'de' : 'en')).toMatchObject({ tag, from: 'text' });
  });

  it('believes the hint, then the page, where the text is short', () => {
    expect(decide('Taxi', 'sv-SE', 'en')).toMatchObject({ tag: 'sv', from: 'hint' });
    expect(decide('Hello', undefined, 'en_GB')).toMatchObject({ tag: 'en', from: 'page' });
  });

  it('believes no hint at a language of another script', () => {
    expect(decide('Мост', 'en', 'zh')).toMatchObject({ from: 'text' });
  });

  it('believes a hint at a language that the detector does not know', () => {
    const swahili = 'Serikali imetangaza mpango mpya wa elimu kwa watoto wote nchini Tanzania siku ya leo.';
    expect(decide(swahili, 'sw')).toMatchObject({ tag: 'sw', from: 'hint' });
  });

  it('lets the hint tell languages apart that the detector does not', () => {
    const indonesian =
      'Pemerintah mengumumkan kebijakan baru untuk pendidikan anak di seluruh negeri pada hari Senin.';
    expect(decide(indonesian, 'id')).toMatchObject({ tag: 'id', from: 'hint' });
    expect(decide(indonesian)).toMatchObject({ tag: 'ms', from: 'text' });
  });

  it('says und where nothing tells', () => {
    expect(decide('12345')).toEqual({ tag: 'und', confidence: 0, from: 'none' });
    expect(decide('12345', 'und', 'not a tag!')).toEqual({ tag: 'und', confidence: 0, from: 'none' });
  });

  it('is not misled by a foreign sentence at the start', () => {
    const german =
      'Der Minister sprach am Abend vor dem Parlament über den Haushalt des kommenden Jahres. '.repeat(20);
    expect(decide(`“We will never give up, whatever happens to us all,” he said. ${german}`)).toMatchObject({
      tag: 'de',
    });
  });
});

describe('a hint whose letters the text contradicts', () => {
  it.each([
    ['uk', 'ru', 'Вежу на пагорбі полагодили. Її годинник знову йде, і діти їздять до неї з міста.'],
    ['ru', 'uk', 'Башню на холме починили. Её часы снова идут, и дети ездят к ней из города в выходные.'],
    ['ru', 'bg', 'Башню на холме починили. Её часы снова идут, и дети ездят к ней из города в выходные.'],
  ])('is not believed: %s, said to be %s', (tag, hint, text) => {
    expect(decide(text, hint)).toMatchObject({ tag });
  });
});

describe('findPassages', () => {
  const german = [
    'Der Fischer fand die Flasche am Strand, als er am Morgen seine Netze holte, und brachte sie der Lehrerin.',
    'In der Flasche lag ein Brief, den ein Junge im Jahr 1966 auf einem Schiff geschrieben hatte.',
    'Die Lehrerin hat den Mann gefunden, der den Brief geschrieben hat, und der Mann hat am Telefon gelacht.',
  ] as const;
  const french =
    'À celui qui trouvera cette bouteille : je m’appelle Lucien, j’ai neuf ans et je m’ennuie. Réponds-moi vite, la traversée est longue.';
  const spanish =
    'El pueblo de la orilla oriental del lago bautizó el martes su nuevo transbordador, que lleva hasta ochenta bicicletas en verano.';
  const of = (paragraphs: readonly string[]) => findPassages(paragraphs, 'de', eldDetection);

  it('finds paragraphs in another language, runs of them as one', () => {
    const passages = of([german[0], french, french.replace('neuf', 'dix'), german[1], spanish, german[2]]);
    expect(passages).toMatchObject([
      { first: 1, last: 2, tag: 'fr' },
      { first: 4, last: 4, tag: 'es' },
    ]);
    const language = { tag: 'de', confidence: 1, from: 'text', passages } as const;
    expect([0, 1, 2, 3, 4].map((place) => languageOf(place, language))).toEqual([
      'de',
      'fr',
      'fr',
      'de',
      'es',
    ]);
  });

  it.each<readonly [string, string]>([
    [
      'names',
      'Noah Jackson, Sheldon Bryan, Javier Gomez, Lucien Moreau, Aiko Tanaka, Piotr Nowak, Ana Souza.',
    ],
    [
      'an address',
      'https://lakeside.example/fr/la-traversee-est-longue-et-je-mennuie-reponds-moi-vite-lucien',
    ],
    ['a few words', '« Je m’ennuie », stand da.'],
  ])('takes %s for no language', (_, paragraph) => {
    expect(of([...german, paragraph])).toEqual([]);
  });

  it('says nothing where the detector does not know the language of the article', () => {
    expect(findPassages([...german, french], 'sw', eldDetection)).toEqual([]);
  });
});
