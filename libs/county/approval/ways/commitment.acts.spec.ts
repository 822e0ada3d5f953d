import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, test } from '@jest/globals';
import { CASE, commands, decider, ID, played, submitted, window } from '../testing/cases.js';

const spec = deciderSpec(decider);

const committed = () => played(commands.submit(), commands.makeCommitment()).events;

const granted = () =>
  played(
    commands.submit(),
    commands.makeCommitment(),
    commands.accept(),
    commands.approve(),
    commands.deliver(),
  ).events;

const breached = { kept: false, finding: '日照不足' };

describe('notification and commitment (告知承诺)', () => {
  test('the applicant declares, once, in place of material that is not key', () => {
    spec
      .given(...submitted())
      .when(commands.makeCommitment())
      .then({
        type: 'CommitmentMade',
        version: 1,
        data: { ...CASE, materials: ['日照分析报告'], statement: '日照符合国家标准' },
      });
    spec
      .given(...committed())
      .when(commands.makeCommitment())
      .refused('application.commitment-already', { application: ID }, null, 'state');
    spec
      .given(...submitted())
      .when(commands.makeCommitment({ materials: ['设计方案'] }))
      .refused(
        'application.key-material',
        { application: ID, material: '设计方案' },
        '行政许可法 Art. 32(5)',
        'input',
      );
    spec
      .given(...submitted())
      .when(commands.makeCommitment({ meta: { actor: window } }))
      .refused(
        'application.not-the-applicant',
        { application: ID, person: 'demo-window' },
        '行政许可法 Art. 29',
        'permission',
      );
  });

  test('it is checked later, once: kept or broken', () => {
    const data = { ...CASE, finding: '现场核查相符' };
    spec
      .given(...granted())
      .when(commands.checkCommitment())
      .then({ type: 'CommitmentVerified', version: 1, data });
    spec
      .given(...granted())
      .when(commands.checkCommitment(breached))
      .then({ type: 'CommitmentBreached', version: 1, data: { ...CASE, finding: '日照不足' } });
    spec
      .given(
        ...played(
          commands.submit(),
          commands.makeCommitment(),
          commands.accept(),
          commands.checkCommitment(breached),
        ).events,
      )
      .when(commands.checkCommitment())
      .refused('application.commitment-checked', { application: ID }, null, 'state');
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(commands.checkCommitment())
      .refused('application.no-commitment', { application: ID }, null, 'state');
  });

  test('found broken before the decision, nothing is granted', () => {
    spec
      .given(
        ...played(
          commands.submit(),
          commands.makeCommitment(),
          commands.accept(),
          commands.checkCommitment(breached),
        ).events,
      )
      .when(commands.approve())
      .refused('application.commitment-breached', { application: ID }, '行政许可法 Art. 38', 'state');
  });
});
