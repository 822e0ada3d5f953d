import { CASE_WORKERS } from '#libs/shell/roles';
import { Act, HttpCommand, Name, OptionalNames, Text } from '#libs/shell/nest';

@Act({
  type: 'RequestPreReview',
  path: 'pre-review-request',
  roles: ['applicant', 'agent'],
  summary: '预审申请 Ask a department for advice before applying',
})
export class RequestPreReview extends HttpCommand {
  declare readonly type: 'RequestPreReview';
  @Name()
  matter!: string;
  @Text()
  question!: string;
  @OptionalNames(200)
  materials?: string[];

  /** Whether the matter's application is submitted already, looked up by the handler. */
  declare submitted: boolean;
}

@Act({
  type: 'GivePreReview',
  path: 'pre-review',
  roles: CASE_WORKERS,
  summary: '预审意见/提前介入 Give advice before there is an application; no clock runs',
})
export class GivePreReview extends HttpCommand {
  declare readonly type: 'GivePreReview';
  @Name()
  matter!: string;
  @Text()
  opinion!: string;
  /** Material to prepare. */
  @OptionalNames(200)
  toPrepare?: string[];

  /** Whose the matter is on the day of the command, looked up by the handler; null for a joint one. */
  declare competent: string | null;
  /** Whether the matter's application is submitted already, looked up by the handler. */
  declare submitted: boolean;
}

export type PreReviewCommand = RequestPreReview | GivePreReview;
