import { type CommandMeta, type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { BETWEEN_DEPARTMENTS, desk, passTo } from '../core/attribution.js';
import { type ApplicationCommand, type FlagIdleHolder } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { isOver } from './application.acts.js';
import { type ApplicationState, type Existing } from './application.state.js';
import { type DisputedEvent } from '../jurisdiction/disputes.events.js';
import { type SignallingDecider } from './signalling.js';

/** Lays an application between departments; sent when a dispute over it is raised, never by a person. */
export interface HoldForDispute {
  readonly type: 'HoldForDispute';
  readonly id: string;
  readonly dispute: string;
  readonly departments: readonly string[];
  readonly reason: string;
  readonly meta: CommandMeta;
}

/** Gives an application to the department that was ruled to be competent; sent when the ruling is made. */
export interface AssignJurisdiction {
  readonly type: 'AssignJurisdiction';
  readonly id: string;
  readonly dispute: string;
  readonly department: string;
  readonly reason: string;
  readonly meta: CommandMeta;
}

export type DisputeCommand = HoldForDispute | AssignJurisdiction;
export type DisputableDecider = Decider<
  ApplicationState,
  ApplicationCommand | FlagIdleHolder | DisputeCommand,
  ApplicationEvent
>;

/** What may be done while a dispute is open: to call for help, and to give up. And time goes on, against the government. */
const MEANWHILE: readonly string[] = [
  'EscalateApplication',
  'WithdrawApplication',
  'FlagIdleHolder',
  'FireTimer',
];

/** A decider that also knows disputes: nothing else is done in a case until it is clear whose it is. */
export function withDisputes(decider: SignallingDecider): DisputableDecider {
  return {
    ...decider,
    decide(state, command) {
      if (command.type === 'HoldForDispute') return hold(existing(state, command), command);
      if (command.type === 'AssignJurisdiction') return assign(existing(state, command), command);
      const events = decider.decide(state, command);
      if (state.at !== 'absent' && !MEANWHILE.includes(command.type)) mustNotBeDisputed(state, null);
      return events;
    },
  };
}

function existing(state: ApplicationState, { id }: DisputeCommand): Existing {
  if (state.at === 'absent')
    throw new RuleViolation('application.not-submitted', { application: id }, 'absent');
  return state;
}

/** @throws RuleViolation while a dispute other than `own` is open. */
function mustNotBeDisputed({ application, dispute }: Existing, own: string | null): void {
  if (dispute === undefined || dispute === own) return;
  throw new RuleViolation('application.in-dispute', { application, dispute }, 'state');
}

function hold(state: Existing, { dispute, departments, reason, meta }: HoldForDispute): DisputedEvent[] {
  mustNotBeDisputed(state, dispute);
  // It was withdrawn meanwhile, or the applicant has it: there is nothing to lay between departments.
  if (isOver(state) || state.holder?.party !== 'department') return [];
  const custody = passTo(state, meta, BETWEEN_DEPARTMENTS);
  const { application, project } = state;
  const data = { application, project, dispute, departments, reason, custody };
  return [{ type: 'ApplicationDisputed', version: 1, data }];
}

function assign(state: Existing, { dispute, department, reason, meta }: AssignJurisdiction): DisputedEvent[] {
  mustNotBeDisputed(state, dispute);
  if (isOver(state)) return [];
  const { application, project } = state;
  return [
    {
      type: 'JurisdictionAssigned',
      version: 1,
      data: {
        application,
        project,
        dispute,
        from: state.department,
        department,
        reason,
        custody: passTo(state, meta, desk(department)),
      },
    },
  ];
}
