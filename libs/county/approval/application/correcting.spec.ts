import { type Actor } from '#libs/engine/event-sourcing';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Holder } from '../core/holder.js';
import { isAccepted } from '../jurisdiction/applicant-correction.acts.js';
import { type CorrectApplicationApplicant } from '../jurisdiction/applicant-correction.commands.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { byApplicant, CASE, commands, decider, desk, ID, NOW, played, window } from '../testing/cases.js';
import { type ApplicationEvent } from './application.events.js';

const spec = deciderSpec(decider);

const correct = (applicant = 'true-applicant', by: Actor = window) => ({
  type: 'CorrectApplicationApplicant' as const satisfies CorrectApplicationApplicant['type'],
  id: ID,
  applicant,
  meta: { actor: by },
});

const corrected = (holder: Holder | null): ApplicationEvent => ({
  type: 'ApplicationApplicantCorrected',
  version: 1,
  data: {
    ...CASE,
    from: 'demo-applicant',
    applicant: 'true-applicant',
    custody: { ended: null, holder },
  },
});

describe('D10 submitted applications follow a correction of the project’s applicant', () => {
  test('the department that holds it goes on holding it', () => {
    const { events } = played(commands.submit());
    spec
      .given(...events)
      .when(correct())
      .then(corrected(desk));
    expect(spec.given(...events, corrected(desk)).state).toEqual(
      expect.objectContaining({ at: 'submitted', applicant: 'true-applicant', holder: desk, since: NOW }),
    );
  });

  test('the turn of the wrong applicant is that of the right one', () => {
    const { events } = played(commands.submit(), commands.requestSupplement());
    spec
      .given(...events)
      .when(correct())
      .then(corrected({ ...byApplicant, person: 'true-applicant' }));
  });

  test('a second time adds nothing, and matters that were not submitted are unchanged', () => {
    const { events } = played(commands.submit());
    spec
      .given(...events)
      .when(correct('demo-applicant'))
      .nothing();
    spec.given().when(correct()).refused('application.not-submitted', { application: ID }, null, 'absent');
  });

  test('an application counts as accepted once an organ accepted it, whatever happened afterwards', () => {
    const after = (...acts: readonly BareApplicationCommand[]) => {
      const { state } = spec.given(...played(...acts).events);
      return state.at === 'absent' ? null : isAccepted(state);
    };
    expect([
      after(commands.submit()),
      after(commands.submit(), commands.requestSupplement()),
      after(commands.submit(), commands.withdraw()),
      after(commands.submit(), commands.refuseAcceptance()),
      after(commands.submit(), commands.accept()),
      after(commands.submit(), commands.accept(), commands.withdraw()),
    ]).toEqual([false, false, false, false, true, true]);
  });
});
