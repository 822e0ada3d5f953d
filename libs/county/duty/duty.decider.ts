import { dayOf } from '#libs/law/calendar';
import { type Decider, impossible } from '#libs/engine/event-sourcing';
import { type AssignDuty, type DutyCommand, type DutyFacts, type HeldPost } from './duty.commands.js';
import {
  DUTY_PARTS,
  type DutyAssigned,
  type DutyEvent,
  type DutyPart,
  type Responsibility,
  type Responsible,
} from './duty.events.js';
import {
  coMustNotLead,
  departmentsMustStand,
  headMustBeCompetent,
  leaderMustHoldAPost,
  leadMustDecide,
  matterMustBeInForce,
  mustBeADay,
  personMustHoldAPost,
  refuse,
} from './duty.rules.js';

/** From `from` (legal day) until the day before the next one. */
export type Assignment = Responsible & Responsibility & { readonly from: string };

/** Who has been responsible for one matter, in order of their first days. */
export type DutyState = { readonly assignments: readonly Assignment[] };

/** The first legal day that a command means. */
export const firstDayOf = ({ from, meta }: AssignDuty): string => from ?? dayOf(meta.occurredAt);

/** Who is responsible for the matter on a legal day: exactly one from the first assignment on, null before. */
export function responsibleOn({ assignments }: DutyState, day: string): Assignment | null {
  return assignments.findLast(({ from }) => from <= day) ?? null;
}

const sameResponsible = (a: Responsible | null, b: Responsible | null): boolean =>
  a?.person === b?.person && a?.post === b?.post && a?.department === b?.department;

const isSame: { readonly [Part in DutyPart]: (a: Assignment, b: Assignment) => boolean } = {
  person: sameResponsible,
  lead: (a, b) => a.lead === b.lead,
  co: (a, b) => a.co.join() === b.co.join(),
  principal: (a, b) => sameResponsible(a.principal, b.principal),
  deputy: (a, b) => sameResponsible(a.deputy, b.deputy),
};

/** What the first assignment hands over: all that it names. */
const isNamed: { readonly [Part in DutyPart]: (a: Assignment) => boolean } = {
  person: () => true,
  lead: () => true,
  co: ({ co }) => co.length > 0,
  principal: ({ principal }) => principal !== null,
  deputy: ({ deputy }) => deputy !== null,
};

function changedParts(before: Assignment | null, after: Assignment): readonly DutyPart[] {
  return DUTY_PARTS.filter((part) => (before === null ? isNamed[part](after) : !isSame[part](before, after)));
}

/** A leader as the command says; as before where it says nothing. */
function leader(
  person: string | null | undefined,
  held: HeldPost | null,
  before: Responsible | null | undefined,
  day: string,
): Responsible | null {
  if (person === undefined) return before ?? null;
  return person === null ? null : leaderMustHoldAPost(person, held, day);
}

function assign({ assignments }: DutyState, command: AssignDuty, facts: DutyFacts): DutyAssigned[] {
  const matter = command.id;
  const department = matterMustBeInForce(command, facts);
  headMustBeCompetent(command, department);
  const from = mustBeADay('from', firstDayOf(command));
  const held = personMustHoldAPost(command, facts, from, department);
  departmentsMustStand(facts);
  const latest = assignments.at(-1) ?? null;
  const lead = leadMustDecide(command, department, held, latest?.lead ?? null);
  const { principal, deputy } = command;
  const { principalHeld, deputyHeld } = facts;
  const assignment: Assignment = {
    department: held.department,
    post: held.post,
    person: command.person,
    lead,
    co: coMustNotLead(command.co === undefined ? (latest?.co ?? []) : (command.co ?? []), lead),
    principal: leader(principal, principalHeld, latest?.principal, from),
    deputy: leader(deputy, deputyHeld, latest?.deputy, from),
    from,
  };
  const changed = changedParts(latest, assignment);
  if (changed.length === 0) return [];
  if (latest !== null && from <= latest.from) {
    return refuse('duty.not-after', { matter, latest: latest.from, from }, 'state');
  }
  const previous = latest && { department: latest.department, post: latest.post, person: latest.person };
  const data = { matter, ...assignment, reason: command.reason ?? null, previous, changed };
  return [{ type: 'DutyAssigned', version: 2, data }];
}

/** Who is responsible for one matter, day by day. */
export const dutyDecider: Decider<DutyState, DutyCommand, DutyEvent> = {
  initial: { assignments: [] },
  decide: assign,
  evolve({ assignments }, event) {
    switch (event.type) {
      case 'DutyAssigned': {
        const { department, post, person, lead, co, principal, deputy, from } = event.data;
        const assignment = { department, post, person, lead, co, principal, deputy, from };
        return { assignments: [...assignments, assignment] };
      }
      default:
        return impossible(event.type);
    }
  },
};
