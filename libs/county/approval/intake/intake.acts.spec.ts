import { commandDigest, eventIdOf } from '#libs/engine/event-sourcing';
import { deciderSpec, withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationCommand } from '../application/application.commands.js';
import { presentDue } from '../clock/due.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  applicant,
  at,
  byApplicant,
  byWindow,
  calendar,
  CASE,
  commands,
  decider,
  desk,
  ID,
  NOW,
  opening,
  played,
  stranger,
  submitted,
  TERMS,
  window,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

describe('submission', () => {
  test('it is held by the desk of the department, and its limits wait for acceptance', () => {
    spec
      .given()
      .when(commands.submit({ materials: ['申请书'], channel: '网上' }))
      .then({
        type: 'ApplicationSubmitted',
        version: 1,
        data: {
          application: ID,
          ...opening(),
          channel: '网上',
          materials: ['申请书'],
          promisedEnd: null,
          due: { promised: null, statutory: null, yellow: null, provisional: false },
          custody: { ended: null, holder: desk },
        },
      });
  });

  test('limits from receipt run at once, and an end promised by a log replaces the computed one', () => {
    const terms = {
      ...TERMS,
      statutory: { days: 60, unit: 'calendar-day', start: 'receipt' },
      promised: { days: 5, unit: 'working-day', start: 'receipt' },
    } as const;
    const receipt = played(commands.submit({ opening: opening({ terms }) })).events[0];
    expect(receipt?.data).toMatchObject({
      due: {
        promised: '2026-12-01T16:00:00.000Z',
        statutory: '2027-01-23T16:00:00.000Z',
        yellow: '2026-11-30T16:00:00.000Z',
        provisional: false,
      },
    });
    const promisedEnd = '2026-12-30T22:59:59.000Z';
    const imported = played(commands.submit({ promisedEnd })).events[0];
    expect(imported?.data).toMatchObject({
      promisedEnd,
      due: { promised: promisedEnd, statutory: null, yellow: '2026-12-30T16:00:00.000Z', provisional: false },
    });
  });

  test('C203 handed in at a counter after it closed: a term from receipt begins on the next working day', () => {
    const limit = { unit: 'working-day', start: 'receipt' } as const;
    const terms = { ...TERMS, statutory: { days: 5, ...limit }, promised: { days: 1, ...limit } };
    const counter = [{ from: '08:30', to: '17:30' }];
    // 24 November 2026 is a Tuesday.
    const ends = ['17:29', '17:30'].map((time) => {
      const occurredAt = new Date(`2026-11-24T${time}:00+08:00`).toISOString();
      const command = commands.submit({ opening: opening({ terms }), counter, meta: at(window, occurredAt) });
      const { state, events } = played(command);
      if (state.at === 'absent') throw new Error('it was submitted');
      const [event] = events;
      expect(event?.data).toMatchObject({ counter });
      expect(event?.data).toMatchObject({ due: presentDue(calendar, state) });
      return [state.due.promised, state.due.statutory];
    });
    expect(ends).toEqual([
      ['2026-11-25T16:00:00.000Z', '2026-12-01T16:00:00.000Z'],
      ['2026-11-26T16:00:00.000Z', '2026-12-02T16:00:00.000Z'],
    ]);
  });

  test('a term from receipt is postponed while the applicant completes what the one-time notice asks for', () => {
    const limit = { unit: 'working-day', start: 'receipt' } as const;
    const terms = { ...TERMS, statutory: { days: 7, ...limit }, promised: { days: 3, ...limit } };
    const dueAfter = (...then: readonly BareApplicationCommand[]) => {
      const { state } = played(commands.submit({ opening: opening({ terms }) }), ...then);
      if (state.at === 'absent') throw new Error('nothing was submitted');
      const { promised, statutory, yellow } = presentDue(calendar, state);
      return [promised, statutory, yellow];
    };
    const request = (day: string) =>
      commands.requestSupplement({ meta: at(window, `2026-${day}T02:00:00.000Z`) });
    const supplement = (day: string) =>
      commands.supplement({ meta: at(applicant, `2026-${day}T02:00:00.000Z`) });
    // Received on Tuesday 24 November. One day was used when the notice went out on Wednesday.
    expect(dueAfter()).toEqual([
      '2026-11-27T16:00:00.000Z',
      '2026-12-03T16:00:00.000Z',
      '2026-11-26T16:00:00.000Z',
    ]);
    expect(dueAfter(request('11-25'))).toEqual([null, null, null]);
    const completed = ['2026-12-10T16:00:00.000Z', '2026-12-16T16:00:00.000Z', '2026-12-09T16:00:00.000Z'];
    expect(dueAfter(request('11-25'), supplement('12-08'))).toEqual(completed);
    const accepted = [
      request('11-25'),
      supplement('12-08'),
      commands.accept({ meta: at(window, '2026-12-09T02:00:00.000Z') }),
    ];
    expect(dueAfter(...accepted)).toEqual(completed);
    expect(
      played(commands.submit({ opening: opening({ terms }) }), ...accepted).events.at(-1)?.data,
    ).toMatchObject({
      due: { promised: completed[0], statutory: completed[1], yellow: completed[2] },
    });
    // The law knows one notice: a second one puts nothing off.
    expect(dueAfter(request('11-25'), supplement('12-08'), request('12-09'))).toEqual(completed);
    expect(dueAfter(request('11-25'), supplement('12-08'), request('12-09'), supplement('12-30'))).toEqual(
      completed,
    );
  });

  test('only the applicant, their agent or the window of the department may submit', () => {
    const other = { ...applicant, person: 'somebody' };
    const agent = { ...applicant, person: 'an-agent', role: 'agent' };
    const refused = (command: ReturnType<typeof commands.submit>, code: string) =>
      spec.given().when(command).refused(code, undefined, undefined, 'permission');
    refused(commands.submit({ meta: { actor: other } }), 'application.not-the-applicant');
    refused(commands.submit({ meta: { actor: agent } }), 'application.not-the-applicant');
    refused(commands.submit({ meta: { actor: stranger } }), 'application.other-department');
    expect(played(commands.submit({ meta: { actor: agent, onBehalfOf: applicant } })).state.at).toBe(
      'submitted',
    );
    expect(played(commands.submit({ meta: { actor: window } })).state.at).toBe('submitted');
  });

  test('limits that are not countable and texts that are not times are refused', () => {
    const terms = { ...TERMS, promised: { days: 1.5, unit: 'working-day', start: 'receipt' } } as const;
    const refused = (command: ReturnType<typeof commands.submit>, code: string) =>
      spec.given().when(command).refused(code, undefined, undefined, 'input');
    refused(commands.submit({ opening: opening({ terms }) }), 'application.terms-not-countable');
    refused(commands.submit({ promisedEnd: '2026-02-30T00:00:00.000Z' }), 'application.not-an-instant');
    refused(
      commands.submit({ meta: { actor: applicant, occurredAt: '2026-11-24' } }),
      'application.not-an-instant',
    );
  });
});

