import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { REMEDIES } from '#libs/law/citations';
import { test } from '@jest/globals';
import { byWindow, CASE, commands, decider, ID, NOW, submitted } from '../testing/cases.js';

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
const refusal = (given: object) => {
  const { article: _, remedies: __, ...rest } = commands.refuseAcceptance();
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
