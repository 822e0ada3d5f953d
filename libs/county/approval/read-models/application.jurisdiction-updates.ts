import { type ProjectionDefinition } from '#libs/engine/event-sourcing';
import { consultationAfterSuccession, openConsultation } from '../consultation/consultation.state.js';
import { type ApplicationApplicantCorrected } from '../jurisdiction/applicant-correction.events.js';
import { type DisputedEvent } from '../jurisdiction/disputes.events.js';
import { type ApplicationTakenOver } from '../jurisdiction/succession.events.js';
import { custodyFields } from './application.custody.js';
import { type ApplicationDocument } from './application.document.js';

type Event = DisputedEvent | ApplicationTakenOver | ApplicationApplicantCorrected;

/**
 * What changes in an application's document when it is not clear, or no longer the same, whose it is: which office's, or which
 * applicant's.
 */
export const JURISDICTION_UPDATES: Required<ProjectionDefinition<ApplicationDocument, Event>['update']> = {
  ApplicationDisputed: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    dispute: event.data.dispute,
  }),
  JurisdictionAssigned: (document, event) => {
    const { department } = event.data;
    const { dispute: _, ...settled } = document;
    return {
      ...settled,
      ...custodyFields(document, event, department),
      department,
      reviewer: department === document.department ? document.reviewer : null,
    };
  },
  ApplicationApplicantCorrected: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    applicant: event.data.applicant,
  }),
  // What ended before stays with the department that ended it; opinions still owed pass to the successor anyway.
  ApplicationTakenOver: (document, event) => {
    const moves = document.open && document.department === event.data.from;
    const department = moves ? event.data.department : document.department;
    const { consultation: before } = document;
    const consultation = before && {
      ...before,
      ...consultationAfterSuccession(before, document.department, event.data),
    };
    return {
      ...document,
      ...custodyFields(document, event, department),
      ...(moves ? { department, reviewer: null } : {}),
      ...(consultation && {
        consultation,
        awaiting: document.open ? (openConsultation({ consultation })?.outstanding ?? []) : [],
      }),
    };
  },
};
