import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Timer } from '../application/timers.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  applicant,
  at,
  byHead,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  leader,
  NOW,
  opening,
  played,
  TERMS,
  stranger,
} from '../testing/cases.js';
import { type CancellationGround, type RevocationGround } from './permit.events.js';

const spec = deciderSpec(decider);

const granted = [commands.submit(), commands.accept(), commands.approve(), commands.deliver()];

const ending = (validUntil: string) => [
  commands.submit(),
  commands.accept(),
  commands.approve({ validUntil }),
  commands.deliver(),
];

const events = (...more: readonly BareApplicationCommand[]) => played(...granted, ...more).events;

const refused = () =>
  played(commands.submit(), commands.accept(), commands.refuse(), commands.deliver()).events;

describe('a permit that is valid for a time', () => {
  test('is issued with its approval', () => {
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(commands.approve({ validUntil: '2027-11-24' }))
      .then(
        {
          type: 'ApplicationApproved',
          version: 1,
          data: {
            ...CASE,
            permit: '建字第1号',
            opinion: null,
            clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
            custody: { ended: { by: byHead, from: NOW, to: NOW }, holder: desk },
          },
        },
        {
          type: 'PermitIssued',
          version: 1,
          data: { ...CASE, permit: '建字第1号', validUntil: '2027-11-24' },
        },
      );
    for (const [day, code] of [
      ['2027-02-30', 'application.not-a-day'],
      ['2026-11-24', 'application.day-not-ahead'],
    ] as const) {
      spec
        .given(...played(commands.submit(), commands.accept()).events)
        .when(commands.approve({ validUntil: day }))
        .refused(code, { application: ID, day }, null, 'input');
    }
  });

  test('is renewed before it ends, and for longer (Art. 50)', () => {
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew())
      .then({
        type: 'PermitRenewed',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: '2027-11-24', reason: '工期延长' },
      });
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew({ validUntil: '2027-11-24' }))
      .refused(
        'application.renewal-not-longer',
        { application: ID, validUntil: '2027-11-24', day: '2027-11-24' },
        null,
        'input',
      );
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(commands.renew({ meta: at(head, '2027-11-25T02:00:00.000Z') }))
      .refused(
        'application.permit-expired',
        { application: ID, validUntil: '2027-11-24' },
        '行政许可法 Art. 50',
        'state',
      );
    spec
      .given(...events())
      .when(commands.renew())
      .then({
        type: 'PermitRenewed',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: null, reason: '工期延长' },
      });
  });
});

describe('after the end', () => {
  test('amended (Art. 49): what it was stays on record', () => {
    spec
      .given(...events())
      .when(commands.amend({ permit: '建字第1号（变）' }))
      .then({
        type: 'PermitAmended',
        version: 1,
        data: { ...CASE, change: '建设单位变更为某某公司', reason: '企业更名', permit: '建字第1号（变）' },
      });
  });

  test('recalled, lawful as it was, against compensation (Art. 8)', () => {
    spec
      .given(...events())
      .when(commands.recall())
      .then({
        type: 'PermitRecalled',
        version: 1,
        data: {
          ...CASE,
          ground: 'facts-changed',
          article: '行政许可法 Art. 8',
          reason: '规划道路改线',
          compensation: '按评估价补偿',
        },
      });
  });

  test('revoked on a ground of Art. 69, by the organ or its superior', () => {
    const grounds: readonly [RevocationGround, string][] = [
      ['abuse', 'Art. 69(1)'],
      ['ultra-vires', 'Art. 69(2)'],
      ['procedure', 'Art. 69(3)'],
      ['unqualified', 'Art. 69(4)'],
      ['other', 'Art. 69(5)'],
      ['deception', 'Art. 69 para. 2'],
    ];
    for (const [ground, article] of grounds) {
      spec
        .given(...events())
        .when(commands.revoke({ ground, meta: { actor: leader } }))
        .then({
          type: 'PermitRevoked',
          version: 1,
          data: {
            ...CASE,
            ground,
            article: `行政许可法 ${article}`,
            reason: '未经公示',
            remedies: '六十日内申请行政复议',
          },
        });
    }
    spec
      .given(...events())
      .when(commands.revoke({ meta: { actor: { ...stranger, role: 'department-head' } } }))
      .refused('application.other-department');
  });

  test('for a broken commitment only when its check has found it broken', () => {
    const way = [
      commands.submit(),
      commands.makeCommitment(),
      commands.accept(),
      commands.approve(),
      commands.deliver(),
    ];
    const revoke = commands.revoke({ ground: 'commitment-breach', reason: '承诺不实' });
    spec
      .given(...played(...way).events)
      .when(revoke)
      .refused('application.no-breach', { application: ID }, '行政许可法 Art. 69', 'state');
    spec
      .given(...played(...way, commands.checkCommitment({ kept: false, finding: '日照不足' })).events)
      .when(revoke)
      .then({
        type: 'PermitRevoked',
        version: 1,
        data: {
          ...CASE,
          ground: 'commitment-breach',
          article: '行政许可法 Art. 69 para. 2',
          reason: '承诺不实',
          remedies: '六十日内申请行政复议',
        },
      });
  });

  test('cancelled on a ground of Art. 70 that the record bears out', () => {
    const cancelled = (ground: CancellationGround, article: string) =>
      ({
        type: 'PermitCancelled',
        version: 1,
        data: { ...CASE, ground, article: `行政许可法 ${article}`, reason: '企业注销' },
      }) as const;
    spec
      .given(...events())
      .when(commands.cancel())
      .then(cancelled('terminated', 'Art. 70(3)'));
    spec
      .given(...events())
      .when(commands.cancel({ ground: 'withdrawn' }))
      .refused('application.permit-not-withdrawn', { application: ID }, '行政许可法 Art. 70(4)', 'state');
    for (const before of [commands.revoke(), commands.recall()]) {
      spec
        .given(...events(before))
        .when(commands.cancel({ ground: 'withdrawn' }))
        .then(cancelled('withdrawn', 'Art. 70(4)'));
    }
    spec
      .given(...events())
      .when(commands.cancel({ ground: 'expired' }))
      .refused(
        'application.permit-not-expired',
        { application: ID, validUntil: '—' },
        '行政许可法 Art. 70(1)',
        'state',
      );
    const expired = played(...ending('2027-11-24')).events;
    spec
      .given(...expired)
      .when(commands.cancel({ ground: 'expired', meta: at(head, '2027-11-24T15:59:59.999Z') }))
      .refused('application.permit-not-expired');
    spec
      .given(...expired)
      .when(commands.cancel({ ground: 'expired', meta: at(head, '2027-11-24T16:00:00.000Z') }))
      .then(cancelled('expired', 'Art. 70(1)'));
  });

  test('nothing of this where nothing was granted', () => {
    for (const command of [
      commands.amend(),
      commands.renew(),
      commands.recall(),
      commands.revoke(),
      commands.cancel(),
    ]) {
      spec
        .given(...refused())
        .when(command)
        .refused('application.no-permit', { application: ID }, null, 'state');
    }
  });
});

