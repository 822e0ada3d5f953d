import { type Day } from '#libs/law/calendar';
import { isExpired } from '../permit/rounds.rules.js';
import { type ApplicationDocument } from './application.document.js';

/** 有效, 届满, 自行废止, 已撤回, 已撤销, 已注销. */
export type PermitStanding = 'in-force' | 'expired' | 'lapsed' | 'recalled' | 'revoked' | 'cancelled';

/** A permit as its holder has to know it, and everybody it is shown to. */
type ShownPermit = {
  readonly number: string;
  /** Last legal day on which it holds, YYYY-MM-DD; null where it has no end. */
  readonly validUntil: string | null;
  readonly standing: PermitStanding;
};

/** The numbers that an application's documents bear: null while there is no such document. */
export type ShownNumbers = {
  readonly receiptNumber: string | null;
  readonly decisionNumber: string | null;
  readonly permit: ShownPermit | null;
};

/** What was granted with a number, and how it stands on a day; null while nothing was. */
function shownPermit(document: ApplicationDocument, day: Day): ShownPermit | null {
  const { permitNumber: number, validUntil = null } = document;
  return number === undefined ? null : { number, validUntil, standing: permitStanding(document, day) };
}

/** How what an application granted stands on a day. */
export function permitStanding(document: ApplicationDocument, day: Day): PermitStanding {
  const { stage, lapsedOn } = document;
  if (stage === 'recalled' || stage === 'revoked' || stage === 'cancelled') return stage;
  if (lapsedOn !== undefined) return 'lapsed';
  return isExpired(document, day) ? 'expired' : 'in-force';
}

export function shownNumbers(document: ApplicationDocument | null, day: Day): ShownNumbers {
  if (document === null) return { receiptNumber: null, decisionNumber: null, permit: null };
  const { receiptNumber = null, decisionNumber = null } = document;
  return { receiptNumber, decisionNumber, permit: shownPermit(document, day) };
}
