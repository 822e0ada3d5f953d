import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { acts, applicant, head, playedUnder, window } from '#libs/county/approval/testing';
import { calendarOf } from '#libs/law/calendar';
import { type Actor, type Document, type StoredEvent } from '#libs/engine/event-sourcing';
import { timersOf } from './case-timers.js';
import { tables } from './testing/tables.js';
import { type TimersDocument, timersUnder } from './timers.projection.js';

const ID = 'p1-GC-02';
const { submit, accept, assign, suspend, escalate, approve, deliver, step } = acts(ID);
const at = (day: number, hour = 2) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

/** The document after each event, as the projector keeps it under these tables. */
function documents(events: readonly StoredEvent[], under = tables): readonly TimersDocument[] {
  const projection = timersUnder(under);
  const after: (TimersDocument & Document)[] = [];
  for (const event of events) {
    const stored = { ...event, stream: `application-${ID}` };
    expect(projection.handles(stored.type)).toBe(true);
    // As it comes back from a store: nothing is the same object any more.
    const before = after.at(-1);
    const loaded = before === undefined ? null : structuredClone<Document>(before);
    for (const id of projection.keys(stored)) {
      after.push(projection.fold(loaded, stored, id) as TimersDocument & Document);
    }
  }
  return after;
}

const life = playedUnder(
  tables.calendar,
  submit(at(24)),
  accept(at(25)),
  assign(at(25)),
  step(at(26)),
  escalate(at(27)),
  step(at(27, 4)),
  approve(at(30)),
  step(at(30, 3), 'row-7'),
  deliver(at(30, 4)),
);

describe('the plan of a case', () => {
  test('after every event lists what time would bring about from there', () => {
    const after = documents(life.events);
    expect(after.map(({ timers }) => timers)).toEqual(
      after.map(({ application }) => timersOf(application ?? { at: 'absent' }, tables)),
    );
    expect(after.map(({ armed, nextAt }) => [armed, nextAt])).toEqual(
      after.map(({ timers }) => [timers.length > 0, timers[0]?.at ?? null]),
    );
    expect(after.map(({ armed }) => armed)).toEqual([true, true, true, true, true, true, true, false]);
    expect(after.at(-1)?.application).toEqual(life.state);
  });

  test('holds for cases without any limit, for what is asked at once, what is missing, and permits that end', () => {
    const terms = { statutory: null, promised: null, basis: null, verified: false };
    const by = (actor: Actor) => ({ actor, now: at(24), occurredAt: at(24) });
    const clock: Actor = { person: 'clock', post: null, department: null, role: 'system' };
    const due = '2027-11-02T16:00:00.000Z';
    const { events } = playedUnder(
      tables.calendar,
      {
        ...submit(at(24), { terms }),
        consult: { departments: ['water'], question: '河道', days: 3, article: null, silenceRule: null },
      } as Parameters<typeof playedUnder>[1],
      {
        type: 'AcceptWithDeficiency',
        id: ID,
        missing: ['日照分析报告', '图纸'],
        days: 5,
        listed: [
          { name: '日照分析报告', key: false, basis: '城乡规划法 Art. 40' },
          { name: '图纸', key: false, basis: '城乡规划法 Art. 40' },
        ],
        meta: by(window),
      },
      { type: 'FulfilDeficiency', id: ID, materials: ['图纸'], meta: by(applicant) },
      { type: 'FulfilDeficiency', id: ID, materials: ['日照分析报告'], meta: by(applicant) },
      {
        type: 'AnswerConsultation',
        id: ID,
        agrees: true,
        opinion: '无意见',
        meta: by({ person: 'he', post: null, department: 'water', role: 'reviewer' }),
      },
      { ...approve(at(25)), validUntil: '2027-11-24' } as Parameters<typeof playedUnder>[1],
      deliver(at(25)),
      {
        type: 'FireTimer',
        id: ID,
        timer: {
          name: 'permit',
          cause: 'validity',
          since: at(25),
          lastDay: '2027-11-24',
          article: '行政许可法 Art. 50',
          at: due,
        },
        meta: { actor: clock, now: '2027-11-03T01:00:00.000Z', occurredAt: due },
      },
      {
        type: 'RenewPermit',
        id: ID,
        validUntil: '2028-11-24',
        reason: '工期延长',
        meta: { actor: head, now: '2027-11-04T01:00:00.000Z', occurredAt: '2027-11-04T01:00:00.000Z' },
      },
    );
    const after = documents(events);
    expect(after.map(({ timers }) => timers)).toEqual(
      after.map(({ application }) => timersOf(application ?? { at: 'absent' }, tables)),
    );
    const names = after.map(({ timers }) => timers.map(({ name }) => name));
    expect([names[1], names.at(-2), names.at(-1)]).toEqual([['consultation', 'step'], [], ['permit']]);
    expect(after.at(-1)?.notices).toEqual([
      {
        kind: 'permit-ending',
        to: ['applicant:demo-applicant'],
        level: null,
        step: null,
        text: '2027-11-24',
        occurredAt: due,
        revision: String(events.length - 2),
      },
    ]);
  });

  test('an imported case is not watched, though its log promises no end', () => {
    const { events } = playedUnder(tables.calendar, submit(at(24)), accept(at(25)));
    const imported = events.map((event) => ({
      ...event,
      metadata: { ...event.metadata, correlationId: 'import/log/1' },
    }));
    expect(documents(imported).map(({ armed, application }) => [armed, application])).toEqual([
      [false, null],
      [false, null],
    ]);
  });

  test('follows the present calendar, whatever calendar the events were derived with', () => {
    const present = { ...tables, calendar: calendarOf({ version: 'new', holidays: { '2026-12-01': '假' } }) };
    for (const calendarVersion of [null, 'weekends']) {
      const events = life.events.map((event) => ({
        ...event,
        metadata: { ...event.metadata, calendarVersion },
      }));
      const after = documents(events, present);
      expect(after.map(({ timers }) => timers)).toEqual(
        after.map(({ application }) => timersOf(application ?? { at: 'absent' }, present)),
      );
    }
    expect(timersUnder(present).version).not.toBe(timersUnder(tables).version);
  });

  test('a suspended case waits for the end that was announced', () => {
    const { events } = playedUnder(
      tables.calendar,
      submit(at(24)),
      accept(at(25)),
      assign(at(25)),
      suspend(at(26)),
    );
    expect(documents(events).at(-1)).toMatchObject({
      armed: true,
      timers: [{ name: 'procedure', since: at(26), at: '2026-12-03T16:00:00.000Z' }],
    });
  });

  test('a case of an imported log is kept as a name only, and its steps not at all', () => {
    const { events } = playedUnder(
      tables.calendar,
      submit(at(24), {}, at(28)),
      accept(at(25)),
      step(at(26), 'row-1'),
    );
    const imported = {
      id: ID,
      stream: `application-${ID}`,
      armed: false,
      nextAt: null,
      timers: [],
      dueUnder: null,
      application: null,
      canary: null,
      notices: [],
      to: [],
      noticedAt: null,
    };
    expect(documents(events)).toEqual([imported, imported]);
  });

  test('a damaged case is planned as broken and stays it', () => {
    const [first] = life.events;
    if (first === undefined) throw new Error('no event');
    const [, second, third] = documents([first, first, first]);
    expect(second).toMatchObject({
      armed: true,
      timers: [
        {
          name: 'broken',
          message: `application-${ID}: ApplicationSubmitted a second time`,
          at: first.metadata.recordedAt,
        },
      ],
      application: null,
    });
    expect(third).toEqual(second);
  });
});
