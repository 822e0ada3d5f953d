import { CASE_WORKERS } from '#libs/shell/roles';
import { licensing } from '#libs/law/citations';
import {
  Cites,
  Ground,
  HttpCommand,
  Name,
  OptionalName,
  OptionalText,
  RefersTo,
  SentBySystem,
  Text,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';

import { ApplicationAct } from '../core/application-act.js';
import { HANDLING_ACTS } from './handling.table.js';

@ApplicationAct(HANDLING_ACTS.AssignReviewer)
export class AssignReviewer extends HttpCommand {
  declare readonly type: 'AssignReviewer';
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @Name()
  person!: string;
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
}

@ApplicationAct(HANDLING_ACTS.RecordStep)
export class RecordStep extends HttpCommand {
  declare readonly type: 'RecordStep';
  @Name()
  step!: string;
  /** The other official of an on-site check, which takes two of the department (行政许可法 Art. 34 para. 3). */
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @OptionalName()
  second?: string;
  @OptionalText()
  note?: string;

  /** Id of the row it was imported from; null for live work. */
  @SentBySystem()
  declare source: string | null;
  /** ISO instant at which the step was begun, where the log it was imported from says so. */
  @SentBySystem()
  declare begunAt?: string;
}

@ApplicationAct(HANDLING_ACTS.SendBackApplication)
export class SendBackApplication extends HttpCommand {
  declare readonly type: 'SendBackApplication';
  @Text()
  reason!: string;
}

export type ReturnFacts = {
  /** Whether the article is of a law that the matter itself rests on: after acceptance no other sends an application back. */
  readonly restsOnOwnLaw: boolean;
};

/** To whom an application is handed back. */
const RETURN_TO = ['applicant', 'desk'] as const;

@ApplicationAct(HANDLING_ACTS.ReturnApplication)
export class ReturnApplication extends HttpCommand<ReturnFacts> {
  declare readonly type: 'ReturnApplication';
  /** Left out: the applicant. To the desk it stays inside the organ. */
  @IsOptional()
  @IsIn(RETURN_TO)
  to?: (typeof RETURN_TO)[number];
  @Ground(licensing(38))
  reason!: string;
  /** Of the law of the matter; without one the return is a deviation, and the time stays the department's. */
  @Cites('reference')
  @OptionalName()
  article?: string;
}

export type TransferFacts = {
  /** Whether the receiving department exists. */
  readonly departmentKnown: boolean;
  /** Id of the event that gave the application to its first department; null when it was never submitted. */
  readonly openedBy: string | null;
};

@ApplicationAct(HANDLING_ACTS.TransferApplication)
export class TransferApplication extends HttpCommand<TransferFacts> {
  declare readonly type: 'TransferApplication';
  @Name()
  department!: string;
  /** Needs `person`: the post is the one that they hold. */
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
  @RefersTo({ to: 'staff', of: { field: 'department' }, roles: CASE_WORKERS })
  @OptionalName()
  person?: string;
  @Ground(licensing(32, 2))
  reason!: string;
}

export const HANDLING_COMMANDS = [
  AssignReviewer,
  RecordStep,
  SendBackApplication,
  ReturnApplication,
  TransferApplication,
] as const;
export type HandlingCommand = InstanceType<(typeof HANDLING_COMMANDS)[number]>;
