import { Act, Day, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/shell/nest';

@Act({
  type: 'GrantMandate',
  path: '',
  roles: ['applicant', 'window'],
  summary:
    '委托代办 Let an agent act for an applicant until a day; a mandate recorded by the window must be confirmed',
  article: '行政许可法 Art. 29',
})
export class GrantMandate extends HttpCommand {
  declare readonly type: 'GrantMandate';
  @Name()
  agent!: string;
  /** Whose mandate it is, where the window records it from paper; an applicant grants their own. */
  @OptionalName()
  applicant?: string;
  /** Default: all projects of the applicant. */
  @OptionalName()
  project?: string;
  /** Last legal day. */
  @Day()
  lastDay!: string;
  /** What it rests on, for example the number of the signed paper. */
  @OptionalText()
  note?: string;

  /** Roles of the agent's and the applicant's accounts, looked up by the handler; null if there is no open account. */
  declare agentRole: string | null;
  declare applicantRole: string | null;
  /** The applicant of `project`, looked up by the handler; null if there is no such project or it has no applicant yet. */
  declare projectOf: string | null;
}

@Act({
  type: 'ConfirmMandate',
  path: 'confirmation',
  roles: ['applicant', 'window', 'department-head'],
  summary:
    '确认委托 Confirm a mandate that the window recorded: the applicant, or a second person from the signed paper',
  article: '行政许可法 Art. 29',
})
export class ConfirmMandate extends HttpCommand {
  declare readonly type: 'ConfirmMandate';

  /**
   * Whose business it is today what the recording department did, looked up by the handler; null where no department recorded
   * it.
   */
  declare competent: string | null;
}

@Act({
  type: 'RevokeMandate',
  path: 'revocation',
  roles: ['applicant', 'agent', 'window', 'department-head'],
  summary: '撤销委托 End a mandate early',
  article: '行政许可法 Art. 29',
})
export class RevokeMandate extends HttpCommand {
  declare readonly type: 'RevokeMandate';
  @Text()
  reason!: string;

  /** As in `ConfirmMandate`. */
  declare competent: string | null;
}

export type MandateCommand = GrantMandate | ConfirmMandate | RevokeMandate;
