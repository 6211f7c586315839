import { describe, expect, it } from '@jest/globals';
import { agencyInCredits, agencyOfPublisher } from './agencies.ts';

const story = 'and then a text goes on that is long enough to stand between its two edges. '.repeat(8);

describe('agencyInCredits', () => {
  it.each([
    ['LONDON (Reuters) - The bank raised', 'Reuters'],
    ['LONDON, March 3 (Reuters) - The bank raised', 'Reuters'],
    ['WASHINGTON (AP) — The House passed', 'AP'],
    ['BERLIN (dpa/lno) - Der Senat hat', 'dpa'],
    ['MOSKAU, 3. März (dpa). Der Minister', 'dpa'],
    ['PARIS, 3 mars (AFP) - Le ministre', 'AFP'],
    ['Paris, AFP – Le ministre', 'AFP'],
    ['PARIS, 3 mars AFP - Le ministre', 'AFP'],
    ['Madrid, 3 mar (EFE).- El ministro', 'EFE'],
    ['Rio de Janeiro, EFE - El ministro', 'EFE'],
    ['ROMA (ANSA) - Il ministro', 'ANSA'],
    ['МОСКВА, 3 марта. /ТАСС/. Министр заявил', 'TASS'],
    ['MOSCOW, March 3. /TASS/. The minister', 'TASS'],
    ['МОСКВА, 3 мар - РИА Новости. Министр', 'RIA Novosti'],
    ['МОСКВА, 3 мар — Sputnik. Министр', 'Sputnik'],
    ['Киев. 3 марта. ИНТЕРФАКС - Министр', 'Interfax'],
    ['МОСКВА, 3 марта (Рейтер) - Министр', 'Reuters'],
    ['新华社北京3月3日电（记者王明）', 'Xinhua'],
    ['俄罗斯卫星通讯社莫斯科3月3日电 部长', 'Sputnik'],
    ['北京（新华社）部长', 'Xinhua'],
    ['BEIJING, March 3 (Xinhua) -- The minister', 'Xinhua'],
    ['القاهرة (رويترز) - قال الوزير', 'Reuters'],
    ['القاهرة - رويترز - قال الوزير', 'Reuters'],
    ['Hà Nội (TTXVN) - Bộ trưởng', 'VNA'],
    ['東京（共同通信）大臣', 'Kyodo'],
  ])('at the beginning: %s', (beginning, agency) => {
    expect(agencyInCredits(`${beginning} ${story}`, [])).toBe(agency);
  });

  it.each([
    ['(Reuters)', 'Reuters'],
    ['(dpa/AFP)', 'dpa'],
    ['(Con información de EFE)', 'EFE'],
    ['/TASS/', 'TASS'],
    ['（新华社）', 'Xinhua'],
  ])('at the end: %s', (end, agency) => {
    expect(agencyInCredits(`${story}\n\n${end}`, [])).toBe(agency);
  });

  it.each([
    ['The AP said so. Reuters and dpa did not ask.', undefined],
    ['The minister told Reuters - and nobody else - that he would go.', undefined],
    ['Der Sprecher sagte dpa – und zwar heute –, dass es regnet.', undefined],
    ['A choice of and /or/ but no credit.', undefined],
    ['It was (as we know) late.', undefined],
    [`${story} (Reuters) ${story}`, undefined],
    ['', undefined],
  ])('in running text there is none: %s', (text, agency) => {
    expect(agencyInCredits(`${text} ${story}`, [])).toBe(agency);
  });

  it.each([
    ['dpa', 'dpa'],
    ['© AFP 2026', 'AFP'],
    ['Von Max Muster, dpa', 'dpa'],
    ['Max Muster (dpa)', 'dpa'],
    ['Reuters/dpa', 'Reuters'],
    ['Quelle: RIA Nowosti', 'RIA Novosti'],
    ['With reporting by Reuters', 'Reuters'],
    ['Agencia EFE', 'EFE'],
    ['Источник: ТАСС', 'TASS'],
    ['来源：新华社', 'Xinhua'],
    ['新华社北京3月3日电', 'Xinhua'],
    ['المصدر: رويترز', 'Reuters'],
    ['연합뉴스', 'Yonhap'],
    // People.
    ['Ria Müller', undefined],
    ['Von Efe Yılmaz', undefined],
    ['Jane Doe', undefined],
    [`dpa ${'and a sentence that is no credit '.repeat(10)}`, undefined],
  ])('among what was cut: %s', (credit, agency) => {
    expect(agencyInCredits(story, ['', credit])).toBe(agency);
  });
});

describe('agencyOfPublisher', () => {
  it.each([
    [{ domain: 'www.reuters.com' }, 'Reuters'],
    [{ domain: 'UK.Reuters.com' }, 'Reuters'],
    [{ domain: 'tass.ru', name: 'Daily' }, 'TASS'],
    [{ name: ' Reuters ' }, 'Reuters'],
    [{ domain: 'example.com', name: 'ТАСС' }, 'TASS'],
    [{ domain: 'notreuters.com', name: 'Daily' }, undefined],
    [{ domain: 'reuters.com.example' }, undefined],
    [{ name: 'The Reuters Reader' }, undefined],
    [{ domain: 'com' }, undefined],
    [{}, undefined],
  ])('%j', (source, agency) => {
    expect(agencyOfPublisher(source)).toBe(agency);
  });
});
