import { type Holder, type Stage } from '#libs/county/approval';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { CASE_WORKERS } from '#libs/shell/roles';
import { AnyText, Act, Cites, HttpCommand, Name, Names, OptionalName, Text } from '#libs/shell/nest';
import { IsIn } from 'class-validator';
import { type DisputeEffectLapsed, type Stance, STANCES } from './dispute.events.js';

/** The state of the application at the moment of the command. */
export interface Standing {
  readonly project: string;
  readonly matter: string;
  readonly department: string | null;
  readonly holder: Holder | null;
  readonly stage: Exclude<Stage, 'absent'>;
  readonly dispute: string | null;
}

export type DisputeFacts = {
  /** Null when there is no such application. */
  readonly standing: Standing | null;
  /** Those of `departments` that do not exist. */
  readonly unknown: readonly string[];
};

@Act({
  type: 'RaiseJurisdictionDispute',
  path: '',
  roles: CASE_WORKERS,
  summary: '提出职能争议 Dispute which department an application belongs to',
})
export class RaiseJurisdictionDispute extends HttpCommand<DisputeFacts> {
  declare readonly type: 'RaiseJurisdictionDispute';
  @Name()
  application!: string;
  /** The other departments concerned. */
  @Names(5)
  departments!: string[];
  @Text()
  reason!: string;
}

@Act({
  type: 'TakeJurisdictionPosition',
  path: 'position',
  roles: CASE_WORKERS,
  summary: '表明职能立场 Claim or decline the application',
})
export class TakeJurisdictionPosition extends HttpCommand {
  declare readonly type: 'TakeJurisdictionPosition';
  @IsIn(STANCES)
  stance!: Stance;
  @Text()
  reason!: string;
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({
  type: 'RuleJurisdiction',
  path: 'ruling',
  roles: ['campaign-office', 'leader'],
  summary: '裁定职能争议 Rule which department the application belongs to',
})
export class RuleJurisdiction extends HttpCommand {
  declare readonly type: 'RuleJurisdiction';
  @Name()
  department!: string;
  @Text()
  reason!: string;
  @Cites('reference')
  @OptionalName()
  article?: string;
  /** What the catalogue should say from now on, so that the same dispute does not come again. */
  @AnyText()
  catalogueNote!: string;
}

/** Notes that an effect can never come about; sent by the follow-up of disputes, never by a person. */
export interface LapseDisputeEffect {
  readonly type: 'LapseDisputeEffect';
  readonly id: string;
  readonly effect: DisputeEffectLapsed['data']['effect'];
  readonly meta: CommandMeta;
}

export type DisputeCommand =
  RaiseJurisdictionDispute | TakeJurisdictionPosition | RuleJurisdiction | LapseDisputeEffect;
