import { type CommandMeta } from '#libs/engine/event-sourcing';
import {
  type Day,
  dayOf,
  dayOfNumber,
  endOfDay,
  monthsAfter,
  numberOfDay,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type RenewalRule, STATUTORY_RENEWAL, type UseRule } from '#libs/law/catalogue';
import { type SubmittedApplication } from '../core/facts.js';
import { type WithPermit } from './permit.state.js';

type Granted = SubmittedApplication & WithPermit;

type RenewalTimer = { readonly name: 'renewal'; readonly since: string; readonly at: string };
type LapseTimer = {
  readonly name: 'lapse';
  readonly since: string;
  readonly lastDay: Day;
  readonly at: string;
};

/** What time alone brings about to a permit. `since` is what it was computed from. */
export type PermitEndTimer = RenewalTimer | LapseTimer;

/** A timer with what it rests on: the application for renewal, or the rule of the matter on use. */
type EndInTime =
  | {
      readonly by: 'renewal';
      readonly timer: RenewalTimer;
      readonly renewal: NonNullable<Granted['renewal']>;
    }
  | { readonly by: 'lapse'; readonly timer: LapseTimer; readonly use: UseRule };

const stands = (state: Granted): boolean =>
  state.at === 'delivered' && state.outcome === 'granted' && !state.lapsedOn;

/** When a renewal is to be applied for. */
export const renewalRule = ({ terms }: Pick<Granted, 'terms'>): RenewalRule =>
  terms.renewal ?? STATUTORY_RENEWAL;

/** The last day on which the renewal of a permit that ends may be applied for. */
export const lastDayToApply = (rule: RenewalRule, validUntil: Day): Day =>
  dayOfNumber(numberOfDay(validUntil) - rule.applyDaysBefore);

/** The last day on which a permit may first be used: months from its delivery, with those it was postponed by. */
export function lastDayOfUse(
  calendar: WorkingCalendar,
  { since, postponements = [] }: Pick<Granted, 'since' | 'postponements'>,
  months: number,
): Day {
  const all = postponements.reduce((sum, more) => sum + more, months);
  return monthsAfter(calendar, dayOf(since), all);
}

/** 视为准予延续 at the end of a permit whose renewal was applied for, and 自行废止 of one that was not used in time. */
export function permitEnds(calendar: WorkingCalendar, state: Granted): readonly EndInTime[] {
  if (!stands(state)) return [];
  const { renewal, validUntil, usedOn, since, terms } = state;
  const ends: EndInTime[] = [];
  if (renewal && validUntil !== undefined) {
    const timer = { name: 'renewal', since: renewal.appliedAt, at: endOfDay(validUntil) } as const;
    ends.push({ by: 'renewal', timer, renewal });
  }
  if (terms.use !== undefined && usedOn === undefined) {
    const lastDay = lastDayOfUse(calendar, state, terms.use.months);
    const timer = { name: 'lapse', since, lastDay, at: endOfDay(lastDay) } as const;
    ends.push({ by: 'lapse', timer, use: terms.use });
  }
  return ends;
}

export const permitEndTimers = (calendar: WorkingCalendar, state: Granted): readonly PermitEndTimer[] =>
  permitEnds(calendar, state).map(({ timer }) => timer);

/** The first of them that was due before an act, and is not on record. */
export function permitEndBefore(
  calendar: WorkingCalendar,
  state: Granted,
  { occurredAt, now }: CommandMeta,
): PermitEndTimer | null {
  return permitEndTimers(calendar, state).find(({ at }) => occurredAt > at && now > at) ?? null;
}
