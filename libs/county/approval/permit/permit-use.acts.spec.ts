import { describe, expect, test } from '@jest/globals';
import { applicant, at, CASE, commands, head, ID, NOW, played, TERMS } from '../testing/cases.js';
import { events, grantedOn, refused, spec, USE } from '../testing/permits.js';
import { type CancellationGround } from './permit.events.js';

describe('first use of a permit', () => {
  test('A4 works do not begin before what a law asks for is granted', () => {
    const missing = [
      { application: 'p1-LX-14', matter: 'LX-14' },
      { application: 'p1-LX-17', matter: 'LX-17' },
    ];
    spec
      .given(...events())
      .when(commands.reportUse({ missing }))
      .refused(
        'application.works-not-allowed-yet',
        { application: ID, missing: 'LX-14 (p1-LX-14), LX-17 (p1-LX-17)' },
        '环境影响评价法 Art. 25',
        'state',
      );
    for (const [matter, article] of [
      ['LX-12', '节约能源法 Art. 15'],
      ['LX-13', '环境影响评价法 Art. 25'],
      ['LX-16', '水土保持法 Art. 26'],
    ] as const) {
      spec
        .given(...events())
        .when(commands.reportUse({ missing: [{ application: `p1-${matter}`, matter }] }))
        .refused(
          'application.works-not-allowed-yet',
          { application: ID, missing: `${matter} (p1-${matter})` },
          article,
          'state',
        );
    }
  });

  test('is reported by its holder, once, for a day from its delivery on', () => {
    spec
      .given(...events())
      .when(commands.reportUse({ note: '基坑开挖' }))
      .then({ type: 'PermitUsed', version: 1, data: { ...CASE, on: '2026-11-24', note: '基坑开挖' } });
    spec
      .given(...events(commands.reportUse()))
      .when(commands.reportUse())
      .refused('application.permit-used-already', { application: ID, usedOn: '2026-11-24' }, null, 'state');
    for (const on of ['2026-11-23', '2026-11-25', '2026-11-31']) {
      spec
        .given(...events())
        .when(commands.reportUse({ on }))
        .refused(
          'application.not-a-day-of-use',
          { application: ID, on, delivered: '2026-11-24', today: '2026-11-24' },
          null,
          'input',
        );
    }
    spec
      .given(...refused())
      .when(commands.reportUse())
      .refused('application.no-permit', { application: ID }, null, 'state');
  });
});

describe('A10 a permit that must be used in time (建筑法 Art. 9)', () => {
  const permit = grantedOn({ ...TERMS, use: USE });
  const postpone = (months = 3) => commands.postponeUse({ months });
  // Delivered on 24 November 2026: three months end on Wednesday 24 February, nine on Tuesday 24 August 2027.
  const lapse = (lastDay: string) =>
    commands.fire(
      { name: 'lapse', since: NOW, lastDay, at: `${lastDay}T16:00:00.000Z` },
      '2027-12-01T01:00:00.000Z',
    );
  const lapsed = (lastDay: string) => ({
    type: 'PermitLapsed' as const,
    version: 1 as const,
    data: { ...CASE, lastDay, article: USE.article },
  });

  test('A10 is postponed twice, three months each', () => {
    spec
      .given(...played(...permit, postpone()).events)
      .when(postpone())
      .then({
        type: 'PermitUsePostponed',
        version: 1,
        data: {
          ...CASE,
          months: 3,
          round: 2,
          lastDay: '2027-08-24',
          reason: '拆迁未完',
          article: USE.article,
        },
      });
    spec
      .given(...played(...permit).events)
      .when(postpone(4))
      .refused(
        'application.postponement-too-long',
        { application: ID, months: 4, most: 3 },
        USE.article,
        'input',
      );
    spec
      .given(...played(...permit, postpone(), postpone()).events)
      .when(postpone(1))
      .refused('application.postponed-before', { application: ID, times: 2 }, USE.article, 'state');
  });

  test('A10 lapses when it was neither used nor postponed in time, and that is recorded', () => {
    spec
      .given(...played(...permit).events)
      .when(lapse('2027-02-24'))
      .then(lapsed('2027-02-24'));
    spec
      .given(...played(...permit, postpone()).events)
      .when(lapse('2027-02-24'))
      .nothing();
    spec
      .given(...played(...permit, postpone(), postpone()).events)
      .when(lapse('2027-08-24'))
      .then(lapsed('2027-08-24'));
    spec
      .given(...played(...permit, commands.reportUse()).events)
      .when(lapse('2027-02-24'))
      .nothing();
  });

  test('A10 once lapsed is not amended, renewed or postponed; use in time that is reported late undoes it', () => {
    const { events: history } = played(...permit, lapse('2027-02-24'));
    for (const command of [commands.amend(), commands.renew(), postpone()]) {
      spec
        .given(...history)
        .when(command)
        .refused(
          'application.permit-lapsed',
          { application: ID, lapsedOn: '2027-02-24' },
          USE.article,
          'state',
        );
    }
    const told = (on: string) => commands.reportUse({ on, meta: at(applicant, '2027-03-10T01:00:00.000Z') });
    spec
      .given(...history)
      .when(told('2027-02-25'))
      .refused('application.permit-lapsed');
    expect(played(...permit, lapse('2027-02-24'), told('2027-02-24')).state).toMatchObject({
      usedOn: '2027-02-24',
      lapsedOn: null,
    });
  });

  test('A12 once lapsed is cancelled on another ground that a law names (Art. 70(6)), and on no other', () => {
    const { events: history } = played(...permit, lapse('2027-02-24'));
    const cancel = (ground: CancellationGround) =>
      commands.cancel({ ground, meta: at(head, '2027-03-10T01:00:00.000Z') });
    spec
      .given(...history)
      .when(cancel('terminated'))
      .refused(
        'application.cancelled-as-lapsed',
        { application: ID, lapsedOn: '2027-02-24' },
        '行政许可法 Art. 70(6)',
        'state',
      );
    spec
      .given(...history)
      .when(cancel('other'))
      .then({
        type: 'PermitCancelled',
        version: 1,
        data: { ...CASE, ground: 'other', article: '行政许可法 Art. 70(6)', reason: '企业注销' },
      });
  });

  test('A10 is not renewed: it has no end of validity', () => {
    spec
      .given(...played(...permit).events)
      .when(commands.renew())
      .refused('application.permit-without-end', { application: ID }, USE.article, 'state');
  });
});
