import { Act, Cites, HttpCommand, OptionalName, Text } from '#libs/shell/nest';
import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min } from 'class-validator';

/** Number of an issue or an option, as its event gave it. */
const Numbered = () => applyDecorators(Max(1000), Min(1), IsInt());

@Act({
  type: 'RaiseIssue',
  path: 'issues',
  roles: ['applicant', 'agent', 'window', 'reviewer', 'department-head', 'campaign-office'],
  summary: '提出难点 Raise an issue that blocks the case',
})
export class RaiseIssue extends HttpCommand {
  declare readonly type: 'RaiseIssue';
  @Text()
  problem!: string;
}

@Act({
  type: 'ProposeIssueOption',
  path: 'issue-options',
  roles: ['window', 'reviewer', 'department-head'],
  summary: '提出方案 Propose a solution for an issue',
})
export class ProposeIssueOption extends HttpCommand {
  declare readonly type: 'ProposeIssueOption';
  @Numbered()
  issue!: number;
  @Text()
  proposal!: string;
  /** Law and article, where the option rests on one. */
  @Cites('reference')
  @OptionalName()
  basis?: string;
}

@Act({
  type: 'DecideIssue',
  path: 'issue-decisions',
  roles: ['department-head'],
  summary: '难点决定 Choose one of the proposed solutions',
})
export class DecideIssue extends HttpCommand {
  declare readonly type: 'DecideIssue';
  @Numbered()
  issue!: number;
  @Numbered()
  option!: number;
  @Text()
  reason!: string;
}

export type IssueCommand = RaiseIssue | ProposeIssueOption | DecideIssue;
