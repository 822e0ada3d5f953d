import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { expect, test } from '@jest/globals';
import { dutiesOf, type ExaminationDuty } from '../core/examination.js';
import { byReviewer, CASE, commands, decider, head, ID, NOW, played, reviewer } from '../testing/cases.js';

const spec = deciderSpec(decider);
const opened = [commands.submit(), commands.accept(), commands.assign()];
const onSite = (second?: string) => commands.step(second === undefined ? {} : { second });
const both = (owed: readonly ExaminationDuty[]) => [commands.approve({ owed }), commands.refuse({ owed })];

test.each([
  ['on-site-pair', 'application.on-site-pair-missing', '行政许可法 Art. 34 para. 3'],
  ['interested-parties', 'application.interested-parties-not-heard', '行政许可法 Art. 36'],
  ['hearing', 'application.hearing-not-told', '行政许可法 Art. 47'],
] as const)(
  'A26 what the matter asks for (%s) is on record before it is decided, either way',
  (duty, code, article) => {
    for (const command of both([duty])) {
      spec
        .given(...played(...opened, commands.step({ step: '审查' }), onSite()).events)
        .when(command)
        .refused(code, { application: ID }, article, 'state');
    }
  },
);

test('A26 a step names both officials of an on-site check, and then the case is decided', () => {
  spec
    .given(...played(...opened).events)
    .when(onSite('demo-deputy'))
    .then({
      type: 'StepRecorded',
      version: 1,
      data: {
        ...CASE,
        step: '现场踏勘',
        department: 'natural-resources',
        post: reviewer.post,
        person: 'demo-reviewer',
        second: 'demo-deputy',
        note: null,
        source: null,
        afterEnd: false,
        custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: byReviewer },
      },
    });
  const whole = [
    ...opened,
    onSite('demo-deputy'),
    commands.step({ step: '听取利害关系人意见' }),
    commands.step({ step: '告知听证权利' }),
  ];
  expect(
    both(['on-site-pair', 'interested-parties', 'hearing']).map(
      (command) => played(...whole, command).events.at(-1)?.type,
    ),
  ).toEqual(['ApplicationApproved', 'ApplicationRefused']);
});

test('A26 nobody is their own second; neither of the two decides', () => {
  spec
    .given(...played(...opened).events)
    .when(onSite('demo-reviewer'))
    .refused(
      'application.second-is-the-first',
      { application: ID, field: 'second', person: 'demo-reviewer' },
      '行政许可法 Art. 34 para. 3',
      'input',
    );
  const deputy = { ...head, person: 'demo-deputy' };
  spec
    .given(...played(...opened, onSite('demo-deputy')).events)
    .when(commands.approve({ meta: { actor: deputy } }))
    .refused('application.reviewer-decides', { application: ID, person: 'demo-deputy' }, null, 'permission');
});

test('A26 a matter says so by the names of its steps', () => {
  expect([
    dutiesOf(['受理', '审查', '决定', '送达']),
    dutiesOf(['受理', '现场评定', '决定']),
    dutiesOf(['实地核查', '听取申请人、利害关系人意见', '告知听证权利']),
    dutiesOf(['On-site check']),
    dutiesOf(['竣工验收', '规划核实', '技术审查', '专家评审', '听证']),
  ]).toEqual([[], ['on-site-pair'], ['on-site-pair', 'interested-parties', 'hearing'], ['on-site-pair'], []]);
});
