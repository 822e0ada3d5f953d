import { dayOf, isDay, numberOfDay } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import { type Figure, FIGURES, type Figures } from './self-inspection.events.js';
import { type SelfInspectionViolation } from './self-inspection.messages.js';

const ARTICLE = '政府督查工作条例 Art. 12(1)';
const MOST_DAYS = 366;

export function refuse(code: SelfInspectionViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind, ARTICLE);
}

/** A person reports for the department of the post held on that day. */
export function departmentOf({ actor: { department, person } }: CommandMeta): string {
  return department ?? refuse('self-inspection.no-department', { person }, 'permission');
}

/** Days that exist, in their order, and all of them over: before that the figures are not final. */
export function spanMustBeOver(
  { from, to }: { readonly from: string; readonly to: string },
  { now }: CommandMeta,
): void {
  const wrong = [from, to].find((day) => !isDay(day));
  if (wrong !== undefined) refuse('self-inspection.not-a-day', { value: wrong }, 'input');
  if (to < from) refuse('self-inspection.ends-before-it-begins', { from, to }, 'input');
  if (numberOfDay(to) - numberOfDay(from) >= MOST_DAYS) {
    refuse('self-inspection.too-long', { days: MOST_DAYS }, 'input');
  }
  if (to >= dayOf(now)) refuse('self-inspection.not-over', { to }, 'input');
}

/** What a department said of a day it said once: a second report would contradict the first or repeat it. */
export function spanMustBeNew(
  department: string,
  { from, to }: { readonly from: string; readonly to: string },
  first: string | null,
): void {
  if (first !== null) refuse('self-inspection.span-reported', { department, from, to, first }, 'state');
}

/** The figures claimed, in the order of the list, without those left out. */
export function claimed(figures: Figures): Figures {
  const names = (Object.keys(FIGURES) as Figure[]).filter((name) => figures[name] !== undefined);
  if (names.length === 0) refuse('self-inspection.no-figures', {}, 'input');
  return Object.fromEntries(names.map((name) => [name, figures[name]]));
}
