import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { REMEDIES } from '#libs/law/citations';
import { test } from '@jest/globals';
import {
  byWindow,
  CASE,
  commands,
  decider,
  ID,
  NOW,
  opening,
  played,
  submitted,
  TERMS,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

const refused = (article: string, reason: string, rest: object = {}) => ({
  type: 'AcceptanceRefused' as const,
  version: 1 as const,
  data: {
    ...CASE,
    article,
    reason,
    remedies: REMEDIES,
    ...rest,
    custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
  },
});
const { reason } = commands.refuseAcceptance();
/** A command as a caller sends it: what is left out is not there. */
const refusal = ({
  restsOnOwnLaw = false,
  ...given
}: {
  restsOnOwnLaw?: boolean;
  [field: string]: unknown;
}) => {
  const { article: _, remedies: __, ...rest } = commands.refuseAcceptance({ restsOnOwnLaw });
  return { ...rest, ...given };
};

test.each([
  [{ ground: 'no-licence-needed' }, '行政许可法 Art. 32(1)'],
  [
    { ground: 'no-licence-needed', article: '《行政许可法》第三十二条第一款第一项' },
    '《行政许可法》第三十二条第一款第一项',
  ],
  [
    { article: '《中华人民共和国行政许可法》第三十二条第一款第（一）项' },
    '《中华人民共和国行政许可法》第三十二条第一款第（一）项',
  ],
  [{ article: '行政许可法 Art. 32(1)(1)' }, '行政许可法 Art. 32(1)(1)'],
])('8 not accepted, since no licence is needed: %j', (given, article) => {
  spec
    .given(...submitted())
    .when(refusal(given))
    .then(refused(article, reason));
});

test.each([
  [{ ground: 'not-competent' }, '行政许可法 Art. 32(2)'],
  [{ article: '行政许可法 Art. 32(2)' }, '行政许可法 Art. 32(2)'],
])('8 acceptance refused, since another organ is competent, which is named: %j', (given, article) => {
  const organ = '本溪满族自治县水务局';
  spec
    .given(...submitted())
    .when(refusal({ ...given, organ }))
    .then(refused(article, reason, { organ }));
  spec
    .given(...submitted())
    .when(refusal(given))
    .refused(
      'application.organ-not-named',
      { application: ID, field: 'organ' },
      '行政许可法 Art. 32(2)',
      'input',
    );
});

test.each([
  [{}, 'ground'],
  [{ article: '行政许可法 Art. 32' }, 'article'],
  [{ article: '行政许可法 Art. 32(4)' }, 'article'],
  [{ article: '行政许可法 Art. 38' }, 'article'],
  [{ article: '建筑法 Art. 32(1)' }, 'article'],
  [{ article: '《行政许可法》第三十二条第二款第一项' }, 'article'],
  [{ ground: 'not-competent', article: '行政许可法 Art. 32(1)', organ: '水务局' }, 'article'],
])('8 there is no third ground: %j', (given, field) => {
  spec
    .given(...submitted())
    .when(refusal(given))
    .refused(
      'application.no-ground-not-to-accept',
      { application: ID, field },
      '行政许可法 Art. 32',
      'input',
    );
});

const OWN_LAW = '企业投资项目核准和备案管理条例 Art. 3, 13';
/** A filing that was handed in. */
const filing = (basis: string | null) =>
  played(
    commands.submit({ opening: opening({ terms: { ...TERMS, kind: 'filing', statutory: null, basis } }) }),
  ).events;
const OUTSIDE = { ground: 'not-within-filing-scope', reason: '不属于备案范围' };

test.each([
  [`${OWN_LAW}; 建筑法 Art. 8`, {}, OWN_LAW],
  [
    OWN_LAW,
    { article: '《企业投资项目核准和备案管理条例》第三条', restsOnOwnLaw: true },
    '《企业投资项目核准和备案管理条例》第三条',
  ],
  [
    OWN_LAW,
    { ground: null, article: '企业投资项目核准和备案管理条例 Art. 3', restsOnOwnLaw: true },
    '企业投资项目核准和备案管理条例 Art. 3',
  ],
  [null, { article: '消防法 Art. 13' }, '消防法 Art. 13'],
])(
  'A11 what is not within the scope of a filing is turned away by its own law (%s): %j',
  (basis, given, article) => {
    spec
      .given(...filing(basis))
      .when(refusal({ ...OUTSIDE, ...given }))
      .then(refused(article, '不属于备案范围'));
  },
);

test.each([
  [OWN_LAW, { ground: 'no-licence-needed' }, 'ground'],
  [OWN_LAW, { ground: 'not-competent', organ: '水务局' }, 'ground'],
  [OWN_LAW, { ground: null }, 'ground'],
  [OWN_LAW, { ground: null, article: '行政许可法 Art. 32(1)' }, 'article'],
  [OWN_LAW, { article: '行政许可法 Art. 32(2)' }, 'article'],
  [OWN_LAW, { article: '消防法 Art. 13' }, 'article'],
  [null, {}, 'article'],
  [null, { article: '行政许可法 Art. 32(1)' }, 'article'],
])('A11 a filing is turned away on no other ground (%s): %j', (basis, given, field) => {
  spec
    .given(...filing(basis))
    .when(refusal({ ...OUTSIDE, ...given }))
    .refused('application.filing-not-turned-away', { application: ID, field }, basis ?? undefined, 'input');
});

test('A11 the ground of a filing turns away no licence', () => {
  spec
    .given(...submitted())
    .when(refusal(OUTSIDE))
    .refused(
      'application.no-ground-not-to-accept',
      { application: ID, field: 'ground' },
      '行政许可法 Art. 32',
      'input',
    );
});
