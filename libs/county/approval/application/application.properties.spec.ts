import { type Document, type Recorded } from '#libs/engine/event-sourcing';
import { foldEvents, playCommands } from '#libs/engine/event-sourcing-testing';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { presentDue } from '../clock/due.js';
import { type Held } from '../core/holder.js';
import { changesDueDates } from '../intake/intake.state.js';
import { type ApplicationDocument } from '../read-models/application.document.js';
import { applicationsUnder } from '../read-models/application.projection.js';
import { calendar, decider, unfilled } from '../testing/cases.js';
import { sequence } from '../testing/random-commands.js';
import { type ApplicationEvent } from './application.events.js';
import { APPROVAL_MESSAGES } from './application.messages.js';

test('decide throws nothing but RuleViolation with a known code, and evolve folds every event decided', () => {
  fc.assert(
    fc.property(sequence, (given) => {
      const { state, events, refusals } = playCommands(decider, given);
      expect(foldEvents(decider, events)).toStrictEqual(state);
      expect(refusals.filter(({ code }) => !Object.hasOwn(APPROVAL_MESSAGES, code))).toEqual([]);
      expect(refusals.flatMap(unfilled)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('an event holds JSON and nothing else', () => {
  fc.assert(
    fc.property(sequence, (given) => {
      const data = playCommands(decider, given).events.map((event) => event.data);
      expect(JSON.parse(JSON.stringify(data))).toStrictEqual(data);
    }),
  );
});

const ended = ({ data }: ApplicationEvent): Held[] =>
  'custody' in data && data.custody.ended !== null ? [data.custody.ended] : [];

test('stretches follow each other without gap or overlap, from the submission on', () => {
  fc.assert(
    fc.property(sequence, (given) => {
      const { state, events } = playCommands(decider, given);
      const stretches = events.flatMap((event) => ended(event));
      const submittedAt = events[0]?.metadata.occurredAt;
      expect(stretches.map(({ from }) => from)).toEqual(
        [submittedAt, ...stretches.map(({ to }) => to)].slice(0, stretches.length),
      );
      expect(stretches.filter(({ from, to }) => from > to)).toEqual([]);
      if (state.at !== 'absent') expect(state.since).toBe(stretches.at(-1)?.to ?? submittedAt);
    }),
  );
});

/**
 * A notice and its answer change a term from receipt but carry no due dates (ADR 17): until an event does, due dates are
 * derived.
 */
const isTold = (events: readonly Recorded<ApplicationEvent>[]): boolean =>
  events.findLastIndex(changesDueDates) <= events.findLastIndex(({ data }) => 'due' in data);

test('the due dates an event carries are those of the ledger, in the state and in the document', () => {
  const applications = applicationsUnder(calendar);
  fc.assert(
    fc.property(sequence, (given) => {
      const { state, events } = playCommands(decider, given);
      if (state.at === 'absent') return;
      const due = presentDue(calendar, state);
      if (isTold(events)) expect(state.due).toEqual(due);
      const document = events.reduce<Document | null>(
        (before, event) => applications.fold(before, event, state.application),
        null,
      ) as ApplicationDocument & Document;
      const { suspensions, extensions } = state.clock;
      // A step over its limit turns the lamp yellow before the term does.
      const yellow = document.stepOverrun === null ? due.yellow : document.due.yellow;
      expect(document).toMatchObject({
        due: { ...due, yellow },
        suspensions,
        extensions,
        stage: state.at,
      });
      expect(document.holder).toEqual(state.holder);
    }),
    { numRuns: 300 },
  );
});
