import { type ProjectionDefinition } from '#libs/engine/event-sourcing';
import { type HandoverEvent } from '../handling/handover.events.js';
import { custodyFields } from './application.custody.js';
import { type ApplicationDocument } from './application.document.js';

/** What changes in an application's document when a person leaves the department, or all that they have goes to another. */
export const HANDOVER_UPDATES: Required<ProjectionDefinition<ApplicationDocument, HandoverEvent>['update']> =
  {
    ApplicationUnassigned: (document, event) => {
      const { person } = event.data;
      const reviewer = document.reviewer === person ? null : document.reviewer;
      return { ...document, ...custodyFields(document, event), reviewer, leftBy: person };
    },
    ApplicationReassigned: ({ leftBy: _, ...document }, event) => {
      const { from, to } = event.data;
      const reviews = document.reviewer === null ? document.stage === 'accepted' : document.reviewer === from;
      return {
        ...document,
        ...custodyFields(document, event),
        reviewer: reviews ? to.person : document.reviewer,
      };
    },
  };
