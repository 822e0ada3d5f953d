import { afterSuccession, type WithConsultation } from '../consultation/consultation.state.js';
import { type Existing } from '../core/facts.js';
import { type Fold, passed } from '../core/fold.js';
import { type ApplicationApplicantCorrected } from './applicant-correction.events.js';
import { type DisputedEvent } from './disputes.events.js';
import { type ApplicationTakenOver } from './succession.events.js';

export type JurisdictionEvent = DisputedEvent | ApplicationTakenOver | ApplicationApplicantCorrected;

export const JURISDICTION_FOLD: Fold<JurisdictionEvent, Existing & WithConsultation> = {
  ApplicationDisputed: (state, event) => ({
    ...state,
    ...passed(state, event),
    dispute: event.data.dispute,
  }),
  JurisdictionAssigned: (state, event) => {
    const { department } = event.data;
    const { dispute: _, ...settled } = state;
    const reviewer = department === state.department ? state.reviewer : null;
    return { ...settled, ...passed(state, event), department, reviewer };
  },
  ApplicationTakenOver: (state, event) => {
    const { from, department } = event.data;
    const { consultation } = state;
    return {
      ...state,
      ...passed(state, event),
      ...(state.department === from ? { department, reviewer: null } : {}),
      ...(consultation && { consultation: afterSuccession(consultation, state.department, event.data) }),
    };
  },
  ApplicationApplicantCorrected: (state, event) => ({
    ...state,
    ...passed(state, event),
    applicant: event.data.applicant,
  }),
};
