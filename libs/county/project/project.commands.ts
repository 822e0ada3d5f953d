import { cited, licensing } from '#libs/law/citations';
import { PROJECT_REGION } from '#libs/law/catalogue';
import { ID } from '#libs/engine/event-sourcing';
import { Act, HttpCommand, Name, OptionalName, SentBySystem, SomeOf, Text, RefersTo } from '#libs/shell/nest';
import { IsOptional, Matches } from 'class-validator';
import { type ProjectMattersCommand } from './project-matters.commands.js';
import { type PreReviewCommand } from './pre-review.commands.js';
import { type OpenedApplication } from './opened-application.js';
import { type Campaign, CAMPAIGNS } from './project.events.js';
import { type SubmitStage } from './stage-submission.commands.js';

/** Yuan as a decimal string with at most two places: money is never a floating-point number. */
const YUAN = /^(0|[1-9]\d{0,14})(\.\d{1,2})?$/;

/** What the catalogue says about a template at the moment of registration. */
export type ProjectOpening = {
  readonly templateVersion: number;
  readonly applications: readonly OpenedApplication[];
};

export type RegistrationFacts = {
  /** Null when there is no such template. */
  readonly opening: ProjectOpening | null;
};

@Act({
  type: 'RegisterProject',
  path: '',
  roles: ['applicant', 'agent', 'window', 'campaign-office', 'admin'],
  summary: '登记项目 Register a project with its process template',
  article: '政府投资条例 Art. 10；企业投资项目核准和备案管理条例 Art. 4',
})
export class RegisterProject extends HttpCommand<RegistrationFacts> {
  declare readonly type: 'RegisterProject';
  @Matches(ID)
  declare id: string;
  @Name()
  name!: string;
  @Name()
  template!: string;
  @IsOptional()
  @Matches(PROJECT_REGION)
  region?: string;
  /** 项目代码 of the national platform. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{1,40}$/)
  nationalCode?: string;
  /** Account of the applicant, where another person registers for them; left out while it is not known. */
  @RefersTo({ to: 'account', roles: ['applicant'] })
  @OptionalName()
  applicant?: string;
  @IsOptional()
  @Matches(YUAN)
  investment?: string;

  /** Where an imported project comes from; null for live work. */
  @SentBySystem()
  declare source: string | null;
}

export type NamingFacts = {
  /** Whose business it is today what the registering department did; null for none. */
  readonly competent: string | null;
};

/** 确定申请人, where an office registered the project without one. The submission of its window, which names one, does the same. */
@Act({
  type: 'NameApplicant',
  path: 'applicant',
  roles: ['window', 'campaign-office', 'admin'],
  summary: '确定申请人 Name the applicant of a project that has none yet',
  article: cited(licensing(29)),
})
export class NameApplicant extends HttpCommand<NamingFacts> {
  declare readonly type: 'NameApplicant';
  /** Account of the applicant. */
  @RefersTo({ to: 'account', roles: ['applicant'] })
  @OptionalName()
  applicant?: string;
}

export type ApplicantFacts = NamingFacts & {
  /** The first application of the project that was accepted; null for none. */
  readonly accepted: string | null;
};

@Act({
  type: 'CorrectApplicant',
  path: 'applicant-correction',
  roles: ['window', 'campaign-office', 'admin'],
  summary: '更正申请人 Correct the applicant, until the first application of the project is accepted',
  article: cited(licensing(29)),
})
export class CorrectApplicant extends HttpCommand<ApplicantFacts> {
  declare readonly type: 'CorrectApplicant';
  @RefersTo({ to: 'account', roles: ['applicant'] })
  @Name()
  applicant!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'DesignateKeyProject',
  path: 'key-designation',
  roles: ['campaign-office'],
  summary: '列为重点项目 Designate a key project and the leader responsible for it',
})
export class DesignateKeyProject extends HttpCommand {
  declare readonly type: 'DesignateKeyProject';
  @RefersTo({ to: 'account', roles: ['leader'] })
  @Name()
  leader!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'TagProject',
  path: 'campaigns',
  roles: ['campaign-office'],
  summary: '攻坚战标签 Set which of the other campaigns a project serves',
})
export class TagProject extends HttpCommand {
  declare readonly type: 'TagProject';
  @SomeOf(CAMPAIGNS)
  campaigns!: Campaign[];
}

export type ProjectCommand =
  | RegisterProject
  | NameApplicant
  | CorrectApplicant
  | DesignateKeyProject
  | TagProject
  | PreReviewCommand
  | ProjectMattersCommand
  | SubmitStage;
