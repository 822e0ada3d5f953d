import { applicationsUnder } from '#libs/approval';
import { matters, templates } from '#libs/catalogue';
import { type Projection } from '#libs/event-sourcing';
import { type Tables, timersUnder } from '#libs/supervision';
import { auditTrail } from './audit.projection.js';
import { projects } from './project.projection.js';
import { timelines } from './timeline.projection.js';

/** Every read model that the projector keeps, under the calendar and the policies given. */
export function allProjections(tables: Tables): readonly Projection[] {
  return [
    matters,
    templates,
    projects,
    applicationsUnder(tables.calendar),
    timelines,
    auditTrail(),
    timersUnder(tables),
  ];
}
