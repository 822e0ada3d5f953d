import { CASE_WORKERS } from '#libs/shell/roles';
import { Act, HttpCommand, Name, OptionalNames, Text } from '#libs/shell/nest';

export type SubmittedFacts = {
  /** Whether the matter's application is submitted already. */
  readonly submitted: boolean;
};

@Act({
  type: 'RequestPreReview',
  path: 'pre-review-request',
  roles: ['applicant', 'agent'],
  summary: '预审申请 Ask a department for advice before applying',
})
export class RequestPreReview extends HttpCommand<SubmittedFacts> {
  declare readonly type: 'RequestPreReview';
  @Name()
  matter!: string;
  @Text()
  question!: string;
  @OptionalNames(200)
  materials?: string[];
}

export type AdviceFacts = SubmittedFacts & {
  /** Whose the matter is on the day of the command; null for a joint one. */
  readonly competent: string | null;
};

@Act({
  type: 'GivePreReview',
  path: 'pre-review',
  roles: CASE_WORKERS,
  summary: '预审意见/提前介入 Give advice before there is an application; no clock runs',
})
export class GivePreReview extends HttpCommand<AdviceFacts> {
  declare readonly type: 'GivePreReview';
  @Name()
  matter!: string;
  @Text()
  opinion!: string;
  /** Material to prepare. */
  @OptionalNames(200)
  toPrepare?: string[];
}

export type PreReviewCommand = RequestPreReview | GivePreReview;
