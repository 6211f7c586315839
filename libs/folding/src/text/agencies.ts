import { foldCase } from './words.ts';

/** News agencies: their name, the marks that credit them in a text, and the host names that they publish under. */
interface Agency {
  readonly name: string;
  /** As they stand in credits of all languages, without accents and in lower case. */
  readonly marks: readonly string[];
  readonly domains: readonly string[];
}

const AGENCIES: readonly Agency[] = [
  {
    name: 'Reuters',
    marks: ['reuters', 'рейтер', 'رويترز', '路透社', '路透', 'ロイター', '로이터'],
    domains: ['reuters.com'],
  },
  {
    name: 'AP',
    marks: ['ap', 'associated press', 'ассошиэйтед пресс', 'أسوشيتد برس', 'أ ب', '美联社', 'ap通信'],
    domains: ['apnews.com', 'ap.org'],
  },
  {
    name: 'AFP',
    marks: [
      'afp',
      'agence france-presse',
      'agence france presse',
      'франс пресс',
      'فرانس برس',
      'أ ف ب',
      '法新社',
      'afp通信',
    ],
    domains: ['afp.com'],
  },
  {
    name: 'dpa',
    marks: ['dpa', 'deutsche presse-agentur', 'дпа', 'د ب أ', '德新社'],
    domains: ['dpa.com', 'dpa-international.com'],
  },
  { name: 'APA', marks: ['apa', 'austria presse agentur'], domains: ['apa.at'] },
  { name: 'SDA', marks: ['sda', 'keystone-sda', 'ats'], domains: ['keystone-sda.ch'] },
  { name: 'EFE', marks: ['efe', 'agencia efe', 'эфе', 'إفي', '埃菲社'], domains: ['efe.com'] },
  { name: 'Europa Press', marks: ['europa press'], domains: ['europapress.es'] },
  { name: 'ANSA', marks: ['ansa', 'анса', 'أنسا', '安莎社'], domains: ['ansa.it'] },
  {
    name: 'TASS',
    marks: ['tass', 'itar-tass', 'тасс', 'итар-тасс', 'تاس', '塔斯社'],
    domains: ['tass.ru', 'tass.com'],
  },
  {
    name: 'RIA Novosti',
    marks: ['ria novosti', 'ria nowosti', 'ria', 'риа новости', 'риа', 'ريا نوفوستي', '俄新社'],
    domains: ['ria.ru'],
  },
  {
    name: 'Sputnik',
    marks: ['sputnik', 'спутник', 'سبوتنيك', '俄罗斯卫星通讯社', '卫星通讯社'],
    domains: ['sputniknews.com', 'sputnikglobe.com'],
  },
  { name: 'RT', marks: ['rt', 'آر تي', '今日俄罗斯'], domains: ['rt.com'] },
  {
    name: 'Interfax',
    marks: ['interfax', 'интерфакс', 'إنترفاكس', '国际文传电讯社'],
    domains: ['interfax.ru', 'interfax.com'],
  },
  {
    name: 'Ukrinform',
    marks: ['ukrinform', 'укринформ', 'укрінформ'],
    domains: ['ukrinform.ua', 'ukrinform.net'],
  },
  {
    name: 'Xinhua',
    marks: ['xinhua', 'синьхуа', 'شينخوا', '新华社', '新華社', 'tan hoa xa'],
    domains: ['xinhuanet.com', 'news.cn'],
  },
  { name: 'Kyodo', marks: ['kyodo', 'киодо', '共同社', '共同通信'], domains: ['kyodonews.net'] },
  { name: 'Yonhap', marks: ['yonhap', 'ренхап', 'ёнхап', '韩联社', '연합뉴스'], domains: ['yna.co.kr'] },
  { name: 'VNA', marks: ['ttxvn', 'vna', 'thong tan xa viet nam'], domains: ['vnanet.vn'] },
  { name: 'Anadolu', marks: ['anadolu', 'anadolu ajansi', 'анадолу', 'الأناضول'], domains: ['aa.com.tr'] },
  { name: 'PTI', marks: ['pti', 'press trust of india'], domains: ['ptinews.com'] },
  { name: 'PA', marks: ['pa media', 'press association'], domains: ['pa.media'] },
  { name: 'UPI', marks: ['upi', 'united press international'], domains: ['upi.com'] },
  {
    name: 'Bloomberg',
    marks: ['bloomberg', 'блумберг', 'بلومبرغ', 'بلومبرج', '彭博社', '彭博'],
    domains: ['bloomberg.com'],
  },
  { name: 'PAP', marks: ['pap'], domains: ['pap.pl'] },
  { name: 'Belga', marks: ['belga'], domains: ['belga.be'] },
  { name: 'ANP', marks: ['anp'], domains: ['anp.nl'] },
  { name: 'Lusa', marks: ['lusa'], domains: ['lusa.pt'] },
  { name: 'MTI', marks: ['mti'], domains: ['mti.hu'] },
  { name: 'WAM', marks: ['wam', 'وام'], domains: ['wam.ae'] },
  { name: 'SPA', marks: ['spa', 'واس'], domains: ['spa.gov.sa'] },
];

