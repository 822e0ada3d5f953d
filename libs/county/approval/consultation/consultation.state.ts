import { type Recorded } from '#libs/engine/event-sourcing';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withCustody } from '../core/fold.js';
import { type ConsultationEvent } from './consultation.events.js';

/** The last consultation of an application; left out where there was none. */
export type Consultation = {
  readonly round: number;
  /** ISO instants. */
  readonly requestedAt: string;
  readonly answerBy: string;
  readonly article: string | null;
  readonly silenceRule: string | null;
  readonly asked: readonly string[];
  /** Asked and not answered; they may still answer, late, when the consultation is over. */
  readonly outstanding: readonly string[];
  /** Over without all opinions, since the deadline had passed. */
  readonly overdue: boolean;
};

export type WithConsultation = { readonly consultation?: Consultation };

type Stamped = ConsultationEvent & { readonly metadata: { readonly occurredAt: string } };

/** @throws Error when an opinion comes that was never asked for: the log is damaged. */
export function afterConsultation(
  state: WithConsultation,
  { type, data, metadata }: Stamped,
): { readonly consultation: Consultation } {
  if (type === 'ConsultationRequested') {
    const { round, departments, answerBy, article, silenceRule } = data;
    const requestedAt = metadata.occurredAt;
    const branches = { asked: departments, outstanding: departments, overdue: false };
    return { consultation: { round, requestedAt, answerBy, article, silenceRule, ...branches } };
  }
  if (state.consultation === undefined) throw new Error(`${type} before ConsultationRequested`);
  const change = type === 'ConsultationAnswered' ? { outstanding: data.outstanding } : { overdue: true };
  return { consultation: { ...state.consultation, ...change } };
}

/**
 * A consultation after a reform: the successor owes the opinion that its predecessor owed, once. An opinion that the lead would
 * owe itself is dropped. `lead`: the deciding department before the reform; null for a joint matter.
 */
export function consultationAfterSuccession(
  consultation: Consultation,
  lead: string | null,
  { from, department }: { readonly from: string; readonly department: string },
): Consultation {
  const successorOf = (one: string) => (one === from ? department : one);
  const passedOn = (departments: readonly string[]) =>
    [...new Set(departments.map(successorOf))].filter((one) => one !== (lead && successorOf(lead)));
  const { asked, outstanding } = consultation;
  return { ...consultation, asked: passedOn(asked), outstanding: passedOn(outstanding) };
}

/** The consultation that the lead still waits for, if any. */
export function openConsultation({ consultation }: WithConsultation): Consultation | null {
  if (consultation === undefined || consultation.overdue || consultation.outstanding.length === 0)
    return null;
  return consultation;
}

const consulted = <State extends SubmittedApplication & WithConsultation>(
  state: State,
  event: Recorded<ConsultationEvent>,
): State => ({ ...state, ...withCustody(state, event), ...afterConsultation(state, event) });

export const CONSULTATION_FOLD: Fold<ConsultationEvent, SubmittedApplication & WithConsultation> = {
  ConsultationRequested: consulted,
  ConsultationAnswered: consulted,
  ConsultationOverdue: consulted,
};
