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
