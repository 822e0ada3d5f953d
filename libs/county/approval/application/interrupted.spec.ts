import { RuleViolation } from '#libs/engine/event-sourcing';
import { withMeta } from '#libs/engine/event-sourcing-testing';
import { expect, test } from '@jest/globals';
import { type SubmittedApplication } from '../core/facts.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { commands, played, suspended } from '../testing/cases.js';
import { ACTS, clockMustRun, mustNotBeInDispute } from './application.acts.js';
import { type ApplicationCommand } from './application.commands.js';

/**
 * What goes on while a hearing or a test runs (行政许可法 Art. 45): the end of the procedure, what applicants and those who
 * oversee may do at any time, what departments tell each other, and what is written down. It decides and moves nothing.
 */
const WHILE_SUSPENDED = [
  'AnswerConsultation',
  'ApproveSpecialHandling',
  'CloseConsultation',
  'CorrectRecord',
  'DecideIssue',
  'EscalateApplication',
  'FulfilDeficiency',
  'GrantFastTrack',
  'HandInFile',
  'LapseDeficiency',
  'ProposeIssueOption',
  'RaiseIssue',
  'RateService',
  'RecordBackEntry',
  'RecordStep',
  'ResumeClock',
  'ReuseFile',
  'SendDownApplication',
  'WithdrawApplication',
];

/** What does not depend on who is competent: applicants may withdraw and hand in files, and those concerned may escalate. */
const WHILE_DISPUTED = ['EscalateApplication', 'HandInFile', 'ReuseFile', 'WithdrawApplication'];

const { fire: _fire, ...makers } = commands;
const acts = Object.values(makers).map((make): Exclude<BareApplicationCommand, { type: 'FireTimer' }> =>
  make(),
);

/** The acts that a rule lets through, by name; those it refuses are refused with the code. */
function allowed(rule: (command: ApplicationCommand) => void, code: string): readonly string[] {
  const through = acts.filter((command) => {
    try {
      rule(withMeta<ApplicationCommand>(command));
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(RuleViolation);
      expect(error).toMatchObject({ code, kind: 'state' });
      return false;
    }
  });
  return through.map(({ type }) => type).sort();
}

function atWork(state: ReturnType<typeof played>['state']): SubmittedApplication {
  if (state.at === 'absent') throw new Error('it was not submitted');
  return state;
}

test('there is a command of every act', () => {
  expect(acts.map(({ type }) => type).sort()).toEqual(Object.keys(ACTS).sort());
});

test('every act says whether it is allowed while the clock is suspended', () => {
  const state = atWork(played(...suspended).state);
  const found = allowed((command) => clockMustRun(state, command), 'application.suspended');
  expect(found).toEqual(WHILE_SUSPENDED);
});

test('every act says whether it is allowed while departments differ over whose the application is', () => {
  const state = { ...atWork(played(commands.submit(), commands.accept()).state), dispute: 'd1' };
  const found = allowed((command) => mustNotBeInDispute(state, command), 'application.in-dispute');
  expect(found).toEqual(WHILE_DISPUTED);
});
