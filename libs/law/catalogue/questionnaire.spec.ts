import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseMatters, parseTemplates } from './catalogue-file.js';
import { questionnaireOf } from './questionnaire-file.js';
import { type Answers, isAnswer, judgedMatter, proposeMatters, questionsOf } from './questionnaire.js';

const data = new URL('../../../data/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, data), 'utf8');
const questionnaire = questionnaireOf(parse(read('questionnaire.yaml')));
const codes = readdirSync(new URL('catalogue/', data)).flatMap((name) =>
  parseMatters(name, read(`catalogue/${name}`)).map(({ code }) => code),
);
const templates = readdirSync(new URL('templates/', data)).flatMap((name) =>
  parseTemplates(name, read(`templates/${name}`)),
);
const verdict = (matter: string, answers: Answers) => judgedMatter(questionnaire, answers, matter)?.verdict;

describe('what the law makes a condition of a matter', () => {
  test.each<[string, Answers, boolean | null]>([
    // 人民防空法 Art. 22: civil buildings in towns.
    ['GC-05', { 'civil-building': 'no' }, false],
    ['GC-05', { 'civil-building': 'yes' }, true],
    ['GC-05', {}, null],
    ['JG-04', { 'civil-building': 'no' }, false],
    // 环境影响评价法 Art. 16: one of three classes.
    ['LX-13', { 'eia-class': 'report' }, true],
    ['LX-14', { 'eia-class': 'report' }, false],
    ['LX-15', { 'eia-class': 'registration' }, true],
    ['LX-14', { 'eia-class': 'none' }, false],
    // 水土保持法 Art. 25 and the areas of the order: report from 5 ha or 50 000 m³, form from 0.5 ha or 1 000 m³.
    ['LX-16', { 'erosion-area': 'yes', 'site-area': '5' }, true],
    ['LX-16', { 'erosion-area': 'yes', 'site-area': '4.99', earthwork: '50000' }, true],
    ['LX-17', { 'erosion-area': 'yes', 'site-area': '4.99', earthwork: '49999' }, true],
    ['LX-17', { 'erosion-area': 'yes', 'site-area': '0.49', earthwork: '999' }, false],
    ['LX-17', { 'erosion-area': 'yes', 'site-area': '0.5', earthwork: '0' }, true],
    ['LX-17', { 'erosion-area': 'yes', 'site-area': '5' }, false],
    ['LX-17', { 'erosion-area': 'no' }, false],
    ['LX-16', { 'erosion-area': 'no' }, false],
    ['LX-16', { 'erosion-area': 'yes', 'site-area': '1' }, null],
    // 消防法 Art. 11, 13: special works are reviewed and accepted, others filed.
    ['SG-02', { 'special-works': 'yes' }, true],
    ['JG-02', { 'special-works': 'no' }, false],
    ['JG-03', { 'special-works': 'no' }, true],
    ['JG-03', { 'special-works': 'yes' }, false],
    // 城乡规划法 Art. 36: allotted land and a project that is approved.
    ['LX-06', { 'land-form': 'allotment', 'project-decision': 'approval' }, true],
    ['LX-06', { 'land-form': 'grant' }, false],
    ['LX-06', { 'project-decision': 'filing' }, false],
    ['LX-06', { 'land-form': 'allotment' }, null],
    // 土地管理法 Art. 54, 城市房地产管理法 Art. 15, 城乡规划法 Art. 40, 41.
    ['LX-08', { 'land-form': 'grant' }, false],
    ['LX-26', { 'land-form': 'grant' }, true],
    ['GC-03', { 'land-form': 'rural' }, true],
    ['GC-02', { 'land-form': 'rural' }, false],
    // 招标投标法 Art. 3, 建设工程质量管理条例 Art. 13, 建筑法 Art. 7.
    ['SG-03', { 'must-tender': 'no' }, false],
    ['SG-04', { 'supervision-merged': 'yes' }, false],
    ['SG-05', { 'below-limit': 'yes' }, false],
    ['SG-05', { 'below-limit': 'no' }, true],
    // 森林法 Art. 37, 防洪法 Art. 27, 文物保护法 Art. 29, 43, 风景名胜区条例 Art. 28, 公路安全保护条例 Art. 27.
    ['LX-10', { forest: 'yes' }, true],
    ['LX-18', { river: 'no' }, false],
    ['LX-20', { 'heritage-zone': 'yes' }, true],
    ['LX-29', { 'heritage-zone': 'yes' }, true],
    ['LX-29', { 'heritage-zone': 'no' }, null],
    ['LX-27', { 'scenic-area': 'yes' }, true],
    ['SG-17', { highway: 'yes' }, true],
    ['SG-18', { demolition: 'yes' }, true],
    ['GC-08', { 'over-limit-height': 'no' }, false],
    ['SF-03', { 'utilities-power': 'yes' }, true],
  ])('3 %s by %j', (matter, answers, expected) => {
    expect(verdict(matter, answers)).toBe(expected);
  });

  test('3 a matter without a condition has no verdict: the permit needs it whatever is answered', () => {
    expect(['LX-01', 'GC-01', 'JG-01', 'JG-10'].map((code) => judgedMatter(questionnaire, {}, code))).toEqual(
      [null, null, null, null],
    );
  });

  test('3 every matter of the questionnaire and every place of it is in the catalogue', () => {
    const named = questionnaire.matters.flatMap(({ matter, after, before }) => [matter, ...after, ...before]);
    expect(named.filter((code) => !codes.includes(code))).toEqual([]);
  });

  test('3 in whichever order matters are added, what comes first is the same', () => {
    for (const { matter, after, before } of questionnaire.matters) {
      for (const other of questionnaire.matters) {
        expect([matter, other.matter, after.includes(other.matter)]).toEqual([
          matter,
          other.matter,
          other.before.includes(matter),
        ]);
        expect(before.includes(other.matter) && after.includes(other.matter)).toBe(false);
      }
    }
  });

  test('3 every question is asked for a matter', () => {
    const used = new Set(questionnaire.matters.flatMap(({ needed }) => questionsOf(needed)));
    expect(questionnaire.questions.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  test('3 a condition that rests on a text that was not read does not show as verified', () => {
    const unread = questionnaire.matters.filter(({ verified }) => !verified).map(({ matter }) => matter);
    expect(unread).toEqual(['LX-16', 'LX-17', 'LX-23', 'SF-01', 'SF-02', 'SF-04', 'SF-05', 'SF-06']);
  });
});

describe('a proposal', () => {
  const present = (template: string) =>
    (templates.find(({ code }) => code === template)?.stages ?? []).flatMap(({ matters }) =>
      matters.map(({ code: matter }) => ({ matter, applied: false })),
    );
  const COLD_STORE: Answers = {
    ...{ 'land-form': 'grant', 'civil-building': 'no', 'special-works': 'no', 'eia-class': 'registration' },
    ...{ 'erosion-area': 'yes', 'site-area': '0.4', earthwork: '900', 'supervision-merged': 'yes' },
    ...{ 'must-tender': 'no', 'below-limit': 'no', forest: 'no', river: 'no', 'utilities-power': 'yes' },
  };

  test('3 a cold store on granted land needs no air-raid shelter, form or plan, and needs power', () => {
    const { add, strike, applied, open } = proposeMatters(
      questionnaire,
      COLD_STORE,
      present('enterprise-filing'),
    );
    const named = (list: readonly { readonly matter: string }[]) => list.map(({ matter }) => matter);
    expect([named(add), named(strike), named(applied), named(open)]).toEqual([
      ['LX-26', 'LX-15', 'SF-03'],
      ['LX-14', 'LX-17', 'GC-05', 'JG-04', 'SG-04'],
      [],
      [],
    ]);
    expect(strike.find(({ matter }) => matter === 'GC-05')).toEqual({
      matter: 'GC-05',
      article: '人民防空法 Art. 22',
      verified: true,
      zh: '城市新建民用建筑修建防空地下室',
      en: 'A new civil building in a town',
    });
  });

  test('3 what was applied for stays, and what is not answered is open', () => {
    const found = proposeMatters(questionnaire, { 'civil-building': 'no' }, [
      { matter: 'GC-05', applied: true },
      { matter: 'SG-05', applied: false },
    ]);
    expect(found.strike).toEqual([]);
    expect(found.applied.map(({ matter }) => matter)).toEqual(['GC-05']);
    expect(found.open.map(({ matter, unanswered }) => [matter, unanswered.map(({ id }) => id)])).toEqual([
      ['SG-05', ['below-limit']],
    ]);
  });

  const answers = fc
    .record(
      Object.fromEntries(
        questionnaire.questions.map(({ id, kind, options = [] }) => [
          id,
          kind === 'number'
            ? fc.double({ min: 0, max: 100_000, noNaN: true }).map((value) => value.toFixed(2))
            : fc.constantFrom(...(kind === 'choice' ? options.map(({ value }) => value) : ['yes', 'no'])),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((record) => record as Answers);

  test('3 the same answers give the same proposal, and no matter is asked for and excluded at once', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...templates.map(({ code }) => code)), (given, template) => {
        const matters = present(template);
        const found = proposeMatters(questionnaire, given, matters);
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(proposeMatters(questionnaire, turned, matters)).toEqual(found);
        const has = new Set(matters.map(({ matter }) => matter));
        expect(found.add.filter(({ matter }) => has.has(matter))).toEqual([]);
        expect(found.strike.filter(({ matter }) => !has.has(matter))).toEqual([]);
      }),
    );
  });

  test('3 once it is followed nothing is left to add or to strike', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...templates.map(({ code }) => code)), (given, template) => {
        const matters = present(template);
        const { add, strike } = proposeMatters(questionnaire, given, matters);
        const out = new Set(strike.map(({ matter }) => matter));
        const after = [
          ...matters.filter(({ matter }) => !out.has(matter)),
          ...add.map(({ matter }) => ({ matter, applied: false })),
        ];
        const again = proposeMatters(questionnaire, given, after);
        expect([again.add, again.strike]).toEqual([[], []]);
      }),
    );
  });
});

