import { dayOf } from '#libs/law/calendar';
import { type Recorded, type Tally, type TallyDocument } from '#libs/engine/event-sourcing';
import { type ApplicationEvent } from '../application/application.events.js';
import { type ApplicationDocument } from './application.document.js';
import { onDay } from './on-day.js';
import { deskLines, type WorkLabels } from './work-lines.js';

/**
 * Quality of service of one department, post or person in one region and month (`period`, YYYY-MM). Counters, each with
 * its legal day behind it (`rated@07`): `examined` (applications whose materials it was the first to answer), and of these
 * `firstPass` (accepted) and `noticed` (asked for more); `rated` (ratings of its acts) and `stars` (their sum).
 */
export type ServiceDocument = TallyDocument & WorkLabels & { readonly department: string };

type Desk = { readonly department: string | null; readonly post: string | null; readonly person: string };

type Service = {
  readonly desk: Desk;
  readonly counters: readonly (readonly [counter: string, by: number])[];
};

/** A first answer to the materials of an application: what follows a notice is not one. */
function firstAnswer(
  { supplementRounds }: ApplicationDocument,
  { actor }: Recorded<ApplicationEvent>['metadata'],
  came: 'firstPass' | 'noticed' | null,
): Service | null {
  if (supplementRounds > (came === 'noticed' ? 1 : 0)) return null;
  return { desk: actor, counters: [['examined', 1], ...(came === null ? [] : ([[came, 1]] as const))] };
}

/** What a first answer to the materials was: null = neither acceptance nor notice, undefined = no answer at all. */
function cameOf(type: ApplicationEvent['type']): 'firstPass' | 'noticed' | null | undefined {
  if (type === 'ApplicationAccepted') return 'firstPass';
  if (type === 'SupplementRequested') return 'noticed';
  return type === 'AcceptanceRefused' ? null : undefined;
}

function serviceOf(after: ApplicationDocument, event: Recorded<ApplicationEvent>): Service | null {
  const came = cameOf(event.type);
  if (came !== undefined) return firstAnswer(after, event.metadata, came);
  if (event.type !== 'ServiceRated') return null;
  const { stars } = event.data;
  return {
    desk: event.data,
    counters: [
      ['rated', 1],
      ['stars', stars],
    ],
  };
}

/** Adds when materials get their first answer and when an act is rated; not otherwise. */
export const serviceTally: Tally<ApplicationDocument, ServiceDocument> = {
  model: 'service',
  indexes: {
    period: { equals: ['level', 'period'], range: 'region' },
    department: { equals: ['level', 'department'], range: 'period' },
  },
  contributions(_, after, event) {
    const service = serviceOf(after, event as Recorded<ApplicationEvent>);
    if (service === null || service.desk.department === null) return [];
    const day = dayOf(event.metadata.occurredAt);
    const lines = deskLines(after.region, service.desk).in(day.slice(0, 7));
    if (lines.length === 0) return [];
    const add = service.counters.map(([counter, by]) => [onDay(counter, day), by] as const);
    return [{ lines, add }];
  },
};
