import { applications } from '#libs/approval';
import { matters, templates } from '#libs/catalogue';
import { type Projection } from '#libs/event-sourcing';
import { auditTrail, POSITIONS_A_POSTING } from './audit.projection.js';
import { projects } from './project.projection.js';
import { timelines } from './timeline.projection.js';

/** Every read model that the projector keeps. `positionsAnEvent`: how far positions of neighbouring events lie apart. */
export function allProjections(positionsAnEvent = 1n): readonly Projection[] {
  return [
    matters,
    templates,
    projects,
    applications,
    timelines,
    auditTrail(POSITIONS_A_POSTING * positionsAnEvent),
  ];
}
