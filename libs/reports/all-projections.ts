import { APPROVAL_UPCASTERS, applications } from '#libs/approval';
import { challenges, matters, templates } from '#libs/catalogue';
import { disputes, mandates } from '#libs/coordination';
import { type Projection, Upcasters } from '#libs/event-sourcing';
import { departments } from '#libs/identity';
import { PROJECT_UPCASTERS } from '#libs/project';
import { auditTrail } from './audit.projection.js';
import { projects } from './project.projection.js';
import { signals } from './signal.projection.js';
import { stalls } from './stall.projection.js';
import { timelines } from './timeline.projection.js';

/** Every read model that the projector keeps. */
export function allProjections(): readonly Projection[] {
  return [
    departments,
    matters,
    templates,
    challenges,
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

/** How events of older versions are read, those of every area. */
export function allUpcasters(): Upcasters {
  return new Upcasters([...PROJECT_UPCASTERS, ...APPROVAL_UPCASTERS]);
}
