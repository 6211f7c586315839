import { skeletonOf } from './skeleton.ts';

/** Characters that Chinese writes foreign names with; a run of three and more is seldom anything else. */
const TRANSCRIBING =
  '阿埃艾爱安昂奥巴班邦保贝本比彼宾波伯博布查达戴丹道德邓迪蒂丁顿多恩尔法凡范菲费芬佛弗福夫盖甘冈戈格根古瓜圭哈海汉豪赫洪胡华惠霍基吉季加贾杰金卡凯坎康考科克肯库夸拉莱兰朗劳勒雷里丽利莉连良列林琳留龙隆卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密敏明缪摩莫默姆穆纳娜南瑙内尼宁纽农诺努欧帕派潘庞佩彭皮匹平珀普齐奇恰钱乔切琴琼丘屈让热日荣儒瑞若萨塞赛桑瑟森沙莎山尚绍舍申什圣施史士斯司丝松苏索塔泰坦汤唐陶特腾提廷通图托瓦威韦维温文翁沃乌伍武西希锡夏香肖谢辛欣休许雅亚延扬耶叶伊易因英尤约泽扎詹珍芝智朱茨祖佐';
const HAN_NAME = new RegExp(`[${TRANSCRIBING}]{3,}`, 'gu');
const KATAKANA_NAME = /[\p{Script=Katakana}ー]{3,}/gu;
const CAPITALISED = /(?<![\p{L}\p{M}\p{N}'’])\p{Lu}[\p{L}\p{M}]+(?:['’-]\p{Lu}[\p{L}\p{M}]+)*/gu;
const LOWER_CASE_WORD = /^\p{Ll}[\p{L}\p{M}]{2,}$/u;
const IN_WORD = /[\p{L}\p{M}]/u;
const IN_WORD_BEFORE = /[\p{L}\p{M}'’]/u;
/** Arabic, Hebrew, Devanagari, Hangul …: no capitals tell a name, so that every long word may be one. */
const WORD_WITHOUT_CASE = /(?<![\p{L}\p{M}])[\p{Lo}][\p{L}\p{M}]{3,}/gu;
/** Arabic writes «and», «the», «in», «for» and «like» as a part of the word behind it. */
const ARABIC_PREFIX = /^(?:و|ف)?(?:ال|لل|بال|كال|[بلك](?=\p{L}{4}))?/u;
/** A word behind one of these begins a sentence, and is written with a capital whatever it is. */
const SENTENCE_START = /(?:^|[.!?…:;"“”„«»‘’'\n(])\s*$/u;
/** What stands before a noun of German and seldom before a name. */
const GERMAN_BEFORE_NOUN =
  /(?:^|[^\p{L}])(?:d(?:er|ie|as|em|en|es)|ein(?:e[mnrs]?)?|kein(?:e[mnrs]?)?|[msd]ein(?:e[mnrs]?)?|ihr(?:e[mnrs]?)?|unser(?:e[mnrs]?)?|dies(?:e[mnrs]?)|jed(?:e[mnrs]?)|im|am|zu[mr]|vom|beim|ins|ans|\p{Ll}{3,}(?:e[mnrs]?|isch|lich))\s$/u;
const GERMAN_NOUN_ENDING =
  /(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|nis|nisse|tum|chen)$/u;

/** Beyond Latin, Greek, Cyrillic and Armenian, whose names have capitals, and punctuation: most texts have nothing of it. */
// oxlint-disable-next-line no-control-regex
const OTHER_SCRIPTS = /[^\u0000-\u058f\u1e00-\u2bff]/;

const MIN_SKELETON = 3;
const MIN_SKELETON_WITHOUT_CASE = 4;

export interface Name {
  /** {@link skeletonOf}: the same in every script. */
  readonly skeleton: string;
  readonly count: number;
  /** Where it stands first: 0 is the beginning of the text, 1 its end. */
  readonly at: number;
  /** How likely it is a name at all, 0 to 1. */
  readonly likelihood: number;
}

/** How likely a word of German with a capital is a name, by what stands around it; of a script without capitals, a long word. */
const LIKELY = { name: 1, germanNoun: 0.1, germanWord: 0.5, withoutCase: 0.2 } as const;

/**
 * What may be names in a text. More than names: any long word where the script has no capitals. The same name has the same
 * skeleton in every script.
 */
export function namesOf(text: string, language: string): Name[] {
  const names = new Map<string, Name>();
  const add = (word: string, index: number, minLength: number, likelihood: number) => {
    const skeleton = skeletonOf(word);
    if (skeleton.length < minLength) return;
    const known = names.get(skeleton);
    names.set(skeleton, {
      skeleton,
      count: (known?.count ?? 0) + 1,
      at: known?.at ?? index / text.length,
      likelihood: Math.max(likelihood, known?.likelihood ?? 0),
    });
  };
  let end = -2;
  for (const { 0: word, index } of text.matchAll(CAPITALISED)) {
    const before = text.slice(Math.max(0, index - 16), index);
    const isAnyWord = SENTENCE_START.test(before) && standsIn(text, word.toLowerCase());
    const isSecond = index === end + 1 && text[end] === ' ';
    end = index + word.length;
    if (!isAnyWord)
      add(
        word,
        index,
        MIN_SKELETON,
        language === 'de' ? germanLikelihood(word, before, isSecond) : LIKELY.name,
      );
  }
  if (!OTHER_SCRIPTS.test(text)) return [...names.values()];
  for (const pattern of [HAN_NAME, KATAKANA_NAME])
    for (const { 0: word, index } of text.matchAll(pattern)) add(word, index, MIN_SKELETON, LIKELY.name);
  for (const { 0: word, index } of text.matchAll(WORD_WITHOUT_CASE)) {
    if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(word)) continue;
    add(word.replace(ARABIC_PREFIX, ''), index, MIN_SKELETON_WITHOUT_CASE, LIKELY.withoutCase);
  }
  return [...names.values()];
}

/** Whether a text has a word in lower case as well. */
function standsIn(text: string, word: string): boolean {
  if (!LOWER_CASE_WORD.test(word)) return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (IN_WORD_BEFORE.test(text[at - 1] ?? '')) continue;
    if (!IN_WORD.test(text[at + word.length] ?? '')) return true;
  }
  return false;
}

function germanLikelihood(word: string, before: string, isSecond: boolean): number {
  if (GERMAN_NOUN_ENDING.test(word) || word.length > 14) return LIKELY.germanNoun;
  // Two with capitals in a row are mostly a first name and a last name, or an office and a name.
  if (isSecond) return LIKELY.name;
  return GERMAN_BEFORE_NOUN.test(before) ? LIKELY.germanNoun : LIKELY.germanWord;
}
