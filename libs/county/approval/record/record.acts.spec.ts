import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { applicant, at, CASE, commands, decider, ID, NOW, played, reviewer, WAYS } from '../testing/cases.js';

const spec = deciderSpec(decider);

const decided = () => played(...WAYS.decided).events;

describe('correction (更正)', () => {
  const corrected = (before: string, after: string) =>
    ({
      type: 'RecordCorrected',
      version: 1,
      data: {
        ...CASE,
        corrects: 3,
        correctsType: 'ApplicationApproved',
        field: 'permit',
        before,
        after,
        reason: '笔误',
      },
    }) as const;

  test('says how a text is to be read; the event stays as it was', () => {
    const events = decided();
    expect(events[3]).toMatchObject({ type: 'ApplicationApproved', data: { permit: '建字第1号' } });
    spec
      .given(...events)
      .when(commands.correct())
      .then(corrected('建字第1号', '建字第2号'));
  });

  test('a second correction is based on the first', () => {
    const events = played(...WAYS.decided, commands.correct()).events;
    spec
      .given(...events)
      .when(commands.correct({ value: '建字第3号' }))
      .then(corrected('建字第2号', '建字第3号'));
    spec
      .given(...events)
      .when(commands.correct())
      .refused(
        'application.correction-changes-nothing',
        { application: ID, text: '建字第2号' },
        null,
        'input',
      );
  });

  test('only of an event that is there, and of a text in it', () => {
    spec
      .given(...decided())
      .when(commands.correct({ revision: 99, original: null }))
      .refused('application.no-such-record', { application: ID, revision: 99 }, null, 'input');
    for (const data of [{}, { permit: 7 }]) {
      spec
        .given(...decided())
        .when(commands.correct({ original: { type: 'ApplicationApproved', data } }))
        .refused(
          'application.nothing-to-correct',
          { application: ID, revision: 3, field: 'permit', event: 'ApplicationApproved' },
          null,
          'input',
        );
    }
    spec
      .given(...decided())
      .when(commands.correct({ meta: { actor: applicant } }))
      .refused('application.other-department');
  });
});

describe('back-entry (补录)', () => {
  const HAPPENED = '2026-11-20T02:00:00.000Z';

  test('takes the time at which it happened, and leaves case and clock alone', () => {
    const events = played(...WAYS.accepted).events;
    spec
      .given(...events)
      .when(commands.backEntry())
      .then({
        type: 'BackEntryRecorded',
        version: 1,
        data: { ...CASE, step: '现场踏勘', reason: '系统停机', scan: 'a'.repeat(64), workingDays: 2 },
      });
    const { state } = played(...WAYS.accepted, commands.backEntry());
    // It is part of the review, and changes nothing else.
    const reviewedBy = [{ person: 'demo-reviewer', department: 'natural-resources' }];
    expect(state).toEqual({ ...played(...WAYS.accepted).state, reviewedBy });
  });

  test('not of what is still to come, nor of what happened within a working day', () => {
    const when = (occurredAt: string, now = NOW) =>
      spec
        .given(...played(...WAYS.accepted).events)
        .when(commands.backEntry({ meta: { actor: reviewer, occurredAt, now } }));
    when('2026-11-24T02:00:00.001Z').refused(
      'application.not-happened-yet',
      { application: ID, occurredAt: '2026-11-24T02:00:00.001Z' },
      null,
      'input',
    );
    when('2026-11-24T00:00:00.000Z').refused(
      'application.no-back-entry',
      { application: ID, occurredAt: '2026-11-24T00:00:00.000Z' },
      null,
      'input',
    );
    when('2026-13-01T00:00:00Z').refused('application.not-an-instant');
    when(HAPPENED, '2026-11-22T02:00:00.000Z').refused('application.no-back-entry');
  });

  test('a live act may not be earlier than the last one, a back-entry may', () => {
    const before = { ...at(reviewer, NOW), occurredAt: HAPPENED };
    spec
      .given(...played(...WAYS.accepted).events)
      .when(commands.step({ meta: before }))
      .refused('application.time-runs-backwards');
  });
});
