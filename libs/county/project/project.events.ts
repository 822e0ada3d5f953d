import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type ProjectMattersEvent } from './project-matters.events.js';
import { type PreReviewEvent } from './pre-review.events.js';
import { type OpenedApplication } from './opened-application.js';
import { type StageSubmitted } from './stage-submission.events.js';

export type ProjectRegistered = DomainEvent<
  'ProjectRegistered',
  2,
  {
    readonly project: string;
    readonly name: string;
    readonly template: string;
    readonly templateVersion: number;
    /** 行政区划代码 (GB/T 2260), six digits; twelve with the statistical township and village part. */
    readonly region: string;
    /** 项目代码 of the national platform (政府投资条例 Art. 10, of an enterprise 企业投资项目核准和备案管理条例 Art. 4); null when none was given. */
    readonly nationalCode: string | null;
    /** Null if an office has registered the project and there is no application yet. */
    readonly applicant: string | null;
    /** Declared investment in yuan, a decimal string; null when none was given. */
    readonly investment: string | null;
    /** Where an imported project comes from; null for live work. */
    readonly source: string | null;
    readonly applications: readonly OpenedApplication[];
  }
>;

/** 确定申请人: whose project it is, where the registration could not say. Happens once; a mistake is corrected. */
export type ApplicantNamed = DomainEvent<
  'ApplicantNamed',
  1,
  { readonly project: string; readonly applicant: string }
>;

/** 更正申请人: another was meant. What the first could do they can do no longer. */
export type ApplicantCorrected = DomainEvent<
  'ApplicantCorrected',
  1,
  {
    readonly project: string;
    readonly from: string;
    readonly applicant: string;
    readonly reason: string;
  }
>;

/** 列为重点项目, with the leader responsible for it (包联). */
type KeyProjectDesignated = DomainEvent<
  'KeyProjectDesignated',
  1,
  { readonly project: string; readonly leader: string; readonly reason: string }
>;

/**
 * The county's other three campaigns (四场攻坚战), which a project may serve too. The fourth, approval service, is every
 * project's.
 */
export const CAMPAIGNS = [
  'contest-for-projects', // 两争一抢
  'land-and-factors', // 空间要素
  'investment-promotion', // 招商引资
] as const;
export type Campaign = (typeof CAMPAIGNS)[number];

/** The campaigns a project serves from now on: the whole list, in the order of CAMPAIGNS; empty = none. */
type ProjectTagged = DomainEvent<
  'ProjectTagged',
  1,
  { readonly project: string; readonly campaigns: readonly Campaign[] }
>;

export type ProjectEvent =
  | ProjectRegistered
  | ApplicantNamed
  | ApplicantCorrected
  | KeyProjectDesignated
  | ProjectTagged
  | PreReviewEvent
  | ProjectMattersEvent
  | StageSubmitted;
