import { type DomainEvent } from '#libs/engine/event-sourcing';

export const URGENCIES = [
  'normal', // 一般
  'urgent', // 紧急
  'critical', // 特急
] as const;
/** How urgent a request is. */
export type Urgency = (typeof URGENCIES)[number];

/** 诉求: an enterprise asks a department for something, on its own or through an agent. */
export type RequestRaised = DomainEvent<
  'RequestRaised',
  1,
  {
    readonly request: string;
    /** Account of the enterprise. */
    readonly applicant: string;
    readonly department: string;
    readonly urgency: Urgency;
    readonly text: string;
    /** Last instant for an answer, end of a legal day. */
    readonly answerBy: string;
  }
>;

export type RequestAnswered = DomainEvent<
  'RequestAnswered',
  1,
  {
    readonly request: string;
    readonly department: string;
    readonly answer: string;
    /** Given after its last instant. */
    readonly late: boolean;
  }
>;

/** The asker says whether the answer helped. */
export type RequestRated = DomainEvent<
  'RequestRated',
  1,
  {
    readonly request: string;
    readonly department: string;
    readonly helped: boolean;
    readonly comment: string | null;
  }
>;

/** It was not answered in time. Happens once, and the answer is still due. */
export type RequestOverdue = DomainEvent<
  'RequestOverdue',
  1,
  { readonly request: string; readonly department: string; readonly answerBy: string }
>;

export type RequestEvent = RequestRaised | RequestAnswered | RequestRated | RequestOverdue;

export type KnownRequest = {
  readonly at: 'open' | 'answered' | 'rated';
  readonly request: string;
  readonly applicant: string;
  readonly department: string;
  /** ISO instant. */
  readonly answerBy: string;
  /** It was recorded that no answer came in time. */
  readonly overdue: boolean;
};

/** State of one request (诉求). */
export type RequestState = { readonly at: 'absent' } | KnownRequest;
