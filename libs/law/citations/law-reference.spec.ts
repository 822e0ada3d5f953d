import { describe, expect, test } from '@jest/globals';
import { faultInText } from './citations-in-text.js';
import { LawCatalogue, lawCatalogue } from './law-catalogue.js';
import { readArticlesOf, readReferences } from './law-reference.js';
import { REMEDIES, tellsRemedies } from './remedies.js';

const law = (code: string, title: string, articles: number | null, aliases: readonly string[] = []) => ({
  ...{ code, title, aliases, articles },
  ...{ source: articles === null ? null : 'text', verified: articles !== null },
});
// 行政许可法 has 83 articles, 建筑法 85.
const catalogue = new LawCatalogue([
  law('administrative-licensing', '中华人民共和国行政许可法', 83, ['许可法', 'Administrative Licensing Law']),
  law('construction', '中华人民共和国建筑法', 85),
  law('permit-measures', '建筑工程施工许可管理办法', null),
]);

const place = (article: number, paragraph: number | null = null, item: number | null = null) => ({
  ...{ law: 'administrative-licensing', article, paragraph, item },
});

describe('T2 a reference to a law is read', () => {
  test.each([
    ['《行政许可法》第三十八条', [place(38)]],
    ['《中华人民共和国行政许可法》第三十八条第二款', [place(38, 2)]],
    ['《中华人民共和国行政许可法》（2019年修正）第三十二条第一款第（四）项', [place(32, 1, 4)]],
    ['行政许可法第三十八条第二款', [place(38, 2)]],
    ['许可法 第12条第2项', [place(12, null, 2)]],
    ['行政许可法 Art. 38 para. 2', [place(38, 2)]],
    ['行政许可法 Art. 38 para. 2 item 3', [place(38, 2, 3)]],
    ['行政许可法 Art. 32(4)', [place(32, null, 4)]],
    ['行政许可法 Art. 32(1)(4)', [place(32, 1, 4)]],
    ['Administrative Licensing Law, Article 83', null],
    ['Administrative Licensing Law Article 83', [place(83)]],
    ['administrative-licensing#38', [place(38)]],
    ['行政许可法Art.9', [place(9)]],
    ['依据《行政许可法》第八条之规定', [place(8)]],
    ['行政许可法 Art. 9, 11', [place(9), place(11)]],
    ['《行政许可法》第十条、第二十条和第八十三条', [place(10), place(20), place(83)]],
    ['《行政许可法》第三十八条；《建筑法》第八条', [place(38), { ...place(8), law: 'construction' }]],
    // Its number of articles is not known.
    ['建筑工程施工许可管理办法第五百条', [{ ...place(500), law: 'permit-measures' }]],
  ])('T2 %s', (text, references) => {
    expect(readReferences(catalogue, text)).toEqual(
      references === null
        ? { references, fault: { code: 'law.unknown', law: 'Administrative Licensing Law,' } }
        : { references, fault: null },
    );
  });

  const beyond = { code: 'law.article-beyond', law: '中华人民共和国行政许可法', articles: 83 };
  test.each([
    ['难度大', { code: 'law.no-article', text: '难度大' }],
    ['无', { code: 'law.no-article', text: '无' }],
    ['x', { code: 'law.no-article', text: 'x' }],
    ['', { code: 'law.no-article', text: '' }],
    ['《行政许可法》', { code: 'law.no-article', text: '《行政许可法》' }],
    ['行政许可法 38', { code: 'law.no-article', text: '行政许可法 38' }],
    ['行政许可法第三十八条难度大', { code: 'law.no-article', text: '行政许可法第三十八条难度大' }],
    ['行政许可法第三十八条、', { code: 'law.no-article', text: '行政许可法第三十八条、' }],
    ['第三十八条', { code: 'law.unnamed', text: '第三十八条' }],
    ['Art. 38', { code: 'law.unnamed', text: 'Art. 38' }],
    ['《难度法》第一条', { code: 'law.unknown', law: '《难度法》' }],
    ['《行政许可法》第一条；无第二条', { code: 'law.unknown', law: '无' }],
    ['行政许可法第八十四条', { ...beyond, article: 84 }],
    ['行政许可法 Art. 9, 103', { ...beyond, article: 103 }],
    ['administrative-licensing#0', { ...beyond, article: 0 }],
  ])('T2 %s is not a citation', (text, fault) => {
    expect(readReferences(catalogue, text)).toEqual({ references: null, fault });
  });

  test('T2 an article next to its law', () => {
    expect([
      readArticlesOf(catalogue, '《行政许可法》', '第四十二条'),
      readArticlesOf(catalogue, '行政许可法', 'Art. 42'),
      readArticlesOf(catalogue, '无', '无'),
      readArticlesOf(catalogue, '行政许可法', '无'),
      readArticlesOf(catalogue, '行政许可法', 'Art. 84'),
    ]).toEqual([
      { references: [place(42)], fault: null },
      { references: [place(42)], fault: null },
      { references: null, fault: { code: 'law.unknown', law: '无' } },
      { references: null, fault: { code: 'law.no-article', text: '无' } },
      { references: null, fault: { ...beyond, article: 84 } },
    ]);
  });

  test('T2 citations within a text', () => {
    expect([
      faultInText(catalogue, '企业已提前告知，依《行政许可法》第八条和《建筑法》第八条办理'),
      faultInText(catalogue, '县里的重点项目'),
      faultInText(catalogue, '依《行政许可法》第九十条，特事特办'),
      faultInText(catalogue, '依《特事法》第一条'),
    ]).toEqual([null, null, { ...beyond, article: 90 }, { code: 'law.unknown', law: '《特事法》' }]);
  });
});

