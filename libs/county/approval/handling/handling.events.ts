import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';
import { type Id } from '../core/terms.js';

export type ReviewerAssigned = DomainEvent<
  'ReviewerAssigned',
  1,
  Id & {
    readonly department: string;
    readonly post: string | null;
    readonly person: string;
    readonly custody: Custody;
  }
>;

/** One step (环节) done: which, by which department, post and person. */
export type StepRecorded = DomainEvent<
  'StepRecorded',
  1,
  Id & {
    readonly step: string;
    readonly department: string | null;
    readonly post: string | null;
    readonly person: string;
    /** The other official of an on-site check; left out where one person did it. */
    readonly second?: string;
    readonly note: string | null;
    /** Id of the row in the log it was imported from. */
    readonly source: string | null;
    /** ISO instant at which it was begun; the time before it was waiting. Left out where it is not known. */
    readonly begunAt?: string;
    /** True for a step after the end of the application (archiving, sending): it does not touch the clock. */
    readonly afterEnd: boolean;
    readonly custody: Custody;
  }
>;

/** Back to the reviewer or the desk inside the organ (内部退回); never to the applicant. */
export type ApplicationSentBack = DomainEvent<
  'ApplicationSentBack',
  1,
  Id & { readonly reason: string; readonly custody: Custody }
>;

/**
 * Back to the applicant (退回申请人). After acceptance only a decision or the applicant's own withdrawal ends an application, unless the
 * law of the matter says otherwise.
 */
export type ApplicationReturned = DomainEvent<
  'ApplicationReturned',
  1,
  Id & {
    readonly reason: string;
    readonly article: string | null;
    /** True where it rests on no article of the matter's own law: the time stays the department's. Left out before and in imported logs. */
    readonly deviates?: true;
    readonly round: number;
    readonly custody: Custody;
  }
>;

/** 转办 or 移送: to another post of the department or to another department. */
export type ApplicationTransferred = DomainEvent<
  'ApplicationTransferred',
  1,
  Id & {
    readonly from: string | null;
    readonly to: {
      readonly department: string;
      readonly post: string | null;
      readonly person: string | null;
    };
    readonly reason: string;
    readonly custody: Custody;
  }
>;

export type HandlingEvent =
  ReviewerAssigned | StepRecorded | ApplicationSentBack | ApplicationReturned | ApplicationTransferred;
