import { Act, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/nest';
import { Matches } from 'class-validator';

@Act({
  type: 'GrantMandate',
  path: '',
  roles: ['applicant', 'window'],
  summary: '委托代办 Let an agent act for an applicant, until a day',
  article: '行政许可法 Art. 29',
})
export class GrantMandate extends HttpCommand {
  declare readonly type: 'GrantMandate';
  @Name()
  agent!: string;
  /** Whose mandate it is, where the window records it from paper; an applicant grants their own. */
  @OptionalName({ filled: true })
  applicant?: string;
  /** Default: all projects of the applicant. */
  @OptionalName({ filled: true })
  project?: string;
  /** Last legal day. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  lastDay!: string;
  @OptionalText()
  note?: string;

  /** Roles of the agent's and the applicant's accounts, looked up by the handler; null where there is no open account. */
  declare agentRole: string | null;
  declare applicantRole: string | null;
}

@Act({
  type: 'RevokeMandate',
  path: 'revocation',
  roles: ['applicant', 'agent', 'window'],
  summary: '撤销委托 End a mandate before its day',
  article: '行政许可法 Art. 29',
})
export class RevokeMandate extends HttpCommand {
  declare readonly type: 'RevokeMandate';
  @Text()
  reason!: string;
}

export type MandateCommand = GrantMandate | RevokeMandate;
