import { expect, it } from '@jest/globals';
import { inSimplified } from './chinese.ts';

it.each([
  ['臺灣股市週三收盤上漲，皇后的頭髮', 'zh', '台湾股市周三收盘上涨，皇后的头发'],
  ['皇后在里程碑后面发展', 'zh', '皇后在里程碑后面发展'],
  ['GDP 2026', 'zh', 'GDP 2026'],
  ['東京の円', 'ja', '東京の円'],
  ['', 'zh', ''],
])('%s in %s is %s', (text, language, simplified) => {
  expect(inSimplified(text, language)).toBe(simplified);
});
