import { Act, Cites, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/shell/nest';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type InternalStep, SUSPENSION_CAUSES, type SuspensionCause } from './clock.events.js';
import { ESCALATION_LEVELS, type EscalationLevel } from '../application/application.events.js';
import { type PermitEndCause } from '../permit/permit.events.js';

@Act({
  type: 'SuspendClock',
  path: 'suspension',
  roles: ['reviewer', 'department-head'],
  summary: '中止计时 Stop the clock for a hearing, a test or an expert review',
  article: '行政许可法 Art. 45',
})
export class SuspendClock extends HttpCommand {
  declare readonly type: 'SuspendClock';
  @IsIn(SUSPENSION_CAUSES)
  cause!: SuspensionCause;
  /** Number of the written notice that tells the applicant how long it takes. */
  @Name()
  notice!: string;
  @Max(365)
  @Min(1)
  @IsInt()
  days!: number;
}

@Act({
  type: 'ResumeClock',
  path: 'resumption',
  roles: ['reviewer', 'department-head'],
  summary: '恢复计时 Let the clock run again',
  article: '行政许可法 Art. 45',
})
export class ResumeClock extends HttpCommand {
  declare readonly type: 'ResumeClock';
  @OptionalText()
  result?: string;
}

@Act({
  type: 'ExtendTimeLimit',
  path: 'extension',
  roles: ['department-head'],
  summary: '延期 Extend the term once',
  article: '行政许可法 Art. 42',
})
export class ExtendTimeLimit extends HttpCommand {
  declare readonly type: 'ExtendTimeLimit';
  /** In the unit of the limit. */
  @Max(365)
  @Min(1)
  @IsInt()
  days!: number;
  /** What the applicant is told. */
  @Text()
  reason!: string;
  /** The article of the matter's own law, where that allows another extension than 行政许可法 Art. 42. */
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({
  type: 'SendDownApplication',
  path: 'escalation-return',
  roles: ['department-head', 'supervisor', 'leader', 'campaign-office'],
  summary: '退回下级协调 Send an escalated case down to where it can be solved',
})
export class SendDownApplication extends HttpCommand {
  declare readonly type: 'SendDownApplication';
  /** Default: one level down, and from the lowest back to the handler. */
  @IsOptional()
  @IsIn(ESCALATION_LEVELS)
  level?: EscalationLevel;
  @Text()
  reason!: string;
}

/**
 * Something that time alone brings about. `since` is what it was computed from: where that has changed the timer is
 * void. `at` is the instant it falls due; ISO instants.
 */
export type Timer =
  | { readonly name: 'notice'; readonly since: string; readonly at: string }
  | { readonly name: 'yellow'; readonly at: string }
  | { readonly name: 'deficiency'; readonly at: string }
  | { readonly name: 'consultation'; readonly at: string }
  | { readonly name: 'step'; readonly step: InternalStep; readonly since: string; readonly at: string }
  | {
      readonly name: 'permit';
      readonly cause: PermitEndCause;
      readonly since: string;
      /** Last legal day on which the permit holds, or may first be used. */
      readonly lastDay: string;
      readonly article: string;
      readonly at: string;
    }
  | {
      readonly name: 'escalation';
      readonly level: EscalationLevel;
      readonly since: string;
      readonly at: string;
    };

/** 到期: sent by the policies of libs/county/supervision and by nobody over HTTP. A timer that is void adds nothing. */
@Act({ type: 'FireTimer', path: 'timer', roles: [], summary: '到期 A timer fell due' })
export class FireTimer extends HttpCommand {
  declare readonly type: 'FireTimer';
  declare timer: Timer;
}

export type ClockCommand = SuspendClock | ResumeClock | ExtendTimeLimit | SendDownApplication | FireTimer;
