import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type TimeLimit } from '#libs/law/calendar';
import { type MatterClock } from './matter-clock.js';
import { type MatterKind } from './matter-kind.js';

/** Law and article a matter rests on. `verified` false shows as 未核实 until a person signs it off. */
export type LegalBasis = { readonly law: string; readonly article: string; readonly verified: boolean };

/** The five lines (环节) on which a project moves at once, with their Chinese names in the usual order. */
export const APPROVAL_LINES = {
  planning: '规划',
  land: '国土',
  construction: '城建',
  environment: '环保',
  fire: '消防',
} as const;
/** One of the four lines of approval (四条审批线). */
export type ApprovalLine = keyof typeof APPROVAL_LINES;

/** What a matter asks for. Key material is required by the law itself, and may be neither late nor promised. */
export type MatterMaterial = {
  readonly name: string;
  readonly key: boolean;
  readonly basis: string;
  /** True where the law asks for it in some cases only, which its name says (以出让方式取得的); left out: in every case. */
  readonly conditional?: boolean;
};

/** An office that takes an application in and passes it to the department that decides. */
export type Receiver = { readonly department: string };

/** An opinion that a law asks for before the matter is decided; what no law asks for holds nothing up. */
export type MatterOpinion = {
  readonly department: string;
  /** Law and article that ask for it. */
  readonly article: string;
  /** False shows as 未核实. */
  readonly verified: boolean;
  /** Working days that the article gives for it; null if it gives none. */
  readonly days: number | null;
  /** True where it is asked for in some cases only, of which the department judges; left out: in every case. */
  readonly conditional?: boolean;
};

/** One approval matter (审批事项) as published. Versions count from 1. */
export type MatterDefinition = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: MatterKind;
  /** Deciding department; null for a joint matter, on which any department may act. */
  readonly department: string | null;
  /** Other offices at which it may be handed in: the township (城乡规划法 Art. 41). Left out: at the department's only. */
  readonly receivedBy?: readonly Receiver[];
  /** The line it belongs to; left out where it is on none of the five. */
  readonly line?: ApprovalLine;
  readonly legalBasis: readonly LegalBasis[];
  readonly statutory: TimeLimit | null;
  readonly promised: TimeLimit | null;
  /** What its law says about its time in addition to the limits; absent if it says nothing of its own. */
  readonly clock?: MatterClock;
  /** True where it grants a qualification to a natural person (赋予公民特定资格, 行政许可法 Art. 70(2)); left out: it does not. */
  readonly personalQualification?: boolean;
  /** Absent if its law asks for no opinion of another department. */
  readonly consults?: readonly MatterOpinion[];
  /** False while the limits wait for a person's sign-off (未核实). */
  readonly limitsVerified: boolean;
  readonly materials: readonly MatterMaterial[];
  readonly steps: readonly string[];
  /** First day in force, YYYY-MM-DD. */
  readonly effectiveFrom: string;
};

/** Of what two persons changed: the law that allows it, and who proposed it. Left out where one person may. */
export type Agreed = { readonly article?: string; readonly proposedBy?: string };

type MatterPublished = DomainEvent<'MatterPublished', 1, { readonly matter: MatterDefinition }>;
type MatterRevised = DomainEvent<
  'MatterRevised',
  1,
  { readonly matter: MatterDefinition; readonly matterVersion: number; readonly reason: string } & Agreed
>;
/** 修订建议: a revision that makes the matter lighter. It stays as it is until a second person confirms. */
export type RevisionProposed = DomainEvent<
  'RevisionProposed',
  1,
  { readonly matter: MatterDefinition; readonly reason: string; readonly article: string }
>;
/** 取消事项: the matter stays on the register with who abolished it and why. */
type MatterAbolished = DomainEvent<
  'MatterAbolished',
  1,
  {
    readonly code: string;
    readonly reason: string;
    /** The law that allows it, and who proposed it; left out in a log from before two persons were asked for. */
    readonly article?: string;
    readonly proposedBy?: string;
  }
>;
/** The matter stays in force until a second person confirms. */
type AbolitionProposed = DomainEvent<
  'AbolitionProposed',
  1,
  { readonly code: string; readonly reason: string; readonly article: string }
>;
/** A dispute over competence for such a matter was ruled on: the note informs readers of the entry. The definition is unchanged. */
export type JurisdictionNoted = DomainEvent<
  'JurisdictionNoted',
  1,
  {
    readonly code: string;
    readonly dispute: string;
    /** The application that was disputed. */
    readonly application: string;
    /** The department it was ruled to belong to. */
    readonly department: string;
    readonly article: string | null;
    readonly note: string;
  }
>;
export type MatterEvent =
  | MatterPublished
  | MatterRevised
  | RevisionProposed
  | AbolitionProposed
  | MatterAbolished
  | JurisdictionNoted;

/** The working days within which the other departments of a stage answer its lead, and what their silence means. */
export type StageOpinions = {
  readonly days: number;
  /** The rule by which silence counts as no objection (超时视同无意见), as cited; null where none says so. */
  readonly silenceRule: string | null;
};

/** A stage (阶段) of a process template: one lead department, its matters, and what each must wait for. */
export type TemplateStage = {
  readonly name: string;
  readonly lead: string | null;
  readonly matters: readonly {
    readonly code: string;
    /** Codes of matters in this template that must be granted before this one may be. */
    readonly prerequisites: readonly string[];
  }[];
  /** For a stage that is submitted as a whole; default: five working days, and silence is not consent. */
  readonly opinions?: StageOpinions;
};

/** The way of a kind of project: its stages, and the matters of each. */
export type TemplateDefinition = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly stages: readonly TemplateStage[];
};

type TemplatePublished = DomainEvent<'TemplatePublished', 1, { readonly template: TemplateDefinition }>;
type TemplateRevised = DomainEvent<
  'TemplateRevised',
  1,
  {
    readonly template: TemplateDefinition;
    readonly templateVersion: number;
    readonly reason: string;
  } & Agreed
>;
/** A revision that makes the template lighter. It stays as it is until a second person confirms. */
type TemplateRevisionProposed = DomainEvent<
  'TemplateRevisionProposed',
  1,
  { readonly template: TemplateDefinition; readonly reason: string; readonly article: string }
>;
export type TemplateEvent = TemplatePublished | TemplateRevised | TemplateRevisionProposed;
