import { licensing } from '#libs/law/citations';
import {
  Cites,
  EachOnce,
  Ground,
  HttpCommand,
  Name,
  OptionalName,
  OptionalNames,
  OptionalText,
  RefersTo,
  SaysSomething,
  SentBySystem,
} from '#libs/shell/nest';
import { type Counter } from '#libs/law/calendar';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { type Asked } from '../consultation/consultation.commands.js';
import { type Prerequisite, type Terms } from '../core/terms.js';
import { ApplicationAct } from '../core/application-act.js';
import {
  ACCEPTANCE_REFUSAL_GROUNDS,
  type AcceptanceRefusalFacts,
  type AcceptanceRefusalGround,
} from './acceptance-refusal.rules.js';
import { type MaterialFacts } from './material.rules.js';
import { INTAKE_ACTS } from './intake.table.js';

/** What the project and the catalogue say about an application, looked up before `decide` sees the command. */
export interface Opening {
  readonly project: string;
  readonly projectName: string;
  readonly region: string;
  readonly matter: string;
  readonly matterName: string;
  readonly matterVersion: number;
  readonly department: string | null;
  readonly applicant: string;
  readonly terms: Terms;
  readonly prerequisites: readonly Prerequisite[];
  /** Other departments whose windows may hand it in; left out where there are none. */
  readonly receivedBy?: readonly string[];
  /** The application of the same matter that has ended; left out in the first round. */
  readonly previousRound?: string;
}

export type CounterFacts = {
  /** Office hours of the counter at which it is handed in; left out where it comes online. */
  readonly counter?: Counter;
};

export type SubmissionFacts = CounterFacts & {
  /** Null when the application was submitted before: then it is not opened a second time. */
  readonly opening: Opening | null;
  /** Whom to consult at once, where a whole stage is submitted and this is its lead's application. */
  readonly consult?: Asked;
};

export type SupplementFacts = {
  /** Names of the materials that the matter's catalogue asks for; none when it has no list. */
  readonly knownMaterials: readonly string[];
};

/** 提交申请; on a returned application it is the resubmission. */
@ApplicationAct(INTAKE_ACTS.SubmitApplication)
export class SubmitApplication extends HttpCommand<SubmissionFacts> {
  declare readonly type: 'SubmitApplication';
  @OptionalNames(200)
  materials?: string[];
  /** How it came in: at a counter (`counter`), or online; left out: at the counter where a clerk enters it. */
  @OptionalName()
  channel?: string;
  /** Account of the applicant, when the window submits for an applicant whom the project does not name yet. */
  @RefersTo({ to: 'account', roles: ['applicant'] })
  @OptionalName()
  applicant?: string;

  /** An end promised by an imported log. */
  @SentBySystem()
  declare promisedEnd: string | null;
}

export class SupplementItem {
  @Name()
  material!: string;
  @Ground(licensing(32, 4))
  reason!: string;
}

@ApplicationAct(INTAKE_ACTS.RequestSupplement)
export class RequestSupplement extends HttpCommand<SupplementFacts> {
  declare readonly type: 'RequestSupplement';
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @EachOnce('material')
  @Type(() => SupplementItem)
  items!: SupplementItem[];
}

@ApplicationAct(INTAKE_ACTS.SubmitSupplement)
export class SubmitSupplement extends HttpCommand<CounterFacts> {
  declare readonly type: 'SubmitSupplement';
  @OptionalNames(200)
  materials?: string[];
}

@ApplicationAct(INTAKE_ACTS.AcceptApplication)
export class AcceptApplication extends HttpCommand<MaterialFacts> {
  declare readonly type: 'AcceptApplication';
  @OptionalText()
  note?: string;
}

@ApplicationAct(INTAKE_ACTS.RefuseAcceptance)
export class RefuseAcceptance extends HttpCommand<AcceptanceRefusalFacts> {
  declare readonly type: 'RefuseAcceptance';
  /** Left out where `article` is one of the grounds. A filing is turned away only as `not-within-filing-scope`. */
  @IsOptional()
  @IsIn(ACCEPTANCE_REFUSAL_GROUNDS)
  ground?: AcceptanceRefusalGround;
  /** 行政许可法 Art. 32(1) or (2), of a filing an article of its own law; left out: that of the ground. */
  @Cites('reference')
  @OptionalName()
  article?: string;
  /** The organ that is competent, to which the applicant has to apply; needed where this one is not. */
  @SaysSomething(licensing(32, 2))
  @OptionalName()
  organ?: string;
  @Ground(licensing(38))
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

export const INTAKE_COMMANDS = [
  SubmitApplication,
  RequestSupplement,
  SubmitSupplement,
  AcceptApplication,
  RefuseAcceptance,
] as const;
export type IntakeCommand = InstanceType<(typeof INTAKE_COMMANDS)[number]>;
