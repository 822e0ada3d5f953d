import { type Commitment } from './commitment.state.js';
import { type Consultation } from './consultation.state.js';
import {
  type Custody,
  type DueDates,
  type EscalationLevel,
  type Holder,
  type Terms,
} from './approval.events.js';
import { type Stage } from './approval.state.js';
import { type Deficiency } from './deficiency.state.js';
import { type DeadlineDays } from './open-deadlines.js';
import { type VariableRule } from './ways.events.js';

/** Stands for the due date of a case without one, so that such cases come last in a list by due date. */
export const NO_DUE_DATE = '9999-12-31T00:00:00.000Z';

/** One application as it stands: the row of every worklist. Instants are ISO 8601 in UTC, revisions strings. */
export type ApplicationDocument = {
  readonly id: string;
  readonly project: string;
  readonly projectName: string;
  readonly region: string;
  /** The region and all it rolls up to, `000000` (everywhere) first. */
  readonly regions: readonly string[];
  readonly matter: string;
  readonly matterName: string;
  readonly matterVersion: number;
  /** The deciding department; null for a joint matter. */
  readonly department: string | null;
  /** Whose worklist it is on: the holder's department, and while the applicant holds it the deciding one. */
  readonly responsible: string | null;
  readonly applicant: string;
  readonly channel: string | null;
  readonly stage: Exclude<Stage, 'absent'>;
  /** Not ended: neither decided, closed, withdrawn nor refused acceptance. */
  readonly open: boolean;
  readonly holder: Holder | null;
  readonly heldSince: string | null;
  /** The holder's account; null when a post or a department as such holds the case. */
  readonly person: string | null;
  readonly reviewer: string | null;
  readonly submittedAt: string;
  readonly acceptedAt: string | null;
  readonly endedAt: string | null;
  readonly deliveredAt: string | null;
  /** `granted`, `refused`, `not-accepted`, `withdrawn`, or the outcome a closure gives; null while open. */
  readonly outcome: string | null;
  readonly terms: Terms;
  readonly due: DueDates;
  /** The promised end, else the statutory one, else NO_DUE_DATE. */
  readonly dueAt: string;
  /** The legal days by which tallies count it; null without a term. */
  readonly deadline: DeadlineDays | null;
  readonly latePromised: boolean | null;
  readonly lateStatutory: boolean | null;
  readonly escalation: EscalationLevel | null;
  /** 快速通道: comes first in every worklist. */
  readonly fastTrack: boolean;
  /** Rules that special handling has varied; left out where it has not. */
  readonly variedRules?: readonly VariableRule[];
  /** 容缺受理; left out where nothing was missing. */
  readonly deficiency?: Deficiency;
  /** 告知承诺; left out where none was made. */
  readonly commitment?: Commitment;
  /** The last consultation (征求意见); left out where there was none. */
  readonly consultation?: Consultation;
  /** Last legal day of a permit that ends; left out where none does. */
  readonly validUntil?: string;
  /** What was entered afterwards (补录); left out where nothing was. */
  readonly backEntries?: number;
  /** Departments whose opinion the lead waits for. */
  readonly awaiting: readonly string[];
  readonly supplementRounds: number;
  readonly returnRounds: number;
  readonly steps: number;
  readonly lastStep: string | null;
  readonly revision: string;
};

export function dueAt(due: DueDates): string {
  return due.promised ?? due.statutory ?? NO_DUE_DATE;
}

export function responsibleFor(holder: Holder | null, department: string | null): string | null {
  return holder?.department ?? department;
}

/** What an event with custody changes: the revision, who holds the case, and since when. */
export function passed(
  document: ApplicationDocument,
  event: { readonly revision: bigint; readonly data: { readonly custody: Custody } },
  department = document.department,
) {
  const { holder, ended } = event.data.custody;
  return {
    revision: event.revision.toString(),
    holder,
    heldSince: holder === null ? null : (ended?.to ?? document.heldSince),
    person: holder?.person ?? null,
    responsible: responsibleFor(holder, department),
  };
}

/** An event that moves nothing: the revision only. */
export function noted(
  document: ApplicationDocument,
  { revision }: { readonly revision: bigint },
): ApplicationDocument {
  return { ...document, revision: revision.toString() };
}
