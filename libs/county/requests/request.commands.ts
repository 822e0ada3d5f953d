import { type CommandMeta, ID } from '#libs/engine/event-sourcing';
import { CASE_WORKERS } from '#libs/shell/roles';
import { Act, HttpCommand, Name, OptionalText, Text } from '#libs/shell/nest';
import { IsBoolean, IsIn, Matches } from 'class-validator';
import { URGENCIES, type Urgency } from './request.events.js';

export type RequestFacts = {
  /** Whether the department exists and does its own business. */
  readonly departmentKnown: boolean;
};

@Act({
  type: 'RaiseRequest',
  path: '',
  roles: ['applicant', 'agent'],
  summary: '提出诉求 Raise a request with a department; the due day depends on the urgency',
})
export class RaiseRequest extends HttpCommand<RequestFacts> {
  declare readonly type: 'RaiseRequest';
  @Matches(ID)
  declare id: string;
  @Name()
  department!: string;
  @IsIn(URGENCIES)
  urgency!: Urgency;
  @Text()
  text!: string;
}

export type AnswerFacts = {
  /** Whose business the request is today; null when there is no such request. */
  readonly competent: string | null;
};

@Act({
  type: 'AnswerRequest',
  path: 'answer',
  roles: CASE_WORKERS,
  summary: '答复诉求 Answer the request of an enterprise',
})
export class AnswerRequest extends HttpCommand<AnswerFacts> {
  declare readonly type: 'AnswerRequest';
  @Text()
  answer!: string;
}

@Act({
  type: 'RateRequest',
  path: 'rating',
  roles: ['applicant', 'agent'],
  summary: '评价答复 Rate the answer',
})
export class RateRequest extends HttpCommand {
  declare readonly type: 'RateRequest';
  @IsBoolean()
  helped!: boolean;
  @OptionalText()
  comment?: string;
}

/** Sent by the policy over requests, never over HTTP. One that is not overdue, or marked already, adds nothing. */
interface MarkRequestOverdue {
  readonly type: 'MarkRequestOverdue';
  readonly id: string;
  readonly meta: CommandMeta;
}

export type RequestCommand = RaiseRequest | AnswerRequest | RateRequest | MarkRequestOverdue;
