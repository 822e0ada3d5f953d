import { by } from '#libs/engine/event-sourcing';
import { sameReason } from '#libs/county/approval';
import { type StallCause } from './stall.causes.js';
import { type EventEvidence } from '../answers/event-evidence.js';
import { type StallCase } from './stall.projection.js';

/** Why an application stands still, with the events that say so, oldest first. */
export type StallExplanation = { readonly cause: StallCause; readonly evidence: readonly EventEvidence[] };

/**
 * A→B→A→B: the last three transfers between departments go back and forth between the same two.
 * Such a cycle is a sign of buck-passing (推诿扯皮).
 */
export function goesBackAndForth(
  transfers: readonly { readonly from: string | null; readonly to: string }[],
): boolean {
  const [first, second, third] = transfers.slice(-3);
  if (!first || !second || !third) return false;
  const [a, b] = [first.from, first.to];
  return a !== b && second.from === b && second.to === a && third.from === a && third.to === b;
}

type Rule = readonly [
  cause: StallCause,
  evidence: (stalled: StallCase, granted: ReadonlySet<string>) => readonly EventEvidence[] | null,
];

const lastIs = (type: string, { last }: StallCase): boolean => last.type === type;

/** Nothing happened since the departments were asked, one of them answered, or the deadline for the others passed. */
const waitsForOpinions = ({ stage, holder, last }: StallCase): boolean =>
  stage === 'accepted' &&
  (last.type.startsWith('Consultation') ||
    (last.type === 'ClockResumed' && holder.party === 'inter-department'));

/** In the order of the causes: the first rule that finds evidence names the cause. */
const RULES: readonly Rule[] = [
  ['decision-undelivered', (stalled) => (stalled.stage === 'decided' ? [] : null)],
  [
    'opinion-late',
    (stalled) => {
      const { consultation } = stalled;
      return consultation && consultation.outstanding.length > 0 && waitsForOpinions(stalled)
        ? [consultation.asked]
        : null;
    },
  ],
  ['jurisdiction-dispute', ({ holder }) => (holder.party === 'inter-department' ? [] : null)],
  [
    'buck-passing',
    (stalled) =>
      lastIs('ApplicationTransferred', stalled) && goesBackAndForth(stalled.transfers)
        ? stalled.transfers.slice(-3)
        : null,
  ],
  [
    'transferred-and-idle',
    (stalled) => {
      const transfer = stalled.transfers.at(-1);
      return lastIs('ApplicationTransferred', stalled) && transfer && transfer.from !== transfer.to
        ? []
        : null;
    },
  ],
  [
    'same-reason-twice',
    ({ returns }) => {
      const [before, last] = returns.slice(-2);
      return before && last && sameReason(before.reason, last.reason) ? [before, last] : null;
    },
  ],
  [
    'returned-without-article',
    ({ returns }) => {
      const last = returns.at(-1);
      return last?.article === null ? [last] : null;
    },
  ],
  ['repeated-supplement', ({ supplements }) => (supplements.length > 1 ? supplements : null)],
  ['acceptance-undecided', ({ stage }) => (stage === 'submitted' ? [] : null)],
  ['resumed-and-idle', (stalled) => (lastIs('ClockResumed', stalled) ? [] : null)],
  ['extended-and-idle', (stalled) => (lastIs('TimeLimitExtended', stalled) ? [] : null)],
  ['sent-back', (stalled) => (lastIs('ApplicationSentBack', stalled) ? [] : null)],
  ['mid-level-desk', (stalled) => (lastIs('ApplicationTransferred', stalled) ? [] : null)],
  [
    'prerequisite-missing',
    ({ prerequisites }, granted) => (prerequisites.every((id) => granted.has(id)) ? null : []),
  ],
  ['unassigned', ({ reviewer }) => (reviewer === null ? [] : null)],
  ['reviewer-idle', () => []],
];

/** Explains the standstill of an application in the government's hands. The last act is always part of the evidence. */
export function explainStall(stalled: StallCase, granted: ReadonlySet<string>): StallExplanation {
  for (const [cause, find] of RULES) {
    const found = find(stalled, granted);
    if (found === null) continue;
    const events = [...found, stalled.last].map(({ event, position, type, occurredAt }) => ({
      event,
      position,
      type,
      occurredAt,
    }));
    const evidence = [...new Map(events.map((one) => [one.event, one])).values()];
    return { cause, evidence: evidence.sort(by(({ position }) => BigInt(position))) };
  }
  throw new Error(`${stalled.application} stands still for no reason that is known`);
}
