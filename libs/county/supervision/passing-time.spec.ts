import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { applicationsUnder, type ApplicationDocument, presentDue } from '#libs/county/approval';
import { calendarOf } from '#libs/law/calendar';
import fc from 'fast-check';
import { timersOf } from './case-timers.js';
import { ID, lives, livesWithNotices } from './testing/random-life.js';
import { tables } from './testing/tables.js';

test('whatever people do and whenever, what falls due does something, and is due no second time', () => {
  const names = new Set<string>();
  fc.assert(
    fc.property(lives, ({ fired }) => {
      for (const { name } of fired) names.add(name);
      expect(fired.filter(({ made }) => made === 0)).toEqual([]);
      const ids = fired.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
  expect([...names].sort()).toEqual([
    'consultation',
    'deficiency',
    'escalation',
    'notice',
    'permit',
    'procedure',
    'step',
    'yellow',
  ]);
});

test('F12 whatever notices of holidays come and whenever, what falls due does something, once, at its present instant', () => {
  fc.assert(
    fc.property(livesWithNotices, ({ fired, events, states, document, tables: present }) => {
      expect(fired.filter(({ made }) => made === 0)).toEqual([]);
      const ids = fired.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
      // The plan is what the application and the calendar of today say, whatever calendars its events were derived with.
      expect(document?.timers).toEqual(timersOf(states.at(-1) ?? { at: 'absent' }, present));
      // No instant is notified twice.
      const told = events.flatMap(({ type, data, metadata }) =>
        type === 'ApplicationWarned' ? [`${data.cause} ${data.step} ${metadata.occurredAt}`] : [],
      );
      expect(told).toEqual([...new Set(told)]);
    }),
    { numRuns: 1_000 },
  );
});

const later = calendarOf({
  version: 'with holidays',
  holidays: { '2026-03-05': '假', '2026-03-06': '假', '2026-03-17': '假' },
});

test.each([
  ['the calendar it was written under', tables.calendar],
  ['a later notice of holidays', later],
])('whatever happened in a case, its document says what its decider knows, under %s', (_, calendar) => {
  const projection = applicationsUnder(calendar);
  fc.assert(
    fc.property(lives, ({ events, states }) => {
      let document: ApplicationDocument | null = null;
      for (const [index, event] of events.entries()) {
        document = projection.fold(document, event, ID) as ApplicationDocument;
        const state = states[index];
        if (state === undefined || state.at === 'absent') throw new Error('nothing is known of the case');
        const { clock } = state;
        const overrun = document.stepOverrun;
        expect({
          stage: document.stage,
          department: document.department,
          holder: document.holder,
          reviewer: document.reviewer,
          acceptedAt: document.acceptedAt,
          rounds: [document.supplementRounds, document.returnRounds],
          escalation: document.escalation,
          due: { ...document.due, yellow: overrun === null ? document.due.yellow : overrun.yellow },
          overrun: overrun && { step: overrun.step, since: overrun.since },
          revision: document.revision,
        }).toEqual({
          stage: state.at,
          department: state.department,
          holder: state.holder,
          reviewer: state.reviewer && state.reviewer.person,
          acceptedAt: clock.acceptedAt,
          rounds: [state.supplementRounds, state.returnRounds],
          escalation: state.level,
          due: presentDue(calendar, state),
          overrun: clock.step?.warned ? { step: clock.step.name, since: clock.step.since } : null,
          revision: String(index),
        });
      }
    }),
    { numRuns: 500 },
  );
});