describe('the end of a permit', () => {
  const AT = '2027-11-02T16:00:00.000Z';
  const timer = (over: Partial<Extract<Timer, { name: 'permit' }>> = {}): Timer => ({
    name: 'permit',
    cause: 'validity',
    since: NOW,
    lastDay: '2027-11-24',
    article: '行政许可法 Art. 50',
    at: AT,
    ...over,
  });
  const fire = (over: Parameters<typeof timer>[0] = {}) =>
    commands.fire(timer(over), '2027-11-03T01:00:00.000Z');
  const announced = (cause: 'validity' | 'use', lastDay: string, article: string) => ({
    type: 'PermitEndAnnounced' as const,
    version: 1 as const,
    data: { ...CASE, cause, lastDay, article },
  });
  const renewed = commands.renew({ validUntil: '2028-11-24', meta: at(head, '2027-10-08T01:00:00.000Z') });

  test('is announced to its holder once', () => {
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(fire())
      .then(announced('validity', '2027-11-24', '行政许可法 Art. 50'));
    spec
      .given(...played(...ending('2027-11-24'), fire()).events)
      .when(fire())
      .nothing();
  });

  test('is announced again when the permit was renewed, for its new day', () => {
    const again = { lastDay: '2028-11-24', at: '2028-11-02T16:00:00.000Z' };
    spec
      .given(...played(...ending('2027-11-24'), renewed).events)
      .when(commands.fire(timer(again), '2028-11-03T01:00:00.000Z'))
      .then(announced('validity', '2028-11-24', '行政许可法 Art. 50'));
    spec
      .given(...played(...ending('2027-11-24'), renewed).events)
      .when(fire())
      .nothing();
  });

  test('that comes of not using it counts from its delivery', () => {
    const use = {
      cause: 'use',
      lastDay: '2027-02-24',
      article: '建筑法 Art. 9',
      at: '2027-02-02T16:00:00.000Z',
    } as const;
    spec
      .given(...events())
      .when(fire(use))
      .then(announced('use', '2027-02-24', '建筑法 Art. 9'));
    spec
      .given(...events())
      .when(fire({ ...use, since: '2026-11-25T02:00:00.000Z' }))
      .nothing();
  });

  test('is refused when nothing was granted, or the permit is gone', () => {
    for (const history of [refused(), events(commands.revoke()), events(commands.recall())]) {
      spec
        .given(...history)
        .when(fire({ cause: 'use' }))
        .nothing();
    }
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(fire({ cause: 'use' }))
      .nothing();
  });
});

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

