import { expect, it } from '@jest/globals';
import { titleSignal } from './title-signal.ts';

it.each([
  ['UPDATE 2-Bank raises rates', 'update'],
  ['Update: Bank raises rates', 'update'],
  ['[UPDATED] Bank raises rates', 'update'],
  ['2nd UPDATE: Bank raises rates', 'update'],
  ['LEAD 2: Bank erhöht Zinsen', 'update'],
  ['Aktualisiert: Bank erhöht Zinsen', 'update'],
  ['Mise à jour - La banque', 'update'],
  ['Actualización: El banco', 'update'],
  ['Обновлено: Банк повысил ставку', 'update'],
  ['Cập nhật: Ngân hàng', 'update'],
  ['更新：央行加息', 'update'],
  ['تحديث: البنك', 'update'],
  ['업데이트: 은행', 'update'],
  ['CORRECTED-UPDATE 1-Bank raises rates', 'correction'],
  ['Correction: Bank raises rates', 'correction'],
  ['Korrektur: Bank erhöht Zinsen', 'correction'],
  ['(Berichtigung) Bank', 'correction'],
  ['Rectificatif - La banque', 'correction'],
  ['Corrección: El banco', 'correction'],
  ['Исправление: Банк', 'correction'],
  ['Đính chính: Ngân hàng', 'correction'],
  ['更正：央行', 'correction'],
  ['تصحيح: البنك', 'correction'],
  ['정정: 은행', 'correction'],
  // What only begins with such a word, or has it further on.
  ['Lead found in the water of ten schools', undefined],
  ['Update on the strike expected', undefined],
  ['Leader resigns', undefined],
  ['Correctional officers strike', undefined],
  ['Правительство готовит обновление', undefined],
  ['В министерстве сообщили: обновление', undefined],
  ['最新研究显示', undefined],
  ['Bank raises rates: UPDATE', undefined],
  ['', undefined],
])('%s: %s', (title, signal) => {
  expect(titleSignal(title)).toBe(signal);
});
