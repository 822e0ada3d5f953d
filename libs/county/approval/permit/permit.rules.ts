import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { dayOf, isDay } from '#libs/law/calendar';
import { type UseRule } from '#libs/law/catalogue';
import { type SubmittedApplication, type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type RevokePermit } from './permit.commands.js';
import { type CancellationGround, type RevocationGround } from './permit.events.js';
import { lastDayToApply, renewalRule } from './permit-ends.js';
import { type WithPermit } from './permit.state.js';
import { PERMIT_MESSAGES } from './permit.messages.js';

const refuse = refusing(PERMIT_MESSAGES);

/** Only what was granted can be amended, renewed, recalled, revoked or cancelled. */
export function permitMustBeGranted(state: SubmittedApplication): void {
  if ('outcome' in state && state.outcome === 'granted') return;
  refuse('application.no-permit', { application: state.application }, 'state');
}

/** A lapsed permit can no longer be amended, renewed or postponed. */
export function permitMustNotHaveLapsed({
  application,
  terms,
  lapsedOn,
}: SubmittedApplication & WithPermit): void {
  if (!lapsedOn) return;
  refuse('application.permit-lapsed', { application, lapsedOn }, 'state', terms.use?.article ?? null);
}

/** A permit that must be used in time and has no end of validity is postponed, not renewed. */
export function permitMustEnd({ application, terms, validUntil }: SubmittedApplication & WithPermit): void {
  if (validUntil !== undefined || terms.use === undefined) return;
  refuse('application.permit-without-end', { application }, 'state', terms.use.article);
}

/**
 * The day on which the permit ends. The holder applies once, so many days before the permit ends as the law says (行政许可法 Art. 50: thirty).
 */
export function renewalMustBeAppliedInTime(
  state: SubmittedApplication & WithPermit,
  day: string,
  at: string,
): string {
  const { application, renewal } = state;
  const rule = renewalRule(state);
  const validUntil =
    state.validUntil ?? refuse('application.permit-without-end', { application }, 'state', rule.article);
  if (renewal) {
    refuse('application.renewal-applied-before', { application }, 'state', rule.article);
  }
  const lastDay = lastDayToApply(rule, validUntil);
  if (dayOf(at) > lastDay) {
    refuse('application.renewal-too-late', { application, validUntil, lastDay }, 'state', rule.article);
  }
  if (day <= validUntil) refuse('application.renewal-not-longer', { application, validUntil, day }, 'input');
  return validUntil;
}

export function renewalMustBeApplied({ application, renewal }: SubmittedApplication & WithPermit): void {
  if (!renewal) refuse('application.no-renewal', { application }, 'state', cited(licensing(50)));
}

/** First use may be postponed only so often, and each time by so many months, as the law of the matter says (建筑法 Art. 9). */
export function postponementMustBeLawful(
  { application, terms, usedOn, postponements = [] }: SubmittedApplication & WithPermit,
  months: number,
): UseRule {
  const rule = terms.use ?? refuse('application.no-term-of-use', { application }, 'state');
  if (usedOn !== undefined) refuse('application.permit-used-already', { application, usedOn }, 'state');
  if (postponements.length >= rule.postponements) {
    refuse('application.postponed-before', { application, times: rule.postponements }, 'state', rule.article);
  }
  if (months > rule.postponementMonths) {
    const params = { application, months, most: rule.postponementMonths };
    refuse('application.postponement-too-long', params, 'input', rule.article);
  }
  return rule;
}

/** A permit ends on a day that exists and is still to come. */
export function lastDayMustBeAhead(application: string, day: string, at: string): void {
  if (!isDay(day)) refuse('application.not-a-day', { application, day }, 'input');
  if (day <= dayOf(at)) refuse('application.day-not-ahead', { application, day }, 'input');
}

/** A permit is renewed before it ends, and for longer (行政许可法 Art. 50); what has ended is applied for anew. */
export function renewalMustProlong(
  { application, validUntil }: ApplicationFacts & WithPermit,
  day: string,
  at: string,
): void {
  if (validUntil === undefined) return;
  if (validUntil < dayOf(at)) {
    refuse('application.permit-expired', { application, validUntil }, 'state', cited(licensing(50)));
  }
  if (day <= validUntil) refuse('application.renewal-not-longer', { application, validUntil, day }, 'input');
}

