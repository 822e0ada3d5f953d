import { Act, Cites, HttpCommand, Names, OptionalName, Text } from '#libs/shell/nest';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';

/** What a consultation asks, whoever opens it. */
export type Asked = {
  readonly departments: readonly string[];
  readonly question: string;
  readonly days: number;
  readonly article: string | null;
  readonly silenceRule: string | null;
};

const LEAD = ['window', 'reviewer', 'department-head'] as const;

@Act({
  type: 'RequestConsultation',
  path: 'consultation',
  roles: LEAD,
  summary: '征求意见 Ask other departments for their opinions, in parallel',
})
export class RequestConsultation extends HttpCommand {
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

  /** Those of the departments that do not exist, looked up by the handler. */
  declare unknown: readonly string[];
}

@Act({
  type: 'AnswerConsultation',
  path: 'consultation-opinion',
  roles: LEAD,
  summary: '回复意见 Give the opinion of your own department',
})
export class AnswerConsultation extends HttpCommand {
  declare readonly type: 'AnswerConsultation';
  @IsBoolean()
  agrees!: boolean;
  @Text()
  opinion!: string;
}

@Act({
  type: 'CloseConsultation',
  path: 'consultation-closure',
  roles: LEAD,
  summary: '征求意见逾期 Stop waiting for departments whose deadline has passed',
})
export class CloseConsultation extends HttpCommand {
  declare readonly type: 'CloseConsultation';
}

export type ConsultationCommand = RequestConsultation | AnswerConsultation | CloseConsultation;
