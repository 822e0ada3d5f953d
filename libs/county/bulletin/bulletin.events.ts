import { type DaySpan } from '#libs/law/calendar';
import { type DomainEvent } from '#libs/engine/event-sourcing';

/** The three that head every bulletin: 责任意识、程序繁简、办事效率. */
export const DIAGNOSTICS = ['responsibility', 'complexity', 'efficiency'] as const;
export type DiagnosticName = (typeof DIAGNOSTICS)[number];

/** Where a figure comes from: the projection, and the list or report that holds what was counted. */
export type FigureSource = {
  readonly projection: string;
  readonly query: string;
  /** How it is computed, and everything up to where is in it; bulletins of the first releases do not say it. */
  readonly formula?: string;
  readonly position?: string | null;
};

/** 责任: what is owed and was not done. */
export type Responsibility = {
  /** Applications open past their last day, and applications that ended late in the period. */
  readonly overdue: number;
  readonly late: number;
  /** Open past the day of the answer: requests (诉求), challenges of a condition (对办理条件提出异议), disputes without a ruling. */
  readonly unanswered: { readonly requests: number; readonly challenges: number; readonly disputes: number };
  /** Departments with applications overdue or late, in order of their names. */
  readonly departments: readonly {
    readonly department: string;
    readonly overdue: number;
    readonly late: number;
  }[];
};

/** 程序: what is asked of an applicant. Null where nothing ended in the period. */
export type Complexity = {
  /** Matters in force, the steps and the materials that they list. */
  readonly matters: number;
  readonly listedSteps: number;
  readonly materials: number;
  /** Acts of the organs per application, mean, and the share of applications in which more material was asked for. */
  readonly actsPerCase: number | null;
  readonly supplementRate: number | null;
};

/** 效率: how long it took. Null where nothing ended in the period. */
export type Efficiency = {
  /** Applications that ended in the period. */
  readonly cases: number;
  /** Working days from acceptance to the end, median. */
  readonly medianDays: number | null;
  /** The same in the half month before. */
  readonly medianDaysBefore: number | null;
  /** Applications that onTimeRate is a share of; bulletins of the first releases do not say it. */
  readonly onTimeOf?: number;
  readonly onTimeRate: number | null;
};

/** The three diagnostics of a period, and the point of the log that they rest on. */
export type Diagnostics = {
  /** Everything up to here is in the figures; null on an empty log. */
  readonly position: string | null;
  readonly figures: {
    readonly responsibility: Responsibility;
    readonly complexity: Complexity;
    readonly efficiency: Efficiency;
  };
  readonly basis: { readonly [Name in DiagnosticName]: readonly FigureSource[] };
};

/** One part of a bulletin, in the order in which it was laid out. */
export type BulletinSection = {
  readonly [Name in DiagnosticName]: {
    readonly diagnostic: Name;
    /** What the office says of the figures. */
    readonly comment: string | null;
    readonly figures: Diagnostics['figures'][Name];
    readonly basis: readonly FigureSource[];
  };
}[DiagnosticName];

/** What the readers of a bulletin are shown. */
export type BulletinContent = DaySpan & {
  /** The first legal day of the half month, which names the bulletin. */
  readonly bulletin: string;
  readonly title: string;
  readonly sections: readonly BulletinSection[];
  readonly position: string | null;
};

/** 通报: a half month's bulletin, frozen. `hash`: SHA-256 of the content's canonical JSON, base64url. */
export type BulletinPublished = DomainEvent<
  'BulletinPublished',
  1,
  BulletinContent & { readonly hash: string }
>;

export type BulletinEvent = BulletinPublished;

/** A bulletin as it was published. ISO instant; account of its publisher. */
type Bulletin = BulletinPublished['data'] & {
  readonly publishedAt: string;
  readonly publishedBy: string;
};

export type BulletinState =
  { readonly at: 'absent' } | { readonly at: 'published'; readonly bulletin: Bulletin };
