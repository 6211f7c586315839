import { describe, expect, it } from '@jest/globals';
import { eldDetection } from '../adapters/eld-detector.ts';
import { decideLanguage } from './language.ts';

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
