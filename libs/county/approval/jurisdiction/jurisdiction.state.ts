import { consultationAfterSuccession, type WithConsultation } from '../consultation/consultation.state.js';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withCustody } from '../core/fold.js';
import { type ApplicationApplicantCorrected } from './applicant-correction.events.js';
import { type DisputedEvent } from './disputes.events.js';
import { type ApplicationTakenOver } from './succession.events.js';

export type JurisdictionEvent = DisputedEvent | ApplicationTakenOver | ApplicationApplicantCorrected;

export const JURISDICTION_FOLD: Fold<JurisdictionEvent, SubmittedApplication & WithConsultation> = {
  ApplicationDisputed: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    dispute: event.data.dispute,
  }),
  JurisdictionAssigned: (state, event) => {
    const { department } = event.data;
    const { dispute: _, ...settled } = state;
    const reviewer = department === state.department ? state.reviewer : null;
    return { ...settled, ...withCustody(state, event), department, reviewer };
  },
  ApplicationTakenOver: (state, event) => {
    const { from, department } = event.data;
    const { consultation, receivedBy } = state;
    return {
      ...state,
      ...withCustody(state, event),
      ...(state.department === from ? { department, reviewer: null } : {}),
      ...(receivedBy && { receivedBy: receivedBy.map((one) => (one === from ? department : one)) }),
      ...(consultation && {
        consultation: consultationAfterSuccession(consultation, state.department, event.data),
      }),
    };
  },
  ApplicationApplicantCorrected: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    applicant: event.data.applicant,
  }),
};