/** First use is reported once, for an existing day that is not before the permit's delivery and not in the future. */
export function useMustBePossible(
  state: SubmittedApplication & WithPermit,
  on: string,
  { now }: CommandMeta,
): void {
  const { application, usedOn, since, lapsedOn } = state;
  if (lapsedOn && on > lapsedOn) permitMustNotHaveLapsed(state);
  if (usedOn !== undefined) refuse('application.permit-used-already', { application, usedOn }, 'state');
  const [delivered, today] = [dayOf(since), dayOf(now)];
  if (isDay(on) && on >= delivered && on <= today) return;
  refuse('application.not-a-day-of-use', { application, on, delivered, today }, 'input');
}

/** As much of a commitment as a revocation rests on: what its check found. */
export type WithCheckedCommitment = Pick<ApplicationFacts, 'application'> & {
  readonly commitment?: { readonly checked: string };
};

/** A commitment counts as broken when its check has said so, and not before. */
export function breachMustBeFound(
  { application, commitment }: WithCheckedCommitment,
  ground: RevocationGround,
): void {
  if (ground !== 'commitment-breach' || commitment?.checked === 'breached') return;
  refuse('application.no-breach', { application }, 'state', cited(licensing(69)));
}

/** What was granted stays where revoking it may do great harm to the public interest (Art. 69 para. 3), which must be said. */
export function publicMustNotBeHarmed(
  application: string,
  { publicHarm }: Pick<RevokePermit, 'publicHarm'>,
): void {
  const article = cited(licensing(69, null, 3));
  if (publicHarm === undefined) refuse('application.public-harm-unsaid', { application }, 'input', article);
  if (publicHarm) refuse('application.revocation-harms-public', { application }, 'state', article);
}

/**
 * A holder who got a permit honestly is compensated when it is revoked (Art. 69 para. 4, for para. 1); one who got it by
 * deception or bribery is not, but that has to be found.
 */
export function compensationMustFit(
  application: string,
  { ground, compensation, finding }: Pick<RevokePermit, 'ground' | 'compensation' | 'finding'>,
): void {
  const article = cited(licensing(69, null, ground === 'deception' ? 2 : 4));
  if (ground === 'deception') {
    if (compensation !== undefined)
      refuse('application.no-compensation-for-deception', { application }, 'input', article);
    if (finding === undefined) refuse('application.deception-not-found', { application }, 'input', article);
    return;
  }
  if (compensation === undefined) refuse('application.compensation-owed', { application }, 'input', article);
  if (finding !== undefined)
    refuse('application.finding-without-deception', { application }, 'input', article);
}

/**
 * What was revoked or recalled is cancelled as that (Art. 70(4)), and what lapsed by itself on another ground that a law names
 * (Art. 70(6)); death or incapacity ends only what qualifies a person (Art. 70(2)); that the permit ended is a fact of the record.
 */
export function cancellationMustRest(
  state: SubmittedApplication & WithPermit,
  ground: CancellationGround,
  at: string,
): void {
  const { application, validUntil, lapsedOn, terms } = state;
  if (ground === 'incapacity' && terms.personalQualification !== true) {
    refuse('application.no-personal-qualification', { application }, 'state', cited(licensing(70, 2)));
  }
  const isWithdrawn = state.at === 'revoked' || state.at === 'recalled';
  if (isWithdrawn && ground !== 'withdrawn') {
    refuse('application.cancelled-as-withdrawn', { application }, 'state', cited(licensing(70, 4)));
  }
  if (lapsedOn && !isWithdrawn && ground !== 'other') {
    refuse('application.cancelled-as-lapsed', { application, lapsedOn }, 'state', cited(licensing(70, 6)));
  }
  if (ground === 'expired' && (validUntil === undefined || validUntil >= dayOf(at))) {
    refuse(
      'application.permit-not-expired',
      { application, validUntil: validUntil ?? '—' },
      'state',
      cited(licensing(70, 1)),
    );
  }
  if (ground === 'withdrawn' && !isWithdrawn) {
    refuse('application.permit-not-withdrawn', { application }, 'state', cited(licensing(70, 4)));
  }
}
