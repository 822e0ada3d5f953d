import { applications } from '#libs/approval';
import { matters, templates } from '#libs/catalogue';
import { disputes, mandates } from '#libs/coordination';
import { type Projection } from '#libs/event-sourcing';
import { auditTrail } from './audit.projection.js';
import { projects } from './project.projection.js';
import { signals } from './signal.projection.js';
import { stalls } from './stall.projection.js';
import { timelines } from './timeline.projection.js';

/** Every read model that the projector keeps. */
export function allProjections(): readonly Projection[] {
  return [
    matters,
    templates,
    projects,
    applications,
    timelines,
    stalls,
    signals,
    disputes,
    mandates,
    auditTrail(),
  ];
}
