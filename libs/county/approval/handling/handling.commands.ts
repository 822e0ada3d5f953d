import {
  Act,
  Cites,
  HttpCommand,
  Name,
  OptionalName,
  OptionalText,
  RefersTo,
  SentBySystem,
  Text,
} from '#libs/shell/nest';
import { CASE_WORKERS } from '../core/act-rule.js';

@Act({
  type: 'AssignReviewer',
  path: 'assignment',
  roles: ['window', 'department-head'],
  summary: '分办 Assign a reviewer',
})
export class AssignReviewer extends HttpCommand {
  declare readonly type: 'AssignReviewer';
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @Name()
  person!: string;
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
}

@Act({ type: 'RecordStep', path: 'steps', roles: CASE_WORKERS, summary: '记录环节 Record a completed step' })
export class RecordStep extends HttpCommand {
  declare readonly type: 'RecordStep';
  @Name()
  step!: string;
  @OptionalText()
  note?: string;

  /** Id of the row it was imported from; null for live work. */
  @SentBySystem()
  declare source: string | null;
}

@Act({
  type: 'SendBackApplication',
  path: 'send-back',
  roles: ['department-head'],
  summary: '内部退回 Send back to the reviewer',
})
export class SendBackApplication extends HttpCommand {
  declare readonly type: 'SendBackApplication';
  @Text()
  reason!: string;
}

@Act({
  type: 'ReturnApplication',
  path: 'return',
  roles: CASE_WORKERS,
  summary: '退回申请人 Return to the applicant',
})
export class ReturnApplication extends HttpCommand {
  declare readonly type: 'ReturnApplication';
  @Text()
  reason!: string;
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({ type: 'TransferApplication', path: 'transfer', roles: CASE_WORKERS, summary: '转办/移送 Transfer' })
export class TransferApplication extends HttpCommand {
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
  @Text()
  reason!: string;

  /** Whether the receiving department exists, looked up by the handler. */
  declare departmentKnown: boolean;
  /** Id of the event that gave the application to its first department, looked up by the handler. */
  declare openedBy?: string;
}
