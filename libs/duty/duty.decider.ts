import { dayOf } from '#libs/calendar';
import { type Decider, impossible } from '#libs/event-sourcing';
import { type AssignDuty, type DutyCommand } from './duty.commands.js';
import { type DutyAssigned, type DutyEvent, type Responsible } from './duty.events.js';
import {
  headMustBeCompetent,
  matterMustBeInForce,
  mustBeADay,
  personMustHoldAPost,
  refuse,
} from './duty.rules.js';

/** From `from` (legal day) until the day before the next one. */
export type Assignment = Responsible & { readonly from: string };

/** Who has answered for one matter, in order of their first days. */
export type DutyState = { readonly assignments: readonly Assignment[] };

/** The first legal day that a command means. */
export const firstDayOf = ({ from, meta }: AssignDuty): string => from ?? dayOf(meta.occurredAt);

/** Who answers for the matter on a legal day: exactly one from the first assignment on, null before. */
export function responsibleOn({ assignments }: DutyState, day: string): Assignment | null {
  return assignments.findLast(({ from }) => from <= day) ?? null;
}

const isSame = (a: Responsible, b: Responsible): boolean =>
  a.person === b.person && a.post === b.post && a.department === b.department;

function assign({ assignments }: DutyState, command: AssignDuty): DutyAssigned[] {
  const department = matterMustBeInForce(command);
  headMustBeCompetent(command, department);
  const from = mustBeADay('from', firstDayOf(command));
  const held = personMustHoldAPost(command, from, department);
  const responsible: Responsible = { department: held.department, post: held.post, person: command.person };
  const latest = assignments.at(-1) ?? null;
  if (latest !== null && isSame(latest, responsible)) return [];
  const matter = command.id;
  if (latest !== null && from <= latest.from) {
    return refuse('duty.not-after', { matter, latest: latest.from, from }, 'state');
  }
  const previous = latest && { department: latest.department, post: latest.post, person: latest.person };
  return [
    {
      type: 'DutyAssigned',
      version: 1,
      data: { matter, ...responsible, from, reason: command.reason ?? null, previous },
    },
  ];
}

/** Who answers for one matter, day by day. */
export const dutyDecider: Decider<DutyState, DutyCommand, DutyEvent> = {
  initial: { assignments: [] },
  decide: (state, command) => assign(state, command),
  evolve({ assignments }, event) {
    switch (event.type) {
      case 'DutyAssigned': {
        const { department, post, person, from } = event.data;
        return { assignments: [...assignments, { department, post, person, from }] };
      }
      default:
        return impossible(event.type);
    }
  },
};