describe('an answer', () => {
  const question = (id: string) => {
    const found = questionnaire.questions.find((one) => one.id === id);
    if (!found) throw new Error(`no question ${id}`);
    return found;
  };

  test.each([
    ['forest', 'yes', true],
    ['forest', 'Yes', false],
    ['land-form', 'grant', true],
    ['land-form', 'yes', false],
    ['site-area', '0', true],
    ['site-area', '12.345678', true],
    ['site-area', '-1', false],
    ['site-area', '1e9', false],
    ['site-area', 'NaN', false],
    ['site-area', '05', false],
  ])('3 %s: %s', (id, answer, expected) => {
    expect(isAnswer(question(id), answer)).toBe(expected);
  });
});

describe('what is wrong in the file is named', () => {
  const good = {
    version: '1',
    questions: [{ id: 'forest', kind: 'yes-no', zh: '林地', en: 'Forest' }],
    matters: [
      {
        ...{ matter: 'LX-10', needed: { question: 'forest', is: ['yes'] }, article: '森林法 Art. 37' },
        ...{ verified: true, zh: '占用林地', en: 'Forest land' },
      },
    ],
  };
  const [entry] = good.matters;

  test.each<[object, string]>([
    [{ ...good, colour: 1 }, 'questionnaire.colour: is not a field'],
    [{ ...good, questions: 3 }, 'questions: must be a list'],
    [{ ...good, questions: [...good.questions, ...good.questions] }, 'questions: an id is listed twice'],
    [{ ...good, matters: [entry, entry] }, 'matters: a matter is listed twice'],
    [
      { ...good, matters: [{ ...entry, needed: { question: 'river', is: ['yes'] } }] },
      'matters[0].needed.question: there is no question river',
    ],
    [
      { ...good, matters: [{ ...entry, needed: { all: [{ question: 'forest', is: ['maybe'] }] } }] },
      'matters[0].needed.all[0].is: maybe is not an answer to forest',
    ],
    [
      { ...good, matters: [{ ...entry, needed: { question: 'forest', atLeast: 1 } }] },
      'matters[0].needed: forest is not answered with a number',
    ],
    [
      { ...good, matters: [{ ...entry, article: null }] },
      'matters[0].verified: needs the article that was read',
    ],
  ])('3 %#', (content, message) => {
    expect(() => questionnaireOf(content)).toThrow(new RangeError(message));
  });
});
