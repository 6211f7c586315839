import { describe, expect, it } from '@jest/globals';
import type { ResidueKind } from '@wirefold/contracts';
import { clearResidue } from './clear.ts';
import { splitText } from './paragraphs.ts';

/** A story of two paragraphs in each language, of our own writing. */
const stories: Record<string, readonly [string, string]> = {
  de: [
    'Die Gemeinde am Ostufer des Sees hat am Dienstag ihre neue Fähre getauft, die im Sommer bis zu achtzig Räder trägt.',
    'Der Betrieb soll im Mai beginnen. „Darauf warten wir seit elf Jahren“, sagte die Bürgermeisterin bei der Feier am Steg.',
  ],
  en: [
    'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles in summer.',
    'It is to start in May. “We have waited eleven years for this,” the mayor said at the party on the pier.',
  ],
  fr: [
    'Le village de la rive orientale du lac a baptisé mardi son nouveau bac, qui transporte jusqu’à quatre-vingts vélos en été.',
    'Le service doit commencer en mai. « Nous attendions cela depuis onze ans », a dit la maire pendant la fête.',
  ],
  es: [
    'El pueblo de la orilla oriental del lago bautizó el martes su nuevo transbordador, que lleva hasta ochenta bicicletas en verano.',
    'El servicio empezará en mayo. «Hemos esperado once años», dijo la alcaldesa durante la fiesta en el muelle.',
  ],
  ru: [
    'Посёлок на восточном берегу озера во вторник дал имя новому парому, который летом перевозит до восьмидесяти велосипедов.',
    'Движение начнётся в мае. «Мы ждали этого одиннадцать лет», — сказала глава посёлка на празднике у причала.',
  ],
  uk: [
    'Селище на східному березі озера у вівторок дало ім’я новому порому, який улітку перевозить до вісімдесяти велосипедів.',
    'Рух почнеться у травні. «Ми чекали на це одинадцять років», — сказала голова селища на святі біля причалу.',
  ],
  vi: [
    'Ngôi làng ở bờ đông của hồ hôm thứ Ba đã đặt tên cho chiếc phà mới, có thể chở tới tám mươi xe đạp vào mùa hè.',
    'Phà sẽ bắt đầu chạy vào tháng Năm. “Chúng tôi đã chờ đợi mười một năm”, bà trưởng làng nói tại buổi lễ.',
  ],
  zh: [
    '湖东岸的村庄周二为新渡轮举行了命名仪式，这艘渡轮夏天最多可以运送八十辆自行车，村民们在码头上庆祝。',
    '渡轮将于五月开始运营。村长在仪式上说：“我们为此等了十一年，今天终于看到它下水了。”',
  ],
  ar: [
    'أطلقت القرية الواقعة على الضفة الشرقية للبحيرة يوم الثلاثاء اسما على عبارتها الجديدة التي تنقل ثمانين دراجة في الصيف.',
    'وستبدأ الرحلات في مايو. وقالت رئيسة القرية خلال الحفل على الرصيف: "انتظرنا هذا أحد عشر عاما".',
  ],
};

type Placed = 'head' | 'middle' | 'tail';
const cases: readonly (readonly [string, Placed, ResidueKind, string])[] = [
  ['de', 'head', 'byline', 'Von Anke Sommerfeld'],
  ['de', 'head', 'timestamp', 'Aktualisiert: 03.05.2024, 17:08 Uhr'],
  ['de', 'middle', 'caption', 'Die Fähre liegt seit Sonntag am Steg. Bild: Heiko Brandt/dpa'],
  ['de', 'middle', 'advert', 'Anzeige'],
  ['de', 'middle', 'related', 'Lesen Sie auch: Warum der See im Winter nicht mehr zufriert'],
  ['de', 'tail', 'agency-credit', '(dpa/hb)'],
  ['de', 'tail', 'comments', '17 Kommentare'],
  ['de', 'tail', 'newsletter', 'Abonnieren Sie jetzt unseren Newsletter und verpassen Sie nichts.'],
  ['en', 'head', 'byline', 'By Moira Kettle, Lake Correspondent'],
  ['en', 'head', 'share', 'Facebook Twitter LinkedIn Email'],
  ['en', 'head', 'timestamp', '3 hours ago'],
  ['en', 'middle', 'caption', 'The ferry at the pier on Sunday. (AP Photo/Jonah Wells)'],
  ['en', 'middle', 'cookie', 'We use cookies to improve this site. Accept'],
  ['en', 'tail', 'copyright', '© 2024 Lakeside Courier. All rights reserved.'],
  ['en', 'tail', 'tags', 'Tags: ferries, lakes, cycling'],
  ['en', 'tail', 'related', 'Five walks along the shore that nobody knows'],
  ['fr', 'head', 'byline', 'Par Hélène Marchetti'],
  ['fr', 'middle', 'related', 'À lire aussi : Pourquoi le lac ne gèle plus'],
  ['fr', 'tail', 'source', 'Source : AFP'],
  ['es', 'head', 'timestamp', 'Publicado el 03/05/2024 a las 17:08'],
  ['es', 'middle', 'advert', 'PUBLICIDAD'],
  ['es', 'tail', 'comments', 'Comentarios (3)'],
  ['ru', 'middle', 'photo-credit', 'Фото: Интерфакс'],
  ['ru', 'tail', 'related', 'Читайте также: Почему озеро больше не замерзает'],
  ['ru', 'tail', 'tags', 'Теги: паром, озеро'],
  ['uk', 'middle', 'advert', 'РЕКЛАМА'],
  ['uk', 'tail', 'source', 'Джерело: Укрінформ'],
  ['vi', 'middle', 'caption', 'Chiếc phà mới ở bến. Ảnh: TTXVN'],
  ['vi', 'tail', 'related', 'Xem thêm: Vì sao mặt hồ không còn đóng băng'],
  ['vi', 'tail', 'source', 'Nguồn: TTXVN'],
  ['zh', 'middle', 'photo-credit', '图：新华社'],
  ['zh', 'tail', 'related', '相关新闻'],
  ['ar', 'head', 'byline', 'بقلم: ليلى حداد'],
  ['ar', 'middle', 'advert', 'إعلان'],
  ['ar', 'tail', 'source', 'المصدر: رويترز'],
];

