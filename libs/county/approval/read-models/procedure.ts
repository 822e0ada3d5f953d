import { type ApplicationEvent } from '../application/application.events.js';
import { type Custody, type Holder } from '../core/holder.js';

/** What an application has taken so far. */
export type Procedure = {
  /** Acts of the organs that moved the application, its end among them: 程序最简 is measured by them. */
  readonly acts: number;
  /** How often it passed to another department or person, the applicant among them: 环节最少 is measured so. */
  readonly handOffs: number;
};

export const NO_PROCEDURE: Procedure = { acts: 0, handOffs: 0 };

/** What moves an application without an act of an organ: the applicant's own, and a deadline that passes by itself. */
const NOT_BY_AN_ORGAN: readonly ApplicationEvent['type'][] = [
  'ApplicationSubmitted',
  'SupplementSubmitted',
  'ApplicationResubmitted',
  'ApplicationWithdrawn',
  'ConsultationOverdue',
  'ApplicationTakenOver',
  'ApplicationUnassigned',
  'ApplicationApplicantCorrected',
];

/** Who succeeds a department, or is the right applicant, was given nothing by it. */
const NO_HAND_OFF: readonly ApplicationEvent['type'][] = [
  'ApplicationTakenOver',
  'ApplicationUnassigned',
  'ApplicationApplicantCorrected',
];

/** An application that is over has no next holder; another post of the same person is not a hand-off. */
function isHandOff(from: Holder | null, to: Holder | null): boolean {
  return from !== null && to !== null && (from.department !== to.department || from.person !== to.person);
}

/** What an application has taken after an event that moves it. */
export function procedureAfter(
  { acts, handOffs, holder }: Procedure & { readonly holder: Holder | null },
  { type, data }: { readonly type: ApplicationEvent['type']; readonly data: { readonly custody: Custody } },
): Procedure {
  return {
    acts: NOT_BY_AN_ORGAN.includes(type) ? acts : acts + 1,
    handOffs: !NO_HAND_OFF.includes(type) && isHandOff(holder, data.custody.holder) ? handOffs + 1 : handOffs,
  };
}
