import { dayOf, isDay } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import { type CampaignViolation } from './campaign.messages.js';
import { type FoundProof, type Proof } from './proof.js';

// What the rules of the campaign's streams share.

export function refuse(code: CampaignViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

/** The legal day of a command. */
export const todayOf = ({ now }: CommandMeta): string => dayOf(now);

export function mustBeADay(field: string, day: string): string {
  return isDay(day) ? day : refuse('campaign.not-a-day', { field, day }, 'input');
}

export function mustNotEndBefore(from: string, until: string): void {
  if (until < from) refuse('campaign.ends-before-it-begins', { from, until }, 'input');
}

export function departmentsMustStand(field: string, unknown: readonly string[]): void {
  if (unknown.length > 0) {
    refuse('campaign.unknown-departments', { field, departments: unknown.join(', ') }, 'input');
  }
}

/** What shows something: events that are in the log, or documents that are named; one of either at least. */
export function proofsOf(
  field: string,
  found: readonly FoundProof[],
  documents: readonly string[],
): readonly Proof[] {
  const absent = found.filter(({ proof }) => proof === null).map(({ reference }) => reference);
  if (absent.length > 0) refuse('campaign.no-such-event', { field, events: absent.join(', ') }, 'input');
  if (found.length + documents.filter((name) => name.trim() !== '').length === 0) {
    refuse('campaign.evidence-missing', { field }, 'input');
  }
  return found.flatMap(({ proof }) => (proof === null ? [] : [proof]));
}
