import { dayOf } from '#libs/law/calendar';
import { decideBy, type Decider, defined, impossible } from '#libs/engine/event-sourcing';
import { mustBeADay, mustKnowDepartment, violation } from './account.rules.js';
import {
  type DepartmentCommand,
  type EstablishDepartment,
  type ReassignmentFacts,
  type ReassignWork,
  type SucceedDepartment,
  type SuccessionFacts,
} from './department.commands.js';
import { type DepartmentEvent, type UnitKind } from './department.events.js';

export type DepartmentState =
  | { readonly at: 'nothing' }
  | {
      readonly at: 'established';
      readonly department: string;
      readonly name: string;
      readonly nameEn: string | null;
      readonly region: string;
      readonly kind?: UnitKind;
      /** Who takes over, from which legal day on (YYYY-MM-DD); null if there is no successor. */
      readonly succession: { readonly successor: string; readonly from: string } | null;
    };

/** The same content again is nothing to do, so that a catalogue of departments may be loaded twice. */
function establish(state: DepartmentState, command: EstablishDepartment): DepartmentEvent[] {
  const department = command.id;
  const { name, region, kind } = command;
  const nameEn = command.nameEn ?? null;
  if (state.at === 'established') {
    const same =
      state.name === name && state.nameEn === nameEn && state.region === region && state.kind === kind;
    if (same) return [];
    throw violation('department.exists', { department }, 'state');
  }
  const data = { department, name, nameEn, region, ...defined({ kind }) };
  return [{ type: 'DepartmentEstablished', version: 1, data }];
}

function succeed(
  state: DepartmentState,
  command: SucceedDepartment,
  { successorKnown, takenOverBy }: SuccessionFacts,
): DepartmentEvent[] {
  const department = command.id;
  const { successor, reason } = command;
  if (state.at === 'nothing') throw violation('department.unknown', { department }, 'absent');
  if (state.succession !== null) {
    throw violation('department.succeeded', { department, successor: state.succession.successor }, 'state');
  }
  if (successor === department) throw violation('department.succeeds-itself', {}, 'input');
  mustKnowDepartment(successorKnown, successor);
  // Only one that stands takes over, so that no line of successors ever runs in a circle.
  if (takenOverBy !== null) {
    throw violation('department.succeeded', { department: successor, successor: takenOverBy }, 'input');
  }
  const from = mustBeADay('from', command.from ?? dayOf(command.meta.now));
  return [{ type: 'DepartmentSucceeded', version: 1, data: { department, successor, from, reason } }];
}

/** The command is addressed to the person; the department is the head's own. */
function reassign(
  state: DepartmentState,
  { id: from, person, post, reason, meta }: ReassignWork,
  { applications }: ReassignmentFacts,
): DepartmentEvent[] {
  const department = meta.actor.department ?? '';
  if (state.at === 'nothing') throw violation('department.unknown', { department }, 'absent');
  if (person === from) throw violation('department.reassigned-to-the-same', { person }, 'input');
  if (applications.length === 0) {
    throw violation('department.nothing-to-reassign', { department, person: from }, 'absent');
  }
  const data = { department, from, to: { post: post ?? null, person }, reason, applications };
  return [{ type: 'WorkReassigned', version: 1, data }];
}

export const departmentDecider: Decider<DepartmentState, DepartmentCommand, DepartmentEvent> = {
  initial: { at: 'nothing' },

  decide: decideBy({ EstablishDepartment: establish, SucceedDepartment: succeed, ReassignWork: reassign }),

  evolve(state, event) {
    switch (event.type) {
      case 'DepartmentEstablished':
        return { at: 'established', ...event.data, succession: null };
      case 'DepartmentSucceeded':
        if (state.at === 'nothing') throw new Error('a department’s first event is DepartmentEstablished');
        return { ...state, succession: { successor: event.data.successor, from: event.data.from } };
      case 'WorkReassigned':
        return state;
      default:
        return impossible(event);
    }
  },
};
