import { addWorkingDays, dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import {
  type DisputeCommand,
  type DisputeFacts,
  type LapseDisputeEffect,
  type RaiseJurisdictionDispute,
  type RuleJurisdiction,
  type TakeJurisdictionPosition,
} from './dispute.commands.js';
import { type DisputeEvent, type DisputeState } from './dispute.events.js';
import * as rules from './dispute.rules.js';

export interface DisputeTables {
  readonly calendar: WorkingCalendar;
  readonly rulingWorkingDays: number;
}

type Open = Extract<DisputeState, { at: 'open' }>;

function raise(
  { calendar, rulingWorkingDays }: DisputeTables,
  command: RaiseJurisdictionDispute,
  facts: DisputeFacts,
): DisputeEvent {
  const { id: dispute, application, departments, reason, meta } = command;
  const { department, project, matter } = rules.applicationMustBeDisputable(command, facts);
  const raisedBy = rules.mustBeAParty(dispute, [department], meta);
  rules.departmentsMustExist(facts.unknown);
  const others = rules.othersMustBeNamed(dispute, departments, department);
  const lastDay = addWorkingDays(calendar, dayOf(meta.now), rulingWorkingDays);
  return {
    type: 'JurisdictionDisputeRaised',
    version: 1,
    data: {
      dispute,
      application,
      project,
      matter,
      departments: [department, ...others],
      raisedBy,
      reason,
      rulingDueAt: endOfDay(lastDay),
    },
  };
}

function takePosition({ raised, positions }: Open, command: TakeJurisdictionPosition): DisputeEvent[] {
  const { stance, reason, article = null, meta } = command;
  const { dispute } = raised;
  const department = rules.mustBeAParty(dispute, raised.departments, meta);
  const before = Object.hasOwn(positions, department) ? positions[department] : undefined;
  if (before?.stance === stance && before.reason === reason) return [];
  return [
    {
      type: 'JurisdictionPositionTaken',
      version: 1,
      data: { dispute, department, stance, reason, article },
    },
  ];
}

function rule({ raised }: Open, command: RuleJurisdiction): DisputeEvent {
  const { department, reason, article = null, catalogueNote, meta } = command;
  const { dispute, application, project, matter, departments, rulingDueAt } = raised;
  rules.judgeMustNotBeAParty(dispute, departments, meta);
  rules.rulingMustChooseAParty(dispute, departments, department);
  const late = meta.now > rulingDueAt;
  return {
    type: 'JurisdictionRuled',
    version: 1,
    data: { dispute, application, project, matter, department, reason, article, catalogueNote, late },
  };
}

function lapse(
  { raised }: Exclude<DisputeState, { at: 'absent' }>,
  { effect }: LapseDisputeEffect,
): DisputeEvent {
  const { dispute, application, project } = raised;
  return { type: 'DisputeEffectLapsed', version: 1, data: { dispute, application, project, effect } };
}

/** The rules of one dispute: raised by the deciding department, answered by each party, ruled on by a person of none of them. */
export function disputeDecider(tables: DisputeTables): Decider<DisputeState, DisputeCommand, DisputeEvent> {
  return {
    initial: { at: 'absent' },
    decide: decideBy({
      RaiseJurisdictionDispute(state, command, facts) {
        rules.mustBeNew(state, command.id);
        return [raise(tables, command, facts)];
      },
      LapseDisputeEffect: (state, command) => [lapse(rules.mustBeRaised(state, command.id), command)],
      TakeJurisdictionPosition: (state, command) =>
        takePosition(rules.mustBeOpen(state, command.id), command),
      RuleJurisdiction: (state, command) => [rule(rules.mustBeOpen(state, command.id), command)],
    }),
    evolve(state, event) {
      if (event.type === 'JurisdictionDisputeRaised') {
        if (state.at !== 'absent') throw new Error(`${event.stream}: ${event.type} a second time`);
        return { at: 'open', raised: event.data, positions: {} };
      }
      if (event.type === 'DisputeEffectLapsed' && state.at !== 'absent') return state;
      if (state.at !== 'open') throw new Error(`${event.stream}: ${event.type} while it is ${state.at}`);
      switch (event.type) {
        case 'JurisdictionPositionTaken': {
          const { department, stance, reason } = event.data;
          return { ...state, positions: { ...state.positions, [department]: { stance, reason } } };
        }
        case 'JurisdictionRuled':
          return { at: 'ruled', raised: state.raised, department: event.data.department };
        case 'DisputeEffectLapsed':
          return state;
        default:
          return impossible(event);
      }
    },
  };
}
