import { type DomainEvent } from '#libs/engine/event-sourcing';

type Improvement = { readonly improvement: string; readonly matter: string };

/** 改进建议: a proposal to handle a matter better. The envelope records who made it. */
export type ImprovementProposed = DomainEvent<
  'ImprovementProposed',
  1,
  Improvement & {
    /** The version of the matter that it would change. */
    readonly matterVersion: number;
    /** Whose head decides; null for a joint matter. */
    readonly department: string | null;
    readonly title: string;
    readonly change: string;
    /** What the proposer expects of it; null where it is not said. */
    readonly expected: string | null;
  }
>;

/** 试行 from a legal day on. */
export type ImprovementTrialStarted = DomainEvent<
  'ImprovementTrialStarted',
  1,
  Improvement & {
    readonly from: string;
    /** The version of the matter that is tried, in force from that day; null where the catalogue is not changed. */
    readonly matterVersion: number | null;
  }
>;

/** What a matter did in one window: legal days `from` to `to`. Null = nothing to measure. */
export type MeasuredWindow = {
  readonly from: string;
  readonly to: string;
  readonly cases: number;
  /** Acts of the organs per application, mean. */
  readonly steps: number | null;
  /** Working days per application, median. */
  readonly days: number | null;
  readonly handOffs: number | null;
  /** Applications that onTimeRate is a share of; windows measured by the first releases do not say it. */
  readonly onTimeOf?: number;
  readonly onTimeRate: number | null;
  readonly supplementRate: number | null;
};

/** Two windows of as many legal days, one ending on the eve of the change and one beginning with it. */
export type MeasuredEffect = {
  readonly windowDays: number;
  readonly before: MeasuredWindow;
  readonly after: MeasuredWindow;
};

/** 采纳, with the effect that was measured. */
export type ImprovementAdopted = DomainEvent<
  'ImprovementAdopted',
  1,
  Improvement & { readonly reason: string; readonly effect: MeasuredEffect }
>;

/** 不采纳; `effect` is null where nothing was tried for a whole day. */
export type ImprovementDropped = DomainEvent<
  'ImprovementDropped',
  1,
  Improvement & { readonly reason: string; readonly effect: MeasuredEffect | null }
>;

export type ImprovementEvent =
  ImprovementProposed | ImprovementTrialStarted | ImprovementAdopted | ImprovementDropped;
