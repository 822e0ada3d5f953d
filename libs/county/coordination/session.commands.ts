import { type CommandMeta } from '#libs/engine/event-sourcing';
import { isOutside, ROLES } from '#libs/shell/roles';
import {
  Act,
  Cites,
  Day,
  EachOnce,
  HttpCommand,
  Name,
  OptionalName,
  OptionalText,
  Text,
  RefersTo,
} from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { type AgendaItem, type Attendant, type CarriedItem } from './session.events.js';

/** The stage in which an application ended, and its name in Chinese. */
export type Ended = { readonly stage: string; readonly stageZh: string };

/** The applications for a session, looked up when it is convened. */
export type Agenda = {
  readonly items: readonly AgendaItem[];
  readonly asOf: string;
  readonly more: boolean;
  readonly carriedFrom: string | null;
  readonly settled: readonly CarriedItem[];
};

/** Puts the next session of the schedule on record; sent by the policy, never by a person. */
interface ScheduleJointReview {
  readonly type: 'ScheduleJointReview';
  readonly id: string;
  readonly nominalDay: string;
  readonly meta: CommandMeta;
}

/** Records that a session's day is over without it having been opened; sent by the policy, never by a person. */
interface MarkJointReviewMissed {
  readonly type: 'MarkJointReviewMissed';
  readonly id: string;
  readonly meta: CommandMeta;
}

@Act({
  type: 'ConveneJointReview',
  path: '',
  roles: ['campaign-office'],
  summary: '召集联审联办 Convene a joint review session in addition to the half-monthly ones',
})
export class ConveneJointReview extends HttpCommand<{ readonly agenda: Agenda }> {
  declare readonly type: 'ConveneJointReview';
  /** The legal day on which it is held. */
  @Day()
  day!: string;
}

/** Every person with a post in a department may attend for it. */
const ATTENDING = ROLES.filter((role) => !isOutside(role));

class AttendantBody {
  @Name()
  department!: string;
  @RefersTo({ to: 'staff', of: { field: 'department' }, roles: ATTENDING })
  @Name()
  person!: string;
}

/** Departments named that do not exist. */
export type NamedFacts = { readonly unknown: readonly string[] };

export type ItemFacts = NamedFacts & {
  /** How the application ended; null while it goes on. */
  readonly ended: Ended | null;
};

@Act({
  type: 'OpenJointReview',
  path: 'opening',
  roles: ['campaign-office'],
  summary: '开会签到 Open a joint review session on its day, with the attendance',
})
export class OpenJointReview extends HttpCommand<NamedFacts> {
  declare readonly type: 'OpenJointReview';
  /** Who presides. */
  @RefersTo({ to: 'account', roles: ['leader', 'campaign-office'] })
  @Name()
  chair!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @EachOnce('person')
  @Type(() => AttendantBody)
  attendance!: readonly Attendant[];
}

@Act({
  type: 'ResolveAgendaItem',
  path: 'resolutions',
  roles: ['campaign-office'],
  summary: '记录议定事项 Record a resolution on a case: which department does what, by when',
})
export class ResolveAgendaItem extends HttpCommand<ItemFacts> {
  declare readonly type: 'ResolveAgendaItem';
  /** The application, as the agenda names it. */
  @Name()
  application!: string;
  @Text()
  resolution!: string;
  @Name()
  department!: string;
  /** The last legal day for it. */
  @Day()
  lastDay!: string;
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({
  type: 'ReportResolution',
  path: 'resolution-report',
  roles: ['department-head', 'campaign-office'],
  summary: '反馈落实 Report that a resolution on a case has been carried out',
})
export class ReportResolution extends HttpCommand {
  declare readonly type: 'ReportResolution';
  /** The application, as the agenda names it. */
  @Name()
  application!: string;
  /** What was done. */
  @Text()
  report!: string;
}

@Act({
  type: 'CloseJointReview',
  path: 'closing',
  roles: ['campaign-office'],
  summary: '闭会（会议结束） Close a joint review session; unresolved items carry over to the next',
})
export class CloseJointReview extends HttpCommand {
  declare readonly type: 'CloseJointReview';
  @OptionalText()
  note?: string;
}

export type SessionCommand =
  | ScheduleJointReview
  | ConveneJointReview
  | OpenJointReview
  | ResolveAgendaItem
  | ReportResolution
  | CloseJointReview
  | MarkJointReviewMissed;
