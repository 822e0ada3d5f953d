import { Cites, HttpCommand, OptionalName, Text, Whole } from '#libs/shell/nest';
import { ApplicationAct } from '../core/application-act.js';
import { ISSUE_ACTS } from './issue.table.js';

/** Number of an issue or an option, as its event gave it. */
const Numbered = () => Whole(1, 1000);

@ApplicationAct(ISSUE_ACTS.RaiseIssue)
export class RaiseIssue extends HttpCommand {
  declare readonly type: 'RaiseIssue';
  @Text()
  problem!: string;
}

@ApplicationAct(ISSUE_ACTS.ProposeIssueOption)
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

@ApplicationAct(ISSUE_ACTS.DecideIssue)
export class DecideIssue extends HttpCommand {
  declare readonly type: 'DecideIssue';
  @Numbered()
  issue!: number;
  @Numbered()
  option!: number;
  @Text()
  reason!: string;
}

export const ISSUE_COMMANDS = [RaiseIssue, ProposeIssueOption, DecideIssue] as const;
export type IssueCommand = InstanceType<(typeof ISSUE_COMMANDS)[number]>;
