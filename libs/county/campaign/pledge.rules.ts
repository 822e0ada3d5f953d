import { type CommandMeta } from '#libs/engine/event-sourcing';
import { refuse, todayOf } from './campaign.refusal.js';
import { type Indicator, type PledgeMade, type PledgeState } from './pledge.events.js';
import { type FoundProof } from './proof.js';

/** Two names for one figure would make it two pledges; blanks make it none. */
export function mustBeMeasurable({ name, unit }: Indicator): void {
  for (const [field, value] of Object.entries({ name, unit })) {
    if (value.trim() === '') refuse('pledge.not-measurable', { field: `indicator.${field}` }, 'input');
  }
}

/** A share of a whole is a hundred percent at most; growth beyond it is pledged as a multiple. */
const PERCENT = /^[%％]$/;
export function percentMustBeOfAHundred(field: string, unit: string, value: number): void {
  if (PERCENT.test(unit) && value > 100) refuse('pledge.beyond-a-hundred', { field, unit, value }, 'input');
}

/** Whose pledge it is: a head's own department's, or the one that the campaign office names. */
export function pledgerOf(department: string | undefined, { actor }: CommandMeta): string {
  if (actor.role === 'campaign-office') {
    return department ?? refuse('pledge.department-missing', { field: 'department' }, 'input');
  }
  if (actor.department === null) return refuse('pledge.department-missing', { field: 'department' }, 'input');
  if ((department ?? actor.department) === actor.department) return actor.department;
  return refuse('pledge.not-your-department', { department: department ?? '' }, 'permission');
}

export function mustBeNew(state: PledgeState, pledge: string): void {
  if (state.at !== 'absent') refuse('pledge.exists', { pledge }, 'state');
}

export function mustNotBeDueAlready(dueOn: string, meta: CommandMeta): void {
  const today = todayOf(meta);
  if (dueOn < today) refuse('pledge.due-in-the-past', { field: 'dueOn', dueOn, today }, 'input');
}

export function mustBeOpen(state: PledgeState, pledge: string): PledgeMade['data'] {
  if (state.at === 'absent') return refuse('pledge.unknown', { pledge }, 'absent');
  if (state.at === 'fulfilled') return refuse('pledge.fulfilled-already', { pledge }, 'state');
  return state.made;
}

export function mayFulfil({ pledge, department }: PledgeMade['data'], { actor }: CommandMeta): void {
  if (actor.role === 'campaign-office' || actor.department === department) return;
  refuse('pledge.not-your-department', { department, pledge }, 'permission');
}

/** What was promised is not shown by the promise, nor by a plan: it is an event of something else. */
export function evidenceMustNotBeAWord(found: readonly FoundProof[]): void {
  for (const { reference: event, proof } of found) {
    if (proof !== null && /^(pledge|plan)-/.test(proof.stream)) {
      refuse('pledge.event-is-a-word', { field: 'events', event, type: proof.type }, 'input');
    }
  }
}

/** 不打折扣: a figure short of what was promised fulfils nothing. */
export function targetMustBeReached({ pledge, indicator }: PledgeMade['data'], value: number): void {
  const { name, unit, target, direction } = indicator;
  if (direction === 'at-least' ? value >= target : value <= target) return;
  refuse('pledge.target-missed', { pledge, indicator: name, unit, target, direction, value }, 'input');
}
