import 'reflect-metadata';
import { type Document } from '#libs/engine/event-sourcing';
import { describe, expect, test } from '@jest/globals';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  applicant,
  at,
  calendar,
  commands,
  head,
  opening,
  played,
  reviewer,
  TERMS,
  window,
} from '../testing/cases.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';
import { acceptBy, daysLeft } from './shown-days.js';

// Weekends only. Handed in and accepted at 10:00 on Tuesday 24 November 2026: five working days end on Tuesday 1 December.

const applications = applicationsUnder(calendar);

function documentOf(...given: readonly BareApplicationCommand[]): ApplicationDocument {
  const folded = played(...given).events.reduce<Document | null>(
    (before, event) => applications.fold(before, event, event.data.application),
    null,
  );
  if (folded === null) throw new Error('nothing was submitted');
  return folded as ApplicationDocument & Document;
}

const accepted = (terms = TERMS) =>
  documentOf(commands.submit({ opening: opening({ terms }) }), commands.accept());
const left = (document: ApplicationDocument, now: string) => daysLeft(document, calendar, now);

describe('the days left of an application', () => {
  test.each([
    ['on the day of acceptance', '2026-11-24T15:59:59.999Z', 5],
    ['on the first day that counts', '2026-11-24T16:00:00.000Z', 4],
    ['on Friday', '2026-11-27T02:00:00.000Z', 2],
    ['on the Sunday after it', '2026-11-29T02:00:00.000Z', 2],
    ['on the last day', '2026-11-30T16:00:00.000Z', 0],
    ['at its last instant, 24:00, an act is in time', '2026-12-01T16:00:00.000Z', 0],
    ['a millisecond later', '2026-12-01T16:00:00.001Z', -1],
    ['a week after it', '2026-12-08T02:00:00.000Z', -5],
  ])('%s', (_, now, days) => {
    expect(left(accepted(), now)).toEqual({ days, unit: 'working-day', kind: 'promised' });
  });

  test('are those of the law where nothing was promised, in the unit of the law', () => {
    const statutory = { days: 60, unit: 'calendar-day', start: 'receipt' } as const;
    const document = documentOf(
      commands.submit({ opening: opening({ terms: { ...TERMS, statutory, promised: null } }) }),
    );
    // The sixtieth day after 24 November is Saturday 23 January.
    expect(left(document, '2027-01-22T02:00:00.000Z')).toEqual({
      days: 1,
      unit: 'calendar-day',
      kind: 'statutory',
    });
  });

  test('stay what they are while the clock stands, and grow with an extension', () => {
    const way = [commands.submit(), commands.accept(), commands.assign()];
    const suspended = documentOf(
      ...way,
      commands.suspend({ meta: at(reviewer, '2026-11-25T02:00:00.000Z') }),
    );
    expect(left(suspended, '2027-01-04T02:00:00.000Z')?.days).toBe(4);
    const extended = documentOf(
      ...way,
      commands.extend({ days: 10, meta: at(head, '2026-11-25T02:00:00.000Z') }),
    );
    expect(left(extended, '2026-12-01T02:00:00.000Z')?.days).toBe(10);
  });

  test('are none before the term begins, without a term, and after the end', () => {
    expect(left(documentOf(commands.submit()), '2026-11-25T02:00:00.000Z')).toBeNull();
    expect(
      left(accepted({ ...TERMS, statutory: null, promised: null }), '2026-11-25T02:00:00.000Z'),
    ).toBeNull();
    const over = documentOf(commands.submit(), commands.withdraw());
    expect(left(over, '2026-11-25T02:00:00.000Z')).toBeNull();
  });

  test('up to an end that an imported log promised are working days, 0 on its last day', () => {
    const document = documentOf(commands.submit({ promisedEnd: '2026-12-04T16:00:00.000Z' }));
    const days = (now: string) => left(document, now)?.days;
    expect([
      days('2026-12-02T02:00:00.000Z'),
      days('2026-12-04T16:00:00.000Z'),
      days('2026-12-07T02:00:00.000Z'),
    ]).toEqual([2, 0, -1]);
  });
});

describe('the last day to accept an application', () => {
  test('is the fifth working day after receipt of what was handed in last', () => {
    expect(acceptBy(documentOf(commands.submit()), calendar)).toBe('2026-12-01');
    const again = commands.supplement({
      meta: at(applicant, '2026-11-27T02:00:00.000Z'),
    });
    expect(acceptBy(documentOf(commands.submit(), commands.requestSupplement(), again), calendar)).toBe(
      '2026-12-04',
    );
  });

  test('is none once it was accepted, while the applicant completes it, and where no law says so', () => {
    expect(acceptBy(accepted(), calendar)).toBeNull();
    expect(acceptBy(documentOf(commands.submit(), commands.requestSupplement()), calendar)).toBeNull();
    const filing = opening({ terms: { ...TERMS, kind: 'filing' } });
    expect(acceptBy(documentOf(commands.submit({ opening: filing })), calendar)).toBeNull();
    const promised = commands.submit({ promisedEnd: '2026-12-04T16:00:00.000Z', meta: { actor: window } });
    expect(acceptBy(documentOf(promised), calendar)).toBeNull();
  });
});
