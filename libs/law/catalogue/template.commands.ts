import { type CommandMeta } from '#libs/engine/event-sourcing';
import { Act, Cites, Codes, HttpCommand, Name, OptionalName, RefersTo, Text } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MATTER_CODE, PUBLISHERS } from './catalogue.commands.js';
import { type StageOpinions, type TemplateDefinition, type TemplateStage } from './catalogue.events.js';
import { type MatterStanding } from './catalogue.rules.js';

export const TEMPLATE_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

class TemplateMatterBody {
  @Matches(MATTER_CODE)
  code!: string;
  /** Codes of matters in this template that must be granted first. */
  @Codes(MATTER_CODE, 100)
  prerequisites!: readonly string[];
}

class StageOpinionsBody {
  @IsInt()
  @Min(1)
  @Max(30)
  days!: number;
  /** Required: null states that there is no such rule. */
  @ValidateIf((body: StageOpinionsBody) => body.silenceRule !== null)
  @Name()
  silenceRule!: string | null;
}

class TemplateStageBody {
  @Name()
  name!: string;
  /** The lead department; null where the stage is joint. */
  @ValidateIf((body: TemplateStageBody) => body.lead !== null)
  @RefersTo({ to: 'department' })
  @Name()
  lead!: string | null;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => TemplateMatterBody)
  matters!: TemplateStage['matters'];
  @IsOptional()
  @ValidateNested()
  @Type(() => StageOpinionsBody)
  opinions?: StageOpinions;
}

export type TemplateFacts = {
  /** The state of each matter named in the catalogue; a code left out is not published. */
  readonly standing: Readonly<Record<string, MatterStanding>>;
};

abstract class TemplateBody extends HttpCommand<TemplateFacts> {
  @Name()
  name!: string;
  @Name()
  nameEn!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => TemplateStageBody)
  stages!: readonly TemplateStage[];
}

@Act({
  type: 'PublishTemplate',
  path: '',
  roles: PUBLISHERS,
  summary: '公布流程模板 Publish a process template',
})
export class PublishTemplate extends TemplateBody {
  declare readonly type: 'PublishTemplate';
  /** The template's code. */
  @Matches(TEMPLATE_CODE)
  @MaxLength(60)
  declare id: string;
}

@Act({
  type: 'ReviseTemplate',
  path: 'revision',
  roles: PUBLISHERS,
  summary: '修订流程模板 Revise a process template',
})
export class ReviseTemplate extends TemplateBody {
  declare readonly type: 'ReviseTemplate';
  @Text()
  reason!: string;
  /** The law by which the template may become lighter (without a matter or prerequisite); another person confirms. */
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({
  type: 'ConfirmTemplateRevision',
  path: 'revision-confirmation',
  roles: [...PUBLISHERS, 'leader'],
  summary: '确认修订流程模板 Confirm a revision that makes a template lighter, as another person proposed it',
})
export class ConfirmTemplateRevision extends HttpCommand<TemplateFacts> {
  declare readonly type: 'ConfirmTemplateRevision';
}

export type TemplateCommand = PublishTemplate | ReviseTemplate | ConfirmTemplateRevision;

/** The command that publishes a definition, as seeding and tests send it. */
export function publishTemplate(
  { code, ...body }: TemplateDefinition,
  standing: Readonly<Record<string, MatterStanding>>,
  meta: CommandMeta,
): PublishTemplate {
  return Object.assign(new PublishTemplate(), { ...body, id: code, standing, meta });
}
