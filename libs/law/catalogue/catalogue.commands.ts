import { cited, licensing } from '#libs/law/citations';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import {
  Act,
  AnyNames,
  Cites,
  Day,
  EachOnce,
  HttpCommand,
  Name,
  NameOrBlank,
  OptionalName,
  Text,
  RefersTo,
  SentBySystem,
} from '#libs/shell/nest';
import {
  type DayUnit,
  REST_DAY_READINGS,
  type RestDayReading,
  type StartRule,
  type TimeLimit,
} from '#libs/law/calendar';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  type Agreed,
  APPROVAL_LINES,
  type ApprovalLine,
  type LegalBasis,
  type MatterDefinition,
  type Receiver,
  type MatterOpinion,
} from './catalogue.events.js';
import { type MatterClock } from './matter-clock.js';
import { MatterClockBody } from './matter-clock.body.js';
import { MATTER_KINDS, type MatterKind } from './matter-kind.js';
import { MaterialBody, OpinionBody, ReceiverBody } from './matter-parts.body.js';

export const PUBLISHERS = ['admin', 'campaign-office'] as const;

/** Stage letters and a number, as in `GC-02`: exactly one hyphen, so that `{project}-{code}` reads one way only. */
export const MATTER_CODE = /^[A-Z][A-Z0-9]{0,9}-[0-9]{1,4}$/;

class LegalBasisBody {
  @NameOrBlank()
  law!: string;
  @Cites('article-of-law')
  @NameOrBlank()
  article!: string;
  @IsBoolean()
  verified!: boolean;
}

class TimeLimitBody {
  @IsInt()
  @Min(0)
  @Max(3650)
  days!: number;
  @IsIn(['working-day', 'calendar-day'])
  unit!: DayUnit;
  @IsIn(['receipt', 'acceptance'])
  start!: StartRule;
  /** Of a limit in calendar days; left out, it stays. */
  @IsOptional()
  @IsIn(REST_DAY_READINGS)
  endsOnRestDay?: RestDayReading;
}

/** The body of a matter, the same whether it is published, revised or read from a file. */
abstract class MatterBody extends HttpCommand {
  @Name()
  name!: string;
  @Name()
  nameEn!: string;
  @IsIn(MATTER_KINDS)
  kind!: MatterKind;
  /** Null for a joint matter, on which any department may act; never left out. */
  @ValidateIf((body: MatterBody) => body.department !== null)
  @RefersTo({ to: 'department' })
  @Name()
  department!: string | null;
  /** Other offices at which it may be handed in. Left out of a revision: as it was; an empty list: none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @EachOnce('department')
  @Type(() => ReceiverBody)
  receivedBy?: readonly Receiver[];
  /** Null: on none of the five. Left out of a revision: as it was. */
  @IsOptional()
  @IsIn(Object.keys(APPROVAL_LINES))
  line?: ApprovalLine | null;
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LegalBasisBody)
  legalBasis!: readonly LegalBasis[];
  @ValidateIf((body: MatterBody) => body.statutory !== null)
  @IsDefined()
  @ValidateNested()
  @Type(() => TimeLimitBody)
  statutory!: TimeLimit | null;
  @ValidateIf((body: MatterBody) => body.promised !== null)
  @IsDefined()
  @ValidateNested()
  @Type(() => TimeLimitBody)
  promised!: TimeLimit | null;
  /** Null: nothing of its own. Left out of a revision: as it was. */
  @IsOptional()
  @ValidateNested()
  @Type(() => MatterClockBody)
  clock?: MatterClock | null;
  /** Whether it grants a qualification to a natural person. Left out of a revision: as it was. */
  @IsOptional()
  @IsBoolean()
  personalQualification?: boolean;
  /** Opinions that its law asks for. Null: none. Left out of a revision: as they were. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @EachOnce('department')
  @Type(() => OpinionBody)
  consults?: readonly MatterOpinion[] | null;
  @IsBoolean()
  limitsVerified!: boolean;
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @EachOnce('name')
  @Type(() => MaterialBody)
  materials!: MatterDefinition['materials'];
  @AnyNames(100)
  steps!: readonly string[];
  @Day()
  effectiveFrom!: string;
}

/** Publishing again what is published adds nothing, so that a catalogue may be loaded at every start. */
@Act({
  type: 'PublishMatter',
  path: '',
  roles: PUBLISHERS,
  summary: '公布事项 Publish an approval matter',
  article: cited(licensing(30)),
})
export class PublishMatter extends MatterBody {
  declare readonly type: 'PublishMatter';
  /** The matter's code. */
  @Matches(MATTER_CODE)
  declare id: string;
}

@Act({
  type: 'ReviseMatter',
  path: 'revision',
  roles: PUBLISHERS,
  summary: '修订事项 Revise an approval matter',
  article: cited(licensing(30)),
})
export class ReviseMatter extends MatterBody {
  declare readonly type: 'ReviseMatter';
  @Text()
  reason!: string;
  /** The law by which the matter may become lighter (fewer steps, materials or opinions, longer terms); another person confirms. */
  @Cites('reference')
  @OptionalName()
  article?: string;

  /** A condition that two persons agreed to withdraw. */
  @SentBySystem()
  declare agreed?: Required<Agreed>;
}

@Act({
  type: 'ConfirmRevision',
  path: 'revision-confirmation',
  roles: [...PUBLISHERS, 'leader'],
  summary: '确认修订事项 Confirm a revision that makes a matter lighter, as another person proposed it',
})
export class ConfirmRevision extends HttpCommand {
  declare readonly type: 'ConfirmRevision';
}

/** The matter stays in force until another person confirms it. Proposing again takes the place of the proposal before. */
@Act({
  type: 'AbolishMatter',
  path: 'abolition',
  roles: PUBLISHERS,
  summary:
    '提出取消事项 Propose to abolish an approval matter, citing the law that allows it; another person confirms',
})
export class AbolishMatter extends HttpCommand {
  declare readonly type: 'AbolishMatter';
  @Text()
  reason!: string;
  /** The law by which the matter may go. A rule asks for it, so that a retry of a body from before still gets its first answer. */
  @Cites('reference')
  @Name()
  @IsOptional()
  article?: string;
}

@Act({
  type: 'ConfirmAbolition',
  path: 'abolition-confirmation',
  roles: [...PUBLISHERS, 'leader'],
  summary:
    '确认取消事项 Confirm that a matter is abolished, as another person proposed; it stays on the register',
})
export class ConfirmAbolition extends HttpCommand {
  declare readonly type: 'ConfirmAbolition';
}

/** Writes the ruling of a jurisdiction dispute into the matter's entry; sent when the ruling is made, never by a person. */
export interface NoteJurisdiction {
  readonly type: 'NoteJurisdiction';
  /** The matter's code. */
  readonly id: string;
  readonly dispute: string;
  readonly application: string;
  readonly department: string;
  readonly article: string | null;
  readonly note: string;
  readonly meta: CommandMeta;
}

export type MatterCommand =
  PublishMatter | ReviseMatter | ConfirmRevision | AbolishMatter | ConfirmAbolition | NoteJurisdiction;

/** The command that publishes a definition, as seeding and tests send it. */
export function publishMatter({ code, ...body }: MatterDefinition, meta: CommandMeta): PublishMatter {
  return Object.assign(new PublishMatter(), { ...body, id: code, meta });
}
