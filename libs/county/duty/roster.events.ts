import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type OwnAct, type WindowAct } from './window-acts.js';

// One stream a department: its windows, who sits there, and what they may decide. All days are legal days, YYYY-MM-DD.

/** What a delegation covers: everything (首席代表), or these acts on these matters. Null: all of them. */
export type DelegationScope =
  | { readonly full: true }
  | {
      readonly full: false;
      readonly acts: readonly WindowAct[] | null;
      readonly matters: readonly string[] | null;
    };

/** 选派到窗口: from a day on this person works at this window of the department. */
type WindowPostFilled = DomainEvent<
  'WindowPostFilled',
  1,
  {
    readonly department: string;
    readonly window: string;
    readonly person: string;
    /** The post the person holds in the department on the first day. */
    readonly post: string;
    readonly from: string;
    /** Last day; null: until further notice. */
    readonly until: string | null;
    readonly reason: string | null;
  }
>;

/** 撤出窗口: the last day at the window. */
type WindowPostEnded = DomainEvent<
  'WindowPostEnded',
  1,
  {
    readonly department: string;
    readonly window: string;
    readonly person: string;
    readonly until: string;
    readonly reason: string | null;
  }
>;

/** 撤销窗口: from this day on the department has this window no longer. */
type WindowClosed = DomainEvent<
  'WindowClosed',
  1,
  {
    readonly department: string;
    readonly window: string;
    readonly from: string;
    readonly reason: string | null;
  }
>;

/** 授权: the head lets a person at the window decide in the department's name, from a day until a day. */
type DelegationGranted = DomainEvent<
  'DelegationGranted',
  1,
  {
    readonly department: string;
    /** Number of the paper (授权书编号). */
    readonly delegation: string;
    readonly person: string;
    readonly scope: DelegationScope;
    readonly from: string;
    readonly until: string;
    readonly reason: string | null;
  }
>;

/** 收回授权: it counts no longer, from the day it is taken back on. What was decided under it stands. */
type DelegationRevoked = DomainEvent<
  'DelegationRevoked',
  1,
  {
    readonly department: string;
    readonly delegation: string;
    readonly person: string;
    readonly from: string;
    readonly reason: string;
  }
>;

/** 保留权限: from a day on these of the window's own acts need a delegation too, and no others. */
type WindowActsReserved = DomainEvent<
  'WindowActsReserved',
  1,
  {
    readonly department: string;
    readonly acts: readonly OwnAct[];
    readonly from: string;
    readonly reason: string | null;
  }
>;

export type RosterEvent =
  | WindowPostFilled
  | WindowPostEnded
  | WindowClosed
  | DelegationGranted
  | DelegationRevoked
  | WindowActsReserved;
