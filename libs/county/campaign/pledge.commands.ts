import {
  Act,
  Day,
  EachOnce,
  HttpCommand,
  Name,
  OptionalName,
  OptionalNames,
  OptionalText,
  Text,
} from '#libs/shell/nest';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsNumber,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { EventReference } from './event-reference.js';
import { type ProofFacts } from './proof.js';

const PLEDGERS = ['department-head', 'campaign-office'] as const;
/** A figure that JSON carries exactly, to the hundredth. */
const LARGEST = 1e12;

export class IndicatorBody {
  @Name()
  name!: string;
  @Name()
  unit!: string;
  @Max(LARGEST)
  @Min(0)
  @IsNumber({ maxDecimalPlaces: 2 })
  target!: number;
  /** Default `at-least`. */
  @IsOptional()
  @IsIn(['at-least', 'at-most'])
  direction?: 'at-least' | 'at-most';
}

export type PledgeFacts = {
  /** `department`, where it does not stand. */
  readonly unknown: readonly string[];
};

@Act({
  type: 'MakePledge',
  path: '',
  roles: PLEDGERS,
  summary: '表态 Make a measurable pledge with a deadline',
})
export class MakePledge extends HttpCommand<PledgeFacts> {
  declare readonly type: 'MakePledge';
  /** Whose pledge it is, where the campaign office writes it down; heads pledge for their own department. */
  @OptionalName()
  department?: string;
  @Text()
  text!: string;
  @IsDefined()
  @ValidateNested()
  @Type(() => IndicatorBody)
  indicator!: IndicatorBody;
  /** Last legal day. */
  @Day()
  dueOn!: string;
  @OptionalName()
  occasion?: string;
}

@Act({
  type: 'FulfilPledge',
  path: 'fulfilment',
  roles: PLEDGERS,
  summary: '兑现承诺 Report a pledge as fulfilled, with evidence',
})
export class FulfilPledge extends HttpCommand<ProofFacts> {
  declare readonly type: 'FulfilPledge';
  /** What the indicator's figure is now. */
  @Max(LARGEST)
  @Min(0)
  @IsNumber({ maxDecimalPlaces: 2 })
  value!: number;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @EachOnce('stream', 'revision')
  @Type(() => EventReference)
  events?: EventReference[];
  @OptionalNames(50)
  documents?: string[];
  @OptionalText()
  note?: string;
}

export type PledgeCommand = MakePledge | FulfilPledge;