const REVIEWED = '可以自收到决定书之日起六十日内向本级人民政府申请行政复议';
const SUED = '自收到决定书之日起六个月内依法向人民法院提起行政诉讼';
const REVIEWED_EN =
  'You may apply to the county government for administrative reconsideration within 60 days';
const SUED_EN = 'bring an action before the people’s court within six months';

test.each([
  REMEDIES,
  `${REVIEWED}，或者${SUED}`,
  '可在60日内向复议机关申请行政复议；也可在6个月内向县人民法院起诉。',
  '不服本决定的，可以六个月内向人民法院起诉，也可以向县人民政府申请行政复议，期限为六十日',
  `${REVIEWED_EN}, or ${SUED_EN}.`,
  'Reconsideration by the higher authority: sixty days. Litigation before the court: 6 months.',
])('T2 %j names both remedies', (text) => {
  expect(tellsRemedies(text)).toBe(true);
});

test.each([
  ['a word', '无'],
  ['a word of the right kind', '复议'],
  ['something else', '请与本局联系办理'],
  ['reconsideration alone', REVIEWED],
  ['a court alone', SUED],
  ['no organ', '六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼'],
  ['no court', `${REVIEWED}，或者六个月内提起行政诉讼`],
  ['no term of reconsideration', `可以向本级人民政府申请行政复议，或者${SUED}`],
  ['no term of an action', `${REVIEWED}，或者向人民法院提起行政诉讼`],
  ['other terms', '可以一百六十日内向本级人民政府申请行政复议，或者十六个月内向人民法院提起行政诉讼'],
  ['the terms changed over', '可以六个月内向本级人民政府申请行政复议，或者六十日内向人民法院提起行政诉讼'],
  ['an English text of reconsideration alone', REVIEWED_EN],
  ['an English text without a term', `${REVIEWED_EN}, or bring an action before the court`],
  [
    'English with the terms changed over',
    'Apply to the government for review in six months, or sue in court in 60 days',
  ],
])('T2 %s does not name the remedies', (_, text) => {
  expect(tellsRemedies(text)).toBe(false);
});

describe('T2 the catalogue of laws', () => {
  const entry = { code: 'county-rule', title: '本县规定', articles: null, source: null, verified: false };
  const file = (...laws: unknown[]) => ({ laws });

  test('T2 a county’s own file adds laws and replaces them', () => {
    const { laws } = lawCatalogue(
      file(entry),
      file({ ...entry, articles: 9 }, { ...entry, code: 'b', title: '二' }),
    );
    expect(laws).toEqual([
      { ...entry, aliases: [], articles: 9 },
      { ...entry, code: 'b', title: '二', aliases: [] },
    ]);
  });

  test.each([
    [{}, 'laws: must be a list'],
    [file(7), 'laws[0]: must be a mapping'],
    [file({ ...entry, code: 'X Y' }), 'laws[0].code: must be lower-case words joined by hyphens'],
    [file({ ...entry, title: ' ' }), 'laws[0].title: must be the full title'],
    [file({ ...entry, aliases: [''] }), 'laws[0].aliases: must be a list of names'],
    [file({ ...entry, articles: 0 }), 'laws[0].articles: must be the number of the last article, or null'],
    [file({ ...entry, source: 1 }), 'laws[0].source: must be a text, or null'],
    [file({ ...entry, verified: 'no' }), 'laws[0].verified: must be true or false'],
    [
      file({ ...entry, verified: true }),
      'laws[0].verified: needs the number of articles and the text that it was read in',
    ],
    [file({ ...entry, name: 'x' }), 'laws[0].name: is not a field of a law'],
    [file(entry, entry), 'laws[1].code: county-rule is listed twice'],
    [file(entry, { ...entry, code: 'other' }), 'laws: "本县规定" names both county-rule and other'],
  ])('T2 a file that cannot be used: %j', (given, message) => {
    expect(() => lawCatalogue(given)).toThrow(new RangeError(message));
  });
});
