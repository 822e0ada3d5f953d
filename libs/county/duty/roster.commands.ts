import {
  Act,
  Day,
  HttpCommand,
  Name,
  Names,
  OptionalDay,
  OptionalText,
  SomeOf,
  Text,
} from '#libs/shell/nest';
import { ArrayNotEmpty, IsBoolean, IsOptional } from 'class-validator';
import { type HeldPost } from './duty.commands.js';
import { OWN_ACTS, type OwnAct, WINDOW_ACTS, type WindowAct } from './window-acts.js';

/** What a person is on the first day: the role of an open account, and the post held. */
export interface WindowPerson extends HeldPost {
  readonly role: string;
}

export type WindowPostFacts = {
  /** Null without an open account or a post on that day. */
  readonly found: WindowPerson | null;
};

@Act({
  type: 'PostAtWindow',
  path: 'posts',
  roles: ['department-head'],
  summary: '选派窗口人员 Send a person to a window of the department from a day on',
})
export class PostAtWindow extends HttpCommand<WindowPostFacts> {
  declare readonly type: 'PostAtWindow';
  @Name()
  window!: string;
  @Name()
  person!: string;
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  /** Last legal day; until further notice when left out. */
  @OptionalDay()
  until?: string;
  @OptionalText()
  reason?: string;
}

@Act({
  type: 'EndWindowPost',
  path: 'post-end',
  roles: ['department-head'],
  summary: '撤出窗口 End a person’s time at the window',
})
export class EndWindowPost extends HttpCommand {
  declare readonly type: 'EndWindowPost';
  @Name()
  person!: string;
  /** Last legal day; today when left out. */
  @OptionalDay()
  until?: string;
  @OptionalText()
  reason?: string;
}

@Act({
  type: 'CloseWindow',
  path: 'closure',
  roles: ['department-head'],
  summary: '撤销窗口 Close a window after its people have left it',
})
export class CloseWindow extends HttpCommand {
  declare readonly type: 'CloseWindow';
  @Name()
  window!: string;
  /** First legal day without it; today when left out. */
  @OptionalDay()
  from?: string;
  @OptionalText()
  reason?: string;
}

export type DelegationFacts = {
  /** Those of `matters` that are not in the catalogue. */
  readonly unknown: readonly string[];
};

@Act({
  type: 'GrantDelegation',
  path: 'delegation',
  roles: ['department-head'],
  summary:
    '授权 Let a person at the window decide: everything (首席代表), or certain acts on certain matters',
})
export class GrantDelegation extends HttpCommand<DelegationFacts> {
  declare readonly type: 'GrantDelegation';
  /** Number of the paper (授权书编号). */
  @Name()
  delegation!: string;
  @Name()
  person!: string;
  /** 首席代表: all acts on all matters. Without it at least one of the two lists is needed. */
  @IsOptional()
  @IsBoolean()
  full?: boolean;
  /** Left out: all acts. */
  @IsOptional()
  @ArrayNotEmpty()
  @SomeOf(WINDOW_ACTS)
  acts?: WindowAct[];
  /** Codes; left out: all matters of the department. */
  @IsOptional()
  @Names(200)
  matters?: string[];
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  /** Last legal day. */
  @Day()
  until!: string;
  @OptionalText()
  reason?: string;
}

@Act({
  type: 'RevokeDelegation',
  path: 'delegation-revocation',
  roles: ['department-head'],
  summary: '收回授权 Revoke a delegation at once',
})
export class RevokeDelegation extends HttpCommand {
  declare readonly type: 'RevokeDelegation';
  @Name()
  delegation!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'ReserveWindowActs',
  path: 'reserved-acts',
  roles: ['department-head'],
  summary: '保留权限 Set which of the window’s own acts need a delegation too; an empty list means none',
})
export class ReserveWindowActs extends HttpCommand {
  declare readonly type: 'ReserveWindowActs';
  @SomeOf(OWN_ACTS)
  acts!: OwnAct[];
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  @OptionalText()
  reason?: string;
}

export type RosterCommand =
  PostAtWindow | EndWindowPost | CloseWindow | GrantDelegation | RevokeDelegation | ReserveWindowActs;
