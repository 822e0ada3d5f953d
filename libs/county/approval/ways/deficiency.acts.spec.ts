import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import {
  applicant,
  at,
  byWindow,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  NOW,
  played,
  submitted,
  window,
} from '../testing/cases.js';
import { actOf } from '#libs/shell/nest';
import { AcceptWithDeficiency } from './deficiency.commands.js';
import { LISTED } from '../testing/way-commands.js';

const spec = deciderSpec(decider);

/** Ten working days after Tuesday 24 November. */
const HAND_IN_BY = '2026-12-08T16:00:00.000Z';

const AFTER = '2026-12-09T02:00:00.000Z';

const deficient = (missing = ['日照分析报告']) =>
  played(commands.submit(), commands.acceptWithDeficiency({ missing })).events;

describe('acceptance with deficiencies (容缺受理)', () => {
  test('is an acceptance, and names what is owed by when', () => {
    spec
      .given(...submitted())
      .when(commands.acceptWithDeficiency())
      .then(
        {
          type: 'ApplicationAccepted',
          version: 1,
          data: {
            ...CASE,
            receiptNumber: `SL20261124-${ID}`,
            note: null,
            due: {
              promised: '2026-12-01T16:00:00.000Z',
              statutory: '2026-12-22T16:00:00.000Z',
              yellow: '2026-11-30T16:00:00.000Z',
              provisional: false,
            },
            custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: desk },
          },
        },
        {
          type: 'AcceptedWithDeficiency',
          version: 1,
          data: { ...CASE, missing: ['日照分析报告'], handInBy: HAND_IN_BY },
        },
      );
  });

  test('never without what the law asks for, nor for what the catalogue does not list', () => {
    spec
      .given(...submitted())
      .when(commands.acceptWithDeficiency({ missing: ['日照分析报告', '设计方案'], listed: LISTED }))
      .refused(
        'application.key-material',
        { application: ID, material: '设计方案' },
        '行政许可法 Art. 32(5)',
        'input',
      );
    spec
      .given(...submitted())
      .when(commands.acceptWithDeficiency({ missing: ['村委会盖章'] }))
      .refused(
        'application.material-not-listed',
        { application: ID, material: '村委会盖章' },
        '行政许可法 Art. 31',
        'input',
      );
  });

  test('nor of what was handed in', () => {
    spec
      .given(...played(commands.submit({ materials: ['日照分析报告'] })).events)
      .when(commands.acceptWithDeficiency())
      .refused(
        'application.material-handed-in',
        { application: ID, material: '日照分析报告' },
        null,
        'input',
      );
  });

  test('for twenty working days at most, unless special handling gives more', () => {
    spec
      .given(...submitted())
      .when(commands.acceptWithDeficiency({ days: 21 }))
      .refused('application.deficiency-too-long', { application: ID, days: 21, most: 20 }, null, 'input');
    const varied = played(
      commands.submit(),
      commands.specialHandling({ rule: 'deficiency-term' }),
      commands.acceptWithDeficiency({ days: 21 }),
    ).events;
    expect(varied.at(-1)?.data).toEqual({
      ...CASE,
      missing: ['日照分析报告'],
      handInBy: '2026-12-23T16:00:00.000Z',
    });
  });

  test('what is handed in is ticked off; whether late is on record', () => {
    const two = deficient(['日照分析报告', '绿化方案']);
    spec
      .given(...two)
      .when(commands.fulfilDeficiency({ meta: at(applicant, HAND_IN_BY) }))
      .then({
        type: 'DeficiencyFulfilled',
        version: 1,
        data: { ...CASE, materials: ['日照分析报告'], outstanding: ['绿化方案'], late: false },
      });
    spec
      .given(...two)
      .when(
        commands.fulfilDeficiency({ materials: ['绿化方案', '日照分析报告'], meta: at(applicant, AFTER) }),
      )
      .then({
        type: 'DeficiencyFulfilled',
        version: 1,
        data: { ...CASE, materials: ['绿化方案', '日照分析报告'], outstanding: [], late: true },
      });
    spec
      .given(...deficient())
      .when(commands.fulfilDeficiency({ materials: ['绿化方案'] }))
      .refused('application.material-not-missing', { application: ID, material: '绿化方案' }, null, 'input');
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(commands.fulfilDeficiency())
      .refused('application.no-deficiency', { application: ID }, null, 'state');
  });

  test('nothing is granted or closed while something is missing', () => {
    const outstanding = { application: ID, missing: '日照分析报告' };
    spec
      .given(...deficient())
      .when(commands.approve())
      .refused('application.deficiency-outstanding', outstanding, '行政许可法 Art. 38', 'state');
    spec
      .given(
        ...played(commands.submit(), commands.acceptWithDeficiency(), commands.fulfilDeficiency()).events,
      )
      .when(commands.approve())
      .then({
        type: 'ApplicationApproved',
        version: 1,
        data: {
          ...CASE,
          permit: '建字第1号',
          opinion: null,
          clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
          custody: {
            ended: { by: { ...desk, post: '局长', person: 'demo-head' }, from: NOW, to: NOW },
            holder: desk,
          },
        },
      });
  });

  test('the deadline lapses when it has passed, and then the case can only be refused or returned', () => {
    spec
      .given(...deficient())
      .when(commands.lapseDeficiency({ meta: at(window, HAND_IN_BY) }))
      .refused('application.deficiency-not-due', { application: ID, handInBy: HAND_IN_BY }, null, 'state');
    spec
      .given(...deficient())
      .when(commands.lapseDeficiency({ meta: at(window, AFTER) }))
      .then({
        type: 'DeficiencyLapsed',
        version: 1,
        data: { ...CASE, missing: ['日照分析报告'], handInBy: HAND_IN_BY },
      });
    const lapsed = played(
      commands.submit(),
      commands.acceptWithDeficiency(),
      commands.lapseDeficiency({ meta: at(window, AFTER) }),
    ).events;
    for (const command of [
      commands.fulfilDeficiency({ meta: at(applicant, AFTER) }),
      commands.lapseDeficiency({ meta: at(window, AFTER) }),
    ]) {
      spec
        .given(...lapsed)
        .when(command)
        .refused('application.deficiency-lapsed', { application: ID, handInBy: HAND_IN_BY }, null, 'state');
    }
    spec
      .given(...lapsed)
      .when(commands.approve({ meta: at(head, AFTER) }))
      .refused('application.deficiency-outstanding');
  });
});

test('A24 rests on a policy that was not read, and on no article of the licensing law', () => {
  const { article, summary } = actOf(AcceptWithDeficiency);
  expect([article, summary]).toEqual([
    undefined,
    '容缺受理 Accept although material that is not key is missing (a policy: 国发〔2022〕5号, 未核实)',
  ]);
  spec
    .given(...played(commands.submit(), commands.accept()).events)
    .when(commands.acceptWithDeficiency())
    .refused('application.wrong-stage', undefined, null, 'state');
});
