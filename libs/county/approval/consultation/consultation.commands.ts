import { Cites, HttpCommand, Names, OptionalName, Text } from '#libs/shell/nest';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { ApplicationAct } from '../core/application-act.js';
import { CONSULTATION_ACTS } from './consultation.table.js';

/** What a consultation asks, for every command that opens one. */
export type Asked = {
  readonly departments: readonly string[];
  readonly question: string;
  readonly days: number;
  readonly article: string | null;
  readonly silenceRule: string | null;
};

export type ConsultationFacts = {
  /** Those of the departments that do not exist. */
  readonly unknown: readonly string[];
};

@ApplicationAct(CONSULTATION_ACTS.RequestConsultation)
export class RequestConsultation extends HttpCommand<ConsultationFacts> {
  declare readonly type: 'RequestConsultation';
  @Names(20)
  departments!: string[];
  @Text()
  question!: string;
  /** Working days for the answer, today not counted. */
  @Max(30)
  @Min(1)
  @IsInt()
  days!: number;
  /** The law that asks for these opinions, where one does. */
  @Cites('reference')
  @OptionalName()
  article?: string;
  /** The rule by which silence counts as no objection, where one does. */
  @OptionalName()
  silenceRule?: string;
}

@ApplicationAct(CONSULTATION_ACTS.AnswerConsultation)
export class AnswerConsultation extends HttpCommand {
  declare readonly type: 'AnswerConsultation';
  @IsBoolean()
  agrees!: boolean;
  @Text()
  opinion!: string;
}

@ApplicationAct(CONSULTATION_ACTS.CloseConsultation)
export class CloseConsultation extends HttpCommand {
  declare readonly type: 'CloseConsultation';
}

export const CONSULTATION_COMMANDS = [RequestConsultation, AnswerConsultation, CloseConsultation] as const;
export type ConsultationCommand = InstanceType<(typeof CONSULTATION_COMMANDS)[number]>;
