import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { lawCatalogue } from './law-catalogue.js';
import { chineseNumber } from './chinese-numbers.js';
import { chineseReference, englishReference } from './printed-reference.js';

const file = new URL('../../../data/laws.yaml', import.meta.url);
const laws = lawCatalogue(parse(readFileSync(file, 'utf8')));

// Art. 32 lists its items in paragraph 1 of two; Art. 70 has one paragraph, which is not named; Art. 26 lists none.
test.each([
  ['行政许可法 Art. 32(4)', '《行政许可法》第三十二条第一款第四项', '行政许可法 Art. 32(1)(4)'],
  ['行政许可法 Art. 32(1)(4)', '《行政许可法》第三十二条第一款第四项', '行政许可法 Art. 32(1)(4)'],
  ['行政许可法 Art. 69(3)', '《行政许可法》第六十九条第一款第三项', '行政许可法 Art. 69(1)(3)'],
  ['行政许可法 Art. 70(1)', '《行政许可法》第七十条第一项', '行政许可法 Art. 70(1)'],
  ['行政许可法 Art. 72(4)', '《行政许可法》第七十二条第四项', '行政许可法 Art. 72(4)'],
  ['行政诉讼法 Art. 26(6)', '《行政诉讼法》第二十六条第六款', '行政诉讼法 Art. 26(6)'],
  ['政府督查工作条例 Art. 12(1)', '《政府督查工作条例》第十二条第一项', '政府督查工作条例 Art. 12(1)'],
  ['行政许可法 Art. 38', '《行政许可法》第三十八条', '行政许可法 Art. 38'],
  ['行政许可法 Art. 38 para. 2', '《行政许可法》第三十八条第二款', '行政许可法 Art. 38 para. 2'],
  ['行政许可法 Art. 9, 11', '《行政许可法》第九条、第十一条', '行政许可法 Art. 9, 11'],
  ['建筑法 Art. 9', '《建筑法》第九条', '建筑法 Art. 9'],
  ['《行政许可法》第三十八条', '《行政许可法》第三十八条', '《行政许可法》第三十八条'],
  ['县政府会议纪要', '县政府会议纪要', '县政府会议纪要'],
])('%s is printed in Chinese and in English', (text, chinese, english) => {
  expect([chineseReference(laws, text), englishReference(laws, text)]).toEqual([chinese, english]);
});

test('numbers of articles', () => {
  expect([1, 10, 12, 20, 32, 100, 103, 110, 115, 203, 1000, 1010, 1260].map(chineseNumber)).toEqual([
    ...['一', '十', '十二', '二十', '三十二', '一百', '一百零三', '一百一十', '一百一十五', '二百零三'],
    ...['一千', '一千零一十', '一千二百六十'],
  ]);
});
