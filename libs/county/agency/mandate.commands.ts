import { cited, licensing } from '#libs/law/citations';
import { Act, Day, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/shell/nest';

export type GrantFacts = {
  /** Roles of the agent's and the applicant's accounts; null where there is no open account. */
  readonly agentRole: string | null;
  readonly applicantRole: string | null;
  /** Whose `project` is; null where there is no such project or it has no applicant yet. */
  readonly projectOf: string | null;
};

@Act({
  type: 'GrantMandate',
  path: '',
  roles: ['applicant', 'window'],
  summary:
    '委托代办 Let an agent act for an applicant until a day; a mandate recorded by the window must be confirmed',
  article: cited(licensing(29)),
})
export class GrantMandate extends HttpCommand<GrantFacts> {
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
}

export type RecorderFacts = {
  /** Whose business it is today what the recording department did; null where no department recorded it. */
  readonly competent: string | null;
};

@Act({
  type: 'ConfirmMandate',
  path: 'confirmation',
  roles: ['applicant', 'window', 'department-head'],
  summary:
    '确认委托 Confirm a mandate that the window recorded: the applicant, or a second person from the signed paper',
  article: cited(licensing(29)),
})
export class ConfirmMandate extends HttpCommand<RecorderFacts> {
  declare readonly type: 'ConfirmMandate';
}

@Act({
  type: 'RevokeMandate',
  path: 'revocation',
  roles: ['applicant', 'agent', 'window', 'department-head'],
  summary: '撤销委托 End a mandate early',
  article: cited(licensing(29)),
})
export class RevokeMandate extends HttpCommand<RecorderFacts> {
  declare readonly type: 'RevokeMandate';
  @Text()
  reason!: string;
}

export type MandateCommand = GrantMandate | ConfirmMandate | RevokeMandate;
