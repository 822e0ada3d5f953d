import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Holder } from '../core/holder.js';
import { type Prerequisite } from '../core/terms.js';

/*
 * Signals: things that supervision should look at. A signal blocks nothing and punishes no one (政府督查工作条例 Art. 21: people propose, the head of government decides); it names the events that it rests on and, where the law speaks of such
 * a thing, the article.
 */

/** What every signal says. */
type SignalData = {
  readonly application: string;
  readonly project: string;
  /** The department that held the application when it happened; null if none did. */
  readonly department: string | null;
  /** Ids of the events that it rests on, in the order of the log. */
  readonly evidence: readonly string[];
  readonly article: string | null;
};

/** A further notice in the same application (行政许可法 Art. 72(4)). Version 1 named neither department nor evidence. */
export type RepeatedSupplementFlagged = DomainEvent<
  'RepeatedSupplementFlagged',
  2,
  SignalData & { readonly round: number }
>;

/** A notice asked for something that the matter's catalogue does not name (行政许可法 Art. 31). */
export type NonCatalogueMaterialFlagged = DomainEvent<
  'NonCatalogueMaterialFlagged',
  1,
  SignalData & { readonly materials: readonly string[] }
>;

/** An application was returned and no article was cited. */
export type ReturnWithoutArticleFlagged = DomainEvent<
  'ReturnWithoutArticleFlagged',
  1,
  SignalData & { readonly round: number }
>;

/** An application was returned for a reason it had been returned for before. */
export type SameReasonFlagged = DomainEvent<
  'SameReasonFlagged',
  1,
  SignalData & { readonly reason: string; readonly round: number }
>;

/** 推诿: an application went A→B→A→B between two departments; the evidence is the four events that gave it to each. */
export type BuckPassingDetected = DomainEvent<
  'BuckPassingDetected',
  1,
  SignalData & { readonly departments: readonly string[] }
>;

/** Nothing was done in an application for a number of working days while it was the government's turn. */
export type IdleHolderFlagged = DomainEvent<
  'IdleHolderFlagged',
  1,
  SignalData & { readonly holder: Holder; readonly since: string; readonly workingDays: number }
>;

/** An approval that is said to have happened before what must come first was granted (行政许可法 Art. 69(3)). */
export type ApprovalBeforePrerequisiteFlagged = DomainEvent<
  'ApprovalBeforePrerequisiteFlagged',
  1,
  SignalData & { readonly prerequisites: readonly (Prerequisite & { readonly grantedAt: string })[] }
>;

/** 补录: an act was typed in long after it is said to have happened. */
export type BackEntryFlagged = DomainEvent<
  'BackEntryFlagged',
  1,
  SignalData & {
    readonly act: string;
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly workingDays: number;
  }
>;

export type SignalEvent =
  | RepeatedSupplementFlagged
  | NonCatalogueMaterialFlagged
  | ReturnWithoutArticleFlagged
  | SameReasonFlagged
  | BuckPassingDetected
  | IdleHolderFlagged
  | ApprovalBeforePrerequisiteFlagged
  | BackEntryFlagged;

/** Every signal with what it is called in Chinese. */
export const SIGNALS: Readonly<Record<SignalEvent['type'], string>> = {
  RepeatedSupplementFlagged: '多次要求补正',
  NonCatalogueMaterialFlagged: '索要目录以外的材料',
  ReturnWithoutArticleFlagged: '退回未引用法律依据',
  SameReasonFlagged: '以同一理由再次退回',
  BuckPassingDetected: '推诿扯皮',
  IdleHolderFlagged: '长期搁置',
  ApprovalBeforePrerequisiteFlagged: '先于法定前置作出许可',
  BackEntryFlagged: '事后补录',
};

export function isSignal<Event extends { readonly type: string }>(
  event: Event,
): event is Extract<Event, { type: SignalEvent['type'] }> {
  return Object.hasOwn(SIGNALS, event.type);
}

/** A table with one entry for each signal, for projections that treat all of them alike. */
export function everySignal<Handler>(handler: Handler): Readonly<Record<SignalEvent['type'], Handler>> {
  return {
    RepeatedSupplementFlagged: handler,
    NonCatalogueMaterialFlagged: handler,
    ReturnWithoutArticleFlagged: handler,
    SameReasonFlagged: handler,
    BuckPassingDetected: handler,
    IdleHolderFlagged: handler,
    ApprovalBeforePrerequisiteFlagged: handler,
    BackEntryFlagged: handler,
  };
}
