import { type DomainEvent } from '#libs/engine/event-sourcing';

/** 预审申请: the applicant asks before there is an application. No clock runs. */
export type PreReviewRequested = DomainEvent<
  'PreReviewRequested',
  1,
  {
    readonly project: string;
    readonly matter: string;
    readonly question: string;
    readonly materials: readonly string[];
  }
>;

/** 预审意见 or 提前介入: the department advises before there is an application, asked or of its own accord. */
export type PreReviewGiven = DomainEvent<
  'PreReviewGiven',
  1,
  {
    readonly project: string;
    readonly matter: string;
    readonly department: string;
    readonly opinion: string;
    /** Material to prepare. */
    readonly toPrepare: readonly string[];
    /** False for early involvement, which was not requested. */
    readonly asked: boolean;
  }
>;

export type PreReviewEvent = PreReviewRequested | PreReviewGiven;
