import { applicationFiles, APPROVAL_UPCASTERS, applicationsUnder } from '#libs/county/approval';
import { bulletins } from '#libs/county/bulletin';
import { plans, pledges } from '#libs/county/campaign';
import { challenges, matters, templates } from '#libs/law/catalogue';
import { mandates } from '#libs/county/agency';
import { disputes, sessions } from '#libs/county/coordination';
import { DUTY_UPCASTERS, rosters } from '#libs/county/duty';
import { type Projection, Upcasters, usedKeys } from '#libs/engine/event-sourcing';
import { accounts, departments, organisations } from '#libs/county/identity';
import { improvements } from '#libs/county/improvement';
import { PROJECT_UPCASTERS } from '#libs/county/project';
import { requests } from '#libs/county/requests';
import { selfInspections } from '#libs/county/self-inspection';
import { type Tables, timersUnder } from '#libs/county/supervision';
import { imports } from '#libs/shell/log-import/read-model';
import { auditTrail, POSITIONS_A_POSTING, projects, search, signals, stalls, timelines } from '#libs/reports';

/**
 * Every read model that the projector keeps, under the calendar and the policies given. `positionsAnEvent`: how far
 * positions of neighbouring events lie apart.
 */
export function allProjections(tables: Tables, positionsAnEvent = 1n): readonly Projection[] {
  return [
    departments,
    organisations,
    accounts,
    matters,
    templates,
    challenges,
    improvements,
    projects,
    applicationsUnder(tables.calendar),
    applicationFiles,
    timelines,
    stalls,
    signals,
    disputes,
    mandates,
    rosters,
    pledges,
    plans,
    bulletins,
    sessions,
    selfInspections,
    requests,
    imports,
    search,
    auditTrail(POSITIONS_A_POSTING * positionsAnEvent),
    timersUnder(tables),
    usedKeys,
  ];
}

/** How events of older versions are read, those of every area. */
export function allUpcasters(): Upcasters {
  return new Upcasters([...PROJECT_UPCASTERS, ...APPROVAL_UPCASTERS, ...DUTY_UPCASTERS]);
}
