import { cited, licensing } from '#libs/law/citations';
import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type TimeLimit } from '#libs/law/calendar';
import { type DueDates, type Id } from '../core/terms.js';
import { EXAMINATION_DUTIES } from '../core/examination.js';
import { type VariableRule } from '../core/varied-rules.js';

/** Rules of a statute: the county may not vary them, so each has its article. */
export const STATUTORY_RULES = {
  prerequisite: { zh: '法定前置', article: cited(licensing(69, 3)) },
  'key-material': { zh: '法定申请材料', article: cited(licensing(32, 5)) },
  'one-time-notice': { zh: '一次告知', article: cited(licensing(32, 4)) },
  'on-site-pair': { zh: '两名以上工作人员核查', article: cited(EXAMINATION_DUTIES['on-site-pair'].article) },
  'interested-parties': {
    zh: '听取利害关系人意见',
    article: cited(EXAMINATION_DUTIES['interested-parties'].article),
  },
  reasons: { zh: '说明理由、告知救济', article: cited(licensing(38)) },
  'statutory-limit': { zh: '法定时限', article: cited(licensing(42)) },
  delivery: { zh: '十日内送达', article: cited(licensing(44)) },
  hearing: { zh: '听证', article: cited(EXAMINATION_DUTIES.hearing.article) },
  'no-fee': { zh: '不得收费', article: cited(licensing(58)) },
} as const;

export type StatutoryRule = keyof typeof STATUTORY_RULES;

/** 特事特办: one rule of the county's own is varied for one application. The event's envelope records who did it. */
export type SpecialHandlingApproved = DomainEvent<
  'SpecialHandlingApproved',
  1,
  Id & { readonly rule: VariableRule; readonly reason: string }
>;

export const FAST_TRACK_GROUNDS = [
  'key-project', // 重点项目
  'emergency', // 应急抢险
  'livelihood', // 民生工程
  'investment', // 招商引资
] as const;

export type FastTrackGround = (typeof FAST_TRACK_GROUNDS)[number];

/** 快速通道: the application goes first and is promised sooner. The requirements of the law still apply. */
export type FastTrackGranted = DomainEvent<
  'FastTrackGranted',
  1,
  Id & {
    readonly ground: FastTrackGround;
    readonly reason: string;
    /** What is left of the promised term, in percent. */
    readonly promisePercent: number;
    /** The promised term from now on; null where there was no term to shorten. */
    readonly promised: TimeLimit | null;
    readonly due: DueDates;
  }
>;

export type WayEvent = SpecialHandlingApproved | FastTrackGranted;