const byMark = new Map(
  AGENCIES.flatMap(({ name, marks }) => marks.map((mark) => [foldCase(mark), name] as const)),
);
const byDomain = new Map(
  AGENCIES.flatMap(({ name, domains }) => domains.map((domain) => [domain, name] as const)),
);

/** The agency that publishes under a host name or a name of its own. */
export function agencyOfPublisher(source: {
  readonly name?: string | undefined;
  readonly domain?: string | undefined;
}): string | undefined {
  const host = source.domain?.toLowerCase().replace(/^www\./, '') ?? '';
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const agency = byDomain.get(name);
    if (agency !== undefined) return agency;
  }
  return byMark.get(foldCase(source.name ?? '').trim());
}

/** Longest part of a credit that is looked up: a credit is short, a sentence is none. */
const CREDIT_MAX_CHARACTERS = 60;
const EDGE_CHARACTERS = 240;
/** `(Reuters) -`, `MOSKAU, 3. März (dpa).`, `Paris, AFP –`, `北京(新华社)`, `/TASS/.`: a credit in brackets or slashes, or before a dash. */
const IN_BRACKETS = /[([（【[]([^()[\]（）【】]{2,60})[)\]）】]/gu;
const IN_SLASHES = /(?:^|[\s.,])\/([^/\n]{2,40})\/(?=[\s.,]|$)/gu;
/** `МОСКВА, 3 мар - РИА Новости.` */
const BEHIND_DASH = /^[^\n]{2,40}? [–—-] (\p{Lu}[\p{L} ]{1,30})\./u;
/** `新华社北京3月3日电` */
const HAN_DATELINE = /^\s*(\p{Script=Han}{2,20})\d{1,2}月\d{1,2}日[电電讯訊]/u;
/** A word of a sentence, which no dateline has but behind a number: `3 mars`. */
const WORD_OF_SENTENCE = /(?<![\p{L}\p{M}]|\d[.]? ?)\p{Ll}{3,}(?![\p{L}\p{M}])/gu;
const BEFORE_DASH = /(?:^|[,./]|\s)\s*([\p{L}][\p{L} .-]{1,30}?)\s*(?:\.\s*)?[–—-]+(?=\s)/gu;

/**
 * The agency that a text is credited to: by its first or last lines, or by a piece that was cut as a credit.
 *
 * @param credits what was cut from the text as byline, dateline, credit or source
 */
export function agencyInCredits(body: string, credits: readonly string[]): string | undefined {
  for (const credit of credits) {
    if (credit.length > 4 * CREDIT_MAX_CHARACTERS) continue;
    const agency = agencyAmong(credit) ?? agencyOfDateline(credit);
    if (agency !== undefined) return agency;
  }
  const ofDateline = agencyOfDateline(body);
  if (ofDateline !== undefined) return ofDateline;
  const edges = [body.slice(0, EDGE_CHARACTERS), body.slice(-EDGE_CHARACTERS)];
  for (const edge of edges) {
    for (const pattern of [IN_BRACKETS, IN_SLASHES, BEFORE_DASH]) {
      for (const { 0: all, 1: inside = '', index } of edge.matchAll(pattern)) {
        if (pattern === BEFORE_DASH && isInSentence(edge.slice(0, index + all.length))) continue;
        const agency = agencyAmong(inside);
        if (agency !== undefined) return agency;
      }
    }
  }
  return undefined;
}

function agencyOfDateline(text: string): string | undefined {
  const [, behind = ''] = BEHIND_DASH.exec(text) ?? [];
  const [, han = ''] = HAN_DATELINE.exec(text) ?? [];
  if (han === '') return byMark.get(foldCase(behind));
  return [...byMark].find(([mark]) => han.startsWith(mark))?.[1];
}

function isInSentence(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return [...line.matchAll(WORD_OF_SENTENCE)].some(([word]) => !byMark.has(foldCase(word)));
}

/** Some are first names: Ria, Efe. */
const FIRST_NAME = /^\p{Lu}\p{Ll}{1,3}$/u;

/** A credit may name more than one, or a place and a date beside: its parts are tried, whole and shorter. */
function agencyAmong(credit: string): string | undefined {
  for (const part of credit.normalize('NFKC').split(/[,;:/|·•()©*]| [–—-] | und | and | et | y | и | و /iu)) {
    const words = part.trim().split(/\s+/);
    for (let length = Math.min(4, words.length); length > 0; length -= 1) {
      for (const from of [0, words.length - length]) {
        const mark = words
          .slice(from, from + length)
          .join(' ')
          .replace(/[.]$/, '');
        const agency = byMark.get(foldCase(mark));
        if (agency !== undefined && !(words.length > 1 && FIRST_NAME.test(mark))) return agency;
      }
    }
  }
  return undefined;
}
