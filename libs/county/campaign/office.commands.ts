import { Act, HttpCommand, OptionalDay, OptionalText } from '#libs/shell/nest';

const GRANTORS = ['leader', 'admin'] as const;

export type OfficeFacts = {
  /** The department, where it does not stand. */
  readonly unknown: readonly string[];
};

@Act({
  type: 'AssignCampaignOffice',
  path: 'assignment',
  roles: GRANTORS,
  summary: '明确攻坚办公室 Assign the campaign office to a department, alone or with others',
})
export class AssignCampaignOffice extends HttpCommand<OfficeFacts> {
  declare readonly type: 'AssignCampaignOffice';
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  /** Last legal day; until further notice when left out. */
  @OptionalDay()
  until?: string | null;
  @OptionalText()
  reason?: string;
}

@Act({
  type: 'EndCampaignOffice',
  path: 'end',
  roles: GRANTORS,
  summary: '不再承担攻坚办公室 End a department’s part in the campaign office',
})
export class EndCampaignOffice extends HttpCommand {
  declare readonly type: 'EndCampaignOffice';
  /** Last legal day; today when left out. */
  @OptionalDay()
  until?: string;
  @OptionalText()
  reason?: string;
}

export type OfficeCommand = AssignCampaignOffice | EndCampaignOffice;