function withLine(
  language: string,
  placed: Placed,
  line: string,
): { text: string; story: readonly string[] } {
  const story = stories[language] ?? [];
  const at = { head: 0, middle: 1, tail: 2 }[placed];
  return { text: story.toSpliced(at, 0, line).join('\n\n'), story };
}

describe('clearResidue', () => {
  it.each(cases)('%s, %s, %s: %s', (language, placed, kind, line) => {
    const { text, story } = withLine(language, placed, line);
    const { kept, residue } = clearResidue(splitText(text), 'The title');
    expect(residue).toMatchObject([{ kind, text: line }]);
    expect(residue[0]?.reason).toBeTruthy();
    expect(kept.map((item) => item.text)).toEqual(story);
  });

  it.each<readonly [string, Placed, string]>([
    ['de', 'tail', 'Mehr war nicht zu erfahren.'],
    ['de', 'middle', 'Eine Quelle nannte er nicht.'],
    ['de', 'middle', '„Kein Kommentar“, hiess es aus dem Rathaus.'],
    ['de', 'middle', 'Anzeige gegen den Schiffer'],
    ['en', 'middle', 'Comment is free, but facts are sacred, she added.'],
    ['en', 'middle', 'The source of the money is not known.'],
    ['en', 'middle', 'In her newsletter the mayor had called the old ferry a shame.'],
    ['en', 'tail', 'It was the last one.'],
    ['fr', 'tail', 'Personne n’a été blessé.'],
    ['es', 'middle', 'La fuente del incendio no se conoce.'],
    ['ru', 'middle', 'Источник шума пока не найден.'],
    ['uk', 'tail', 'Причину з’ясовують.'],
    ['vi', 'middle', 'Nguồn nước vẫn an toàn.'],
    ['zh', 'tail', '原因仍在调查。'],
    ['ar', 'middle', 'ولم يعرف مصدر الضوضاء بعد.'],
  ])('keeps what only looks like residue: %s, %s: %s', (language, placed, line) => {
    const { text, story } = withLine(language, placed, line);
    const { kept, residue } = clearResidue(splitText(text), 'The title');
    expect(residue).toEqual([]);
    expect(kept).toHaveLength(story.length + 1);
  });

  it('cuts marks, credits and pointers within a paragraph, and nothing else of it', () => {
    const { kept, residue } = clearResidue(
      splitText(
        'The ferry [Advert_3] is new (Photo: Jonah Wells) and quick. Read also: Why the lake no longer freezes\n\nIt is to start in May, the mayor of the village said.',
      ),
      'The title',
    );
    expect(kept.map((line) => line.text)).toEqual([
      'The ferry is new and quick.',
      'It is to start in May, the mayor of the village said.',
    ]);
    expect(residue.map(({ kind, text }) => [kind, text])).toEqual([
      ['advert', '[Advert_3]'],
      ['photo-credit', '(Photo: Jonah Wells)'],
      ['related', 'Read also: Why the lake no longer freezes'],
    ]);
  });

  it('cuts the headlines that follow the opening of a list, until the story goes on', () => {
    const [first, second] = stories['en'] ?? ['', ''];
    const { kept, residue } = clearResidue(
      splitText(
        [
          first,
          'Related articles',
          'Why the lake no longer freezes',
          'The last fisherman retires',
          second,
        ].join('\n\n'),
      ),
      'The title',
    );
    expect(kept.map((line) => line.text)).toEqual([first, second]);
    expect(residue.map(({ kind }) => kind)).toEqual(['related', 'related', 'related']);
  });

  it('cuts the title where it is repeated, even nearly', () => {
    const story = stories['en'] ?? [];
    const title = 'Village names its new ferry after eleven years';
    for (const line of [title, title.toUpperCase(), 'Village names new ferry after eleven years']) {
      const { kept, residue } = clearResidue(splitText([line, ...story].join('\n\n')), title);
      expect(residue).toMatchObject([{ kind: 'title-repeat', text: line }]);
      expect(kept).toHaveLength(2);
    }
  });

  it('keeps a text that is nothing but its title', () => {
    expect(clearResidue(splitText('Lake ferry sinks'), 'Lake ferry sinks').kept).toHaveLength(1);
  });

  /** Clears a story with lines between its two paragraphs, or behind them. */
  const cleared = (
    language: string,
    { between = [], behind = [] }: { between?: string[]; behind?: string[] },
  ) => {
    const [first, second] = stories[language] ?? ['', ''];
    const { kept, residue } = clearResidue(
      splitText([first, ...between, second, ...behind].join('\n\n')),
      'The title',
    );
    return { kept: kept.map((line) => line.text), story: [first, second], residue };
  };

  it.each([
    [
      'en',
      'About the author',
      'Moira Kettle',
      'Moira writes about lakes and their people. She joined us in 2014.',
    ],
    [
      'de',
      'Über die Autorin',
      'Moira Kessel',
      'Moira Kessel schreibt seit zehn Jahren über Seen und ihre Leute.',
    ],
    ['es', 'Sobre el autor', 'Juan Ríos', 'Escribe desde hace diez años sobre lagos y su gente.'],
    ['ru', 'Об авторе', 'Иван Озёров', 'Пишет об озёрах и людях уже десять лет.'],
  ])('cuts the box about the author that ends a text: %s', (language, ...behind) => {
    const { kept, story, residue } = cleared(language, { behind });
    expect(kept).toEqual(story);
    expect(residue.map(({ kind }) => kind)).toEqual(['byline', 'byline', 'byline']);
  });

  it('keeps a story about an author, with the words of such a box in its middle', () => {
    const between = ['About the author', 'Little is known of her, and what is known may be wrong.'];
    const behind = Array.from(
      { length: 6 },
      (_, number) => `Another paragraph of the story follows here as number ${number}.`,
    );
    expect(cleared('en', { between, behind }).kept).toContain(between[1]);
  });

  it('cuts a paragraph that stands here already', () => {
    const [first, second] = stories['en'] ?? ['', ''];
    const { kept, residue } = cleared('en', { behind: [first] });
    expect(kept).toEqual([first, second]);
    expect(residue).toMatchObject([{ kind: 'other', text: first }]);
  });

  it('cuts labels that come again, and keeps rows of a table and a word that stands once', () => {
    const { kept, residue } = cleared('en', {
      between: ['Enlarge image', 'Ice', 'Enlarge image', 'It stays.', 'It goes.', 'So they say.'],
    });
    expect(kept).toContain('Ice');
    expect(residue.map(({ text }) => text)).toEqual(['Enlarge image', 'Enlarge image']);
    const table = ['Monday', 'six', 'Tuesday', 'six', 'Wednesday', 'six', 'Thursday', 'six'];
    expect(cleared('en', { between: table }).residue).toEqual([]);
  });

  it('cuts a caption behind its announcement, and a credit behind a word for pictures', () => {
    const { kept, story, residue } = cleared('en', {
      between: [
        'Image copyright',
        'Getty Images',
        'Image caption',
        'The ferry has been waited for since 2013.',
      ],
    });
    expect(kept).toEqual(story);
    expect(residue.map(({ kind }) => kind)).toEqual(['photo-credit', 'photo-credit', 'caption', 'caption']);
  });

  it.each([
    ['de', 'Lesedauer: 4 Minuten'],
    ['de', '3 Min Lesezeit'],
    ['en', '5 min read'],
    ['fr', 'Temps de lecture : 3 minutes'],
    ['ru', 'Время чтения: 2 минуты'],
  ])('cuts the time that reading takes, wherever it stands: %s: %s', (language, line) => {
    expect(cleared(language, { between: [line] }).residue).toMatchObject([{ kind: 'timestamp', text: line }]);
  });

  it.each([
    ['en', 'Subscribe now to read the latest news in your village and around the lake.'],
    ['de', 'Jetzt abonnieren und von der Vorlesefunktion profitieren.'],
    ['es', 'Suscríbete para seguir leyendo sobre el lago.'],
    ['uk', 'Підписуйтесь на наш канал, щоб не пропустити головне.'],
  ])('cuts what asks the reader to subscribe: %s', (language, line) => {
    const { kept, story, residue } = cleared(language, { behind: [line] });
    expect(kept).toEqual(story);
    expect(residue).toMatchObject([{ kind: 'newsletter' }]);
  });

  it.each(['More great lakeside stories', 'More news from the lakes', 'More stories'])(
    'knows the opening of a list of other stories: %s',
    (line) => {
      const { kept, story } = cleared('en', { behind: [line, 'Why the lake no longer freezes'] });
      expect(kept).toEqual(story);
    },
  );
});
