import { describe, expect, test } from '@jest/globals';
import { type BareApplicationCommand } from '../testing/bare.js';
import { applicant, at, CASE, commands, head, ID, played, TERMS } from '../testing/cases.js';
import { grantedOn, spec, USE } from '../testing/permits.js';
import { type WorksTimer } from './works-stop.js';

const article = '建筑法 Art. 10';
/** Granted, delivered and used on 24 November 2026. */
const begun = [...grantedOn({ ...TERMS, use: USE }), commands.reportUse()];
const on = (day: string) => `${day}T01:00:00.000Z`;
const stop = (day: string, reportedOn = day) =>
  commands.reportStop({ on: day, meta: at(applicant, on(reportedOn)) });
const found = (day: string, foundOn = day) => commands.stopFound({ on: day, meta: at(head, on(foundOn)) });
const resume = (day: string, reportedOn = day) =>
  commands.reportResumed({ on: day, meta: at(applicant, on(reportedOn)) });
const verify = (day: string, passed = true) => commands.verifyPermit({ passed, meta: at(head, on(day)) });
const after = (...more: readonly BareApplicationCommand[]) => played(...begun, ...more);
const due = (name: WorksTimer['name'], since: string, instant: string) =>
  commands.fire({ name, since, at: instant }, '2030-01-01T00:00:00.000Z');

const stopped = (day: string, reportBy: string, late: boolean) => ({
  type: 'WorksStopped' as const,
  version: 1 as const,
  data: { ...CASE, on: day, reason: '冬季停工', reportBy, late, article },
});

describe('A10 works stop (建筑法 Art. 10)', () => {
  test('A10 a stop is reported within a month, a last day of rest moved; a later report is taken and is late', () => {
    spec
      .given(...after().events)
      .when(stop('2026-12-10', '2027-01-11'))
      // 10 January 2027 is a Sunday.
      .then(stopped('2026-12-10', '2027-01-11', false));
    spec
      .given(...after().events)
      .when(stop('2026-12-10', '2027-01-12'))
      .then(stopped('2026-12-10', '2027-01-11', true));
  });

  test('A10 only works that have begun stop, once, on a day since they began and not in the future', () => {
    spec
      .given(...played(...begun.slice(0, -1)).events)
      .when(stop('2026-12-10'))
      .refused('application.works-not-begun', { application: ID }, article, 'state');
    spec
      .given(...played(commands.submit(), ...begun.slice(1)).events)
      .when(stop('2026-12-10'))
      .refused('application.not-a-permit-of-works', { application: ID }, article, 'state');
    for (const day of ['2026-11-23', '2026-12-11']) {
      spec
        .given(...after().events)
        .when(stop(day, '2026-12-10'))
        .refused(
          'application.not-a-day-of-stop',
          { application: ID, on: day, from: '2026-11-24', until: '2026-12-10' },
          article,
          'input',
        );
    }
    for (const again of [stop('2026-12-12'), found('2026-12-12')]) {
      spec
        .given(...after(stop('2026-12-10')).events)
        .when(again)
        .refused(
          'application.works-stopped-already',
          { application: ID, on: '2026-12-10' },
          article,
          'state',
        );
    }
  });

  test('A10 a stop that the organ found and nobody reported in its month is put on record, once', () => {
    const unreported = due('works-report', '2026-12-10', '2027-01-11T16:00:00.000Z');
    spec
      .given(...after().events)
      .when(found('2026-12-10', '2026-12-20'))
      .then({
        type: 'WorksStopFound',
        version: 1,
        data: { ...CASE, on: '2026-12-10', finding: '现场无人施工', reportBy: '2027-01-11', article },
      });
    spec
      .given(...after(found('2026-12-10', '2026-12-20')).events)
      .when(unreported)
      .then({
        type: 'WorksStopUnreported',
        version: 1,
        data: { ...CASE, on: '2026-12-10', reportBy: '2027-01-11', article },
      });
    for (const ended of [
      [found('2026-12-10'), stop('2026-12-10', '2026-12-20')],
      [found('2026-12-10'), unreported],
      [found('2026-12-10'), resume('2026-12-20')],
      [stop('2026-12-10')],
    ]) {
      spec
        .given(...after(...ended).events)
        .when(unreported)
        .nothing();
    }
  });
});

describe('A10 works are resumed (建筑法 Art. 10)', () => {
  test('A10 within a year they are reported as resumed, and may stop again', () => {
    spec
      .given(...after(stop('2026-12-10')).events)
      .when(resume('2027-12-10'))
      .then({
        type: 'WorksResumed',
        version: 1,
        data: { ...CASE, on: '2027-12-10', stoppedOn: '2026-12-10', note: null, article },
      });
    const { state } = after(stop('2026-12-10'), resume('2027-03-01'), stop('2027-04-01'));
    expect(state).toMatchObject({ resumedOn: '2027-03-01', stop: { on: '2027-04-01', isReported: true } });
    for (const command of [resume('2026-12-20'), verify('2026-12-20')]) {
      spec
        .given(...after().events)
        .when(command)
        .refused('application.works-not-stopped', { application: ID }, article, 'state');
    }
    spec
      .given(...after(stop('2026-12-10')).events)
      .when(resume('2026-12-09', '2026-12-20'))
      .refused(
        'application.not-a-day-of-resumption',
        { application: ID, on: '2026-12-09', from: '2026-12-10', until: '2026-12-20' },
        article,
        'input',
      );
  });

  test('A10 after a year only once the permit was verified since and its conditions are met', () => {
    const unverified = [
      [],
      // Before the year was over, or not passed.
      [verify('2027-12-10')],
      [verify('2027-12-15', false)],
      [verify('2027-12-12'), verify('2027-12-15', false)],
    ];
    for (const more of unverified) {
      spec
        .given(...after(stop('2026-12-10'), ...more).events)
        .when(resume('2027-12-20'))
        .refused(
          'application.permit-not-verified',
          { application: ID, stoppedOn: '2026-12-10', yearUntil: '2027-12-10' },
          article,
          'state',
        );
    }
    spec
      .given(...after(stop('2026-12-10')).events)
      .when(verify('2027-12-15'))
      .then({
        type: 'PermitVerified',
        version: 1,
        data: { ...CASE, on: '2026-12-10', passed: true, finding: '仍符合施工许可条件', article },
      });
    expect(after(stop('2026-12-10'), verify('2027-12-15'), resume('2027-12-20')).state).toMatchObject({
      stop: null,
      resumedOn: '2027-12-20',
    });
  });

  test('A10 that a verification is owed is announced when the year is over, and not where the works went on', () => {
    const year = due('works-verification', '2026-12-10', '2027-12-10T16:00:00.000Z');
    spec
      .given(...after(stop('2026-12-10')).events)
      .when(year)
      .then({
        type: 'PermitVerificationOwed',
        version: 1,
        data: { ...CASE, on: '2026-12-10', yearUntil: '2027-12-10', article },
      });
    for (const ended of [[resume('2027-03-01')], [year]]) {
      spec
        .given(...after(stop('2026-12-10'), ...ended).events)
        .when(year)
        .nothing();
    }
  });
});
