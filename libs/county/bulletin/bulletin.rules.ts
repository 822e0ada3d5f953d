import { type DaySpan, dayOf, halfMonthOf, isLegalDay } from '#libs/law/calendar';
import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import { type SectionBody } from './bulletin.commands.js';
import { type BulletinState, DIAGNOSTICS } from './bulletin.events.js';
import { type BulletinViolation } from './bulletin.messages.js';

function refuse(code: BulletinViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

/** The half month that a bulletin's id names by its first day; null when it names none. */
export function periodOf(bulletin: string): DaySpan | null {
  if (!isLegalDay(bulletin)) return null;
  const period = halfMonthOf(bulletin);
  return period.from === bulletin ? period : null;
}

export function mustNameAPeriod(bulletin: string): DaySpan {
  return periodOf(bulletin) ?? refuse('bulletin.not-a-period', { bulletin }, 'input');
}

/** A bulletin reports on a half month that is over. */
export function periodMustBeOver({ to }: DaySpan, now: string): void {
  const today = dayOf(now);
  if (today <= to) refuse('bulletin.period-not-over', { to, today }, 'state');
}

/** What was read out once is not changed. */
export function mustBeNew(state: BulletinState, bulletin: string): void {
  if (state.at !== 'absent') refuse('bulletin.published-already', { bulletin }, 'state');
}

/** 责任、程序、效率: a bulletin that leaves one of the three out says less than it seems to. */
export function allDiagnosticsMustBeThere(sections: readonly SectionBody[]): void {
  const named = sections.map(({ diagnostic }) => diagnostic);
  const missing = DIAGNOSTICS.filter((one) => !named.includes(one));
  if (missing.length > 0) {
    refuse('bulletin.diagnostics-missing', { field: 'sections', missing: missing.join(', ') }, 'input');
  }
  const twice = named.find((one, index) => named.indexOf(one) !== index);
  if (twice !== undefined) {
    refuse('bulletin.diagnostic-twice', { field: 'sections', diagnostic: twice }, 'input');
  }
}