describe('A9 the renewal of a permit (行政许可法 Art. 50)', () => {
  const END = '2027-11-24';
  const until = (day: string) => [
    commands.submit(),
    commands.accept(),
    commands.approve({ validUntil: day }),
    commands.deliver(),
  ];
  const apply = (now: string, more: Parameters<typeof commands.applyForRenewal>[0] = {}) =>
    commands.applyForRenewal({ meta: at(applicant, now), ...more });
  /** Thirty days before 24 November is 25 October: the last day to apply. */
  const IN_TIME = '2027-10-25T15:59:59.999Z';
  const applied = [...until(END), apply(IN_TIME)];
  const due = { name: 'renewal', since: IN_TIME, at: '2027-11-24T16:00:00.000Z' } as const;
  const LATER = '2027-11-26T01:00:00.000Z';

  test('A9 is applied for by its holder, thirty days before the end at the latest, once', () => {
    spec
      .given(...played(...until(END)).events)
      .when(apply(IN_TIME))
      .then({
        type: 'PermitRenewalApplied',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: END, reason: '工期延长' },
      });
    spec
      .given(...played(...until(END)).events)
      .when(apply('2027-10-25T16:00:00.000Z'))
      .refused(
        'application.renewal-too-late',
        { application: ID, validUntil: END, lastDay: '2027-10-25' },
        '行政许可法 Art. 50',
        'state',
      );
    spec
      .given(...played(...applied).events)
      .when(apply(IN_TIME))
      .refused('application.renewal-applied-before', { application: ID }, '行政许可法 Art. 50', 'state');
    spec
      .given(...played(...until(END)).events)
      .when(apply(IN_TIME, { validUntil: END }))
      .refused('application.renewal-not-longer');
  });

  test('A9 is applied for as early as the law of the matter asks', () => {
    const renewal = { applyDaysBefore: 45, article: '取水许可和水资源费征收管理条例 Art. 25' };
    const { events: history } = played(
      commands.submit({ opening: opening({ terms: { ...TERMS, renewal } }) }),
      ...until(END).slice(1),
    );
    spec
      .given(...history)
      .when(apply(IN_TIME))
      .refused(
        'application.renewal-too-late',
        { application: ID, validUntil: END, lastDay: '2027-10-10' },
        renewal.article,
        'state',
      );
  });

  test('A9 counts as granted when nobody decided before the end', () => {
    spec
      .given(...played(...applied).events)
      .when(commands.fire(due, LATER))
      .then({
        type: 'PermitRenewed',
        version: 1,
        data: {
          ...CASE,
          validUntil: '2028-11-24',
          before: END,
          reason: '逾期未作决定，视为准予延续',
          deemed: true,
        },
      });
    const decided = [
      commands.renew({ validUntil: '2028-06-30', meta: at(head, '2027-11-01T01:00:00.000Z') }),
      commands.refuseRenewal({ meta: at(head, '2027-11-01T01:00:00.000Z') }),
    ];
    for (const decision of decided) {
      spec
        .given(...played(...applied, decision).events)
        .when(commands.fire(due, LATER))
        .nothing();
    }
    spec
      .given(...played(...applied, commands.fire(due, LATER)).events)
      .when(commands.fire(due, LATER))
      .nothing();
  });

  test('A9 is refused with ground and remedies, and only where it was applied for', () => {
    spec
      .given(...played(...applied).events)
      .when(commands.refuseRenewal())
      .then({
        type: 'PermitRenewalRefused',
        version: 1,
        data: {
          ...CASE,
          article: '行政许可法 Art. 50',
          reason: '不再符合条件',
          remedies: '六十日内申请行政复议',
        },
      });
    spec
      .given(...played(...until(END)).events)
      .when(commands.refuseRenewal())
      .refused('application.no-renewal', { application: ID }, '行政许可法 Art. 50', 'state');
  });
});

describe('A10 a permit that must be used in time (建筑法 Art. 9)', () => {
  const use = { months: 3, postponements: 2, postponementMonths: 3, article: '建筑法 Art. 9' };
  const permit = [
    commands.submit({ opening: opening({ terms: { ...TERMS, use } }) }),
    commands.accept(),
    commands.approve(),
    commands.deliver(),
  ];
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
    data: { ...CASE, lastDay, article: use.article },
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
          article: use.article,
        },
      });
    spec
      .given(...played(...permit).events)
      .when(postpone(4))
      .refused(
        'application.postponement-too-long',
        { application: ID, months: 4, most: 3 },
        use.article,
        'input',
      );
    spec
      .given(...played(...permit, postpone(), postpone()).events)
      .when(postpone(1))
      .refused('application.postponed-before', { application: ID, times: 2 }, use.article, 'state');
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
          use.article,
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

  test('A10 is not renewed: it has no end of validity', () => {
    spec
      .given(...played(...permit).events)
      .when(commands.renew())
      .refused('application.permit-without-end', { application: ID }, use.article, 'state');
  });
});