describe('supplements', () => {
  const items = [{ material: '总平面图', reason: '缺少签章' }];

  test('the first notice hands the case to the applicant', () => {
    spec
      .given(...submitted())
      .when(commands.requestSupplement())
      .then({
        type: 'SupplementRequested',
        version: 1,
        data: {
          ...CASE,
          items,
          round: 1,
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: byApplicant },
        },
      });
  });

  test('a second one is recorded and flagged, not barred', () => {
    const digest = commandDigest(withMeta<ApplicationCommand>(commands.requestSupplement()));
    const own = eventIdOf({ commandId: 'command-1', now: NOW }, digest, 0);
    const again = played(commands.submit(), commands.requestSupplement(), commands.supplement()).events;
    const custody = { ended: { by: byWindow, from: NOW, to: NOW }, holder: byApplicant };
    spec
      .given(...again)
      .when(commands.requestSupplement())
      .then(
        { type: 'SupplementRequested', version: 1, data: { ...CASE, items, round: 2, custody } },
        {
          type: 'RepeatedSupplementFlagged',
          version: 2,
          data: {
            ...CASE,
            department: 'natural-resources',
            evidence: [`${again[1]?.id}`, own],
            round: 2,
            article: '行政许可法 Art. 72(4)',
          },
        },
      );
  });

  test('what is handed in ends the time of the applicant', () => {
    const later = '2026-11-26T03:00:00.000Z';
    spec
      .given(...played(commands.submit(), commands.requestSupplement()).events)
      .when(commands.supplement({ meta: at(applicant, later) }))
      .then({
        type: 'SupplementSubmitted',
        version: 1,
        data: {
          ...CASE,
          materials: ['总平面图'],
          custody: { ended: { by: byApplicant, from: NOW, to: later }, holder: desk },
        },
      });
  });
});

describe('acceptance', () => {
  test('it starts the clock and gives a dated receipt', () => {
    spec
      .given(...submitted())
      .when(commands.accept({ note: '材料齐全' }))
      .then({
        type: 'ApplicationAccepted',
        version: 1,
        data: {
          ...CASE,
          receiptNumber: 'SL20261124-p1-GC-02',
          note: '材料齐全',
          due: {
            promised: '2026-12-01T16:00:00.000Z',
            statutory: '2026-12-22T16:00:00.000Z',
            yellow: '2026-11-30T16:00:00.000Z',
            provisional: false,
          },
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: desk },
        },
      });
  });

  test('the receipt bears the legal day, which is tomorrow at 16:30 UTC', () => {
    const event = played(commands.submit(), commands.accept({ meta: at(window, '2026-11-24T16:30:00.000Z') }))
      .events[1];
    expect(event?.data).toMatchObject({ receiptNumber: 'SL20261125-p1-GC-02' });
  });

  test('a limit from receipt counts from the first submission', () => {
    const terms = { ...TERMS, statutory: { days: 30, unit: 'calendar-day', start: 'receipt' } } as const;
    const event = played(
      commands.submit({ opening: opening({ terms }) }),
      commands.accept({ meta: at(window, '2026-11-26T02:00:00.000Z') }),
    ).events[1];
    expect(event?.data).toMatchObject({
      due: { promised: '2026-12-03T16:00:00.000Z', statutory: '2026-12-24T16:00:00.000Z' },
    });
  });

  test('a refusal to accept ends it, with article, reason and remedies', () => {
    const command = commands.refuseAcceptance();
    spec
      .given(...submitted())
      .when(command)
      .then({
        type: 'AcceptanceRefused',
        version: 1,
        data: {
          ...CASE,
          article: '行政许可法 Art. 32(1)',
          reason: command.reason,
          remedies: '六十日内申请行政复议',
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
        },
      });
    spec
      .given(...submitted())
      .when(commands.refuseAcceptance({ article: ' ' }))
      .refused('application.reasons-owed', { field: 'article' }, '行政许可法 Art. 38', 'input');
  });

  test('another department may not accept', () => {
    spec
      .given(...submitted())
      .when(commands.accept({ meta: { actor: stranger } }))
      .refused(
        'application.other-department',
        { application: ID, department: 'natural-resources', actorDepartment: 'water' },
        '行政许可法 Art. 22',
        'permission',
      );
  });
});
