import { describe, test } from '@jest/globals';
import { applicant, at, CASE, commands, head, ID, opening, played, TERMS } from '../testing/cases.js';
import { ending, spec } from '../testing/permits.js';

describe('A9 the renewal of a permit (行政许可法 Art. 50)', () => {
  const END = '2027-11-24';
  const apply = (now: string, more: Parameters<typeof commands.applyForRenewal>[0] = {}) =>
    commands.applyForRenewal({ meta: at(applicant, now), ...more });
  /** Thirty days before 24 November is 25 October: the last day to apply. */
  const IN_TIME = '2027-10-25T15:59:59.999Z';
  const applied = [...ending(END), apply(IN_TIME)];
  const due = { name: 'renewal', since: IN_TIME, at: '2027-11-24T16:00:00.000Z' } as const;
  const LATER = '2027-11-26T01:00:00.000Z';

  test('A9 is applied for by its holder, thirty days before the end at the latest, once', () => {
    spec
      .given(...played(...ending(END)).events)
      .when(apply(IN_TIME))
      .then({
        type: 'PermitRenewalApplied',
        version: 1,
        data: { ...CASE, validUntil: '2028-11-24', before: END, reason: '工期延长' },
      });
    spec
      .given(...played(...ending(END)).events)
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
      .given(...played(...ending(END)).events)
      .when(apply(IN_TIME, { validUntil: END }))
      .refused('application.renewal-not-longer');
  });

  test('A9 is applied for as early as the law of the matter asks', () => {
    const renewal = { applyDaysBefore: 45, article: '取水许可和水资源费征收管理条例 Art. 25' };
    const { events: history } = played(
      commands.submit({ opening: opening({ terms: { ...TERMS, renewal } }) }),
      ...ending(END).slice(1),
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
      .given(...played(...ending(END)).events)
      .when(commands.refuseRenewal())
      .refused('application.no-renewal', { application: ID }, '行政许可法 Art. 50', 'state');
  });
});
