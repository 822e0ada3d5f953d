import { type CommandMeta, type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { desk, passTo, reviewing } from '../core/attribution.js';
import { type ApplicationEvent, type Holder } from './application.events.js';
import { type ApplicationState, type Existing } from './application.state.js';
import { afterSuccession, openConsultation } from '../consultation/consultation.state.js';
import { type DisputableDecider } from './disputing.js';
import { type ApplicationTakenOver } from '../jurisdiction/succession.events.js';

/** Gives an application to the successor of a department; sent by the follow-up of a reform, never by a person. */
export interface TakeOverApplication {
  readonly type: 'TakeOverApplication';
  readonly id: string;
  readonly from: string;
  readonly department: string;
  readonly meta: CommandMeta;
}

type DisputableCommand = Parameters<DisputableDecider['decide']>[1];
export type SucceedingDecider = Decider<
  ApplicationState,
  DisputableCommand | TakeOverApplication,
  ApplicationEvent
>;

const FOLLOW_UP = { person: 'succession-follow-up', post: null, department: null, role: 'system' } as const;

/** The id of that command: one for an application as it stood at a revision. */
export const takeOverId = (application: string, from: string, revision: string): string =>
  `succession/${application}/${from}/${revision}`;

/**
 * The command by which a successor takes over an application as it stood at a revision: whoever sends it, at once or
 * twice, it is done once. `at`: the ISO instant from which on the time is the successor's, but for what was done since.
 */
export function takingOver(
  { application, from, department }: Omit<ApplicationTakenOver['data'], 'project' | 'custody'>,
  { revision, at, now }: { readonly revision: string; readonly at: string; readonly now: string },
): TakeOverApplication {
  return {
    type: 'TakeOverApplication',
    id: application,
    from,
    department,
    meta: {
      commandId: takeOverId(application, from, revision),
      actor: FOLLOW_UP,
      onBehalfOf: null,
      occurredAt: at,
      now,
      correlationId: `succession/${from}`,
      causationId: null,
      traceparent: null,
      expectedRevision: null,
    },
  };
}

/** A decider that also knows reforms: an application goes with its department's business, at whatever stage it is. */
export function withSuccession(decider: DisputableDecider): SucceedingDecider {
  return {
    ...decider,
    decide(state, command) {
      if (command.type !== 'TakeOverApplication') return decider.decide(state, command);
      if (state.at === 'absent')
        throw new RuleViolation('application.not-submitted', { application: command.id }, 'absent');
      return takeOver(state, command);
    },
  };
}

function takeOver(state: Existing, { from, department, meta }: TakeOverApplication): ApplicationTakenOver[] {
  if (!concerns(state, from)) return [];
  const { application, project } = state;
  const holder = heir(state, from, department);
  const custody = holder === state.holder ? { ended: null, holder } : passTo(state, meta, holder);
  return [
    { type: 'ApplicationTakenOver', version: 1, data: { application, project, from, department, custody } },
  ];
}

/** Whether a department has anything to do with an application: it is its own, or it was asked for an opinion. */
function concerns({ department, consultation }: Existing, from: string): boolean {
  return department === from || consultation?.asked.includes(from) === true;
}

/** The desk of the successor where it was the department's turn; persons are named anew. */
function heir(state: Existing, from: string, department: string): Holder | null {
  const { holder, consultation, dispute } = state;
  if (holder?.department === from) {
    return holder.party === 'department' ? desk(department) : { ...holder, department };
  }
  const waits = openConsultation(state) !== null && dispute === undefined;
  if (holder?.party !== 'inter-department' || consultation === undefined || !waits) return holder;
  // The last opinion that was awaited may be the lead's own now.
  const after = afterSuccession(consultation, state.department, { from, department });
  if (openConsultation({ consultation: after }) !== null) return holder;
  return state.department === from ? desk(department) : reviewing(state);
}
