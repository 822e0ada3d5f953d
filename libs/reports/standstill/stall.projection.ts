import {
  type ApplicationEvent,
  type ApplicationSubmitted,
  type Custody,
  type Holder,
  type IdleHolderFlagged,
  isGovernment,
  type PermitRenewalApplied,
  type PermitRenewalRefused,
  type PermitUsed,
  withCorrectedImports,
} from '#libs/county/approval';
import { regionAndAncestors } from '#libs/law/catalogue';
import { importedLog, projection, type Recorded } from '#libs/engine/event-sourcing';
import { type EventEvidence, evidenceOf } from '../answers/event-evidence.js';
import { withoutWaiting } from '../project/matter-updates.js';
import { firstRoundOf, type ProjectEvent, type ProjectRegistered, withWaiting } from '#libs/county/project';

/** One running application, as far as a standstill has to be explained. Lists hold the latest few, oldest first. */
export type StallCase = {
  readonly application: string;
  readonly matter: string;
  readonly stage: 'submitted' | 'accepted' | 'decided';
  readonly holder: Holder;
  /** The last act in the application by any person. An escalation (提级) or a signal changes nothing and does not count. */
  readonly last: EventEvidence;
  /** Since when the running stretch runs: the last act, or the one before it where an act was typed in out of order. */
  readonly since: string;
  /** True once it was flagged that nothing happened since (IdleHolderFlagged). */
  readonly flagged: boolean;
  /** The log that says the last act, where it was imported: nobody here let the application lie. Null for live work. */
  readonly log: string | null;
  readonly reviewer: string | null;
  /** The last consultation (征求意见): when it was asked for, and who has not answered; null before the first. */
  readonly consultation: { readonly asked: EventEvidence; readonly outstanding: readonly string[] } | null;
  /** Ids of the applications that must be granted first. */
  readonly prerequisites: readonly string[];
  readonly supplements: readonly EventEvidence[];
  readonly returns: readonly (EventEvidence & { readonly reason: string; readonly article: string | null })[];
  readonly transfers: readonly (EventEvidence & { readonly from: string | null; readonly to: string })[];
};

/** The last legal day of a permit; while a renewal waits for a decision it goes on. */
type PermitEnd = { readonly validUntil: string; readonly renewal?: true };

/** The running applications of one project. A project without any in the government's hands has no `since`. */
export type StallDocument = {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly string[];
  /** Regions whose list of key projects includes it: all of its regions, or none. */
  readonly keyIn: readonly string[];
  /** Matters that were granted, or closed as done, by their first application; what a permit lost is not in it any more. */
  readonly granted: readonly string[];
  /** When permits end, by the first application of the matter; left out before the first that does. */
  readonly ends?: Readonly<Record<string, PermitEnd>>;
  readonly cases: readonly StallCase[];
  /** The last act in that application of the government's in which nothing happened for longest; ISO instant. */
  readonly since: string | null;
  /** The beginning of the longest running stretch of the government's that was not flagged yet; ISO instant. */
  readonly unflagged: string | null;
  /** The same of what an imported log says, and the log; null while there is none. */
  readonly unflaggedHistory: string | null;
  readonly log: string | null;
};

/** Enough for a cycle of transfers; an application that goes on forever must not grow its document. */
const KEPT = 4;

const laterInstant = (one: string, other: string): string => (one > other ? one : other);

const latest = <T>(list: readonly T[], added: T): readonly T[] => [...list, added].slice(-KEPT);

function registered({ data }: Recorded<ProjectRegistered>): StallDocument {
  return {
    id: data.project,
    name: data.name,
    regions: regionAndAncestors(data.region),
    keyIn: [],
    granted: [],
    cases: [],
    since: null,
    unflagged: null,
    unflaggedHistory: null,
    log: null,
  };
}

function withCases(document: StallDocument, cases: readonly StallCase[]): StallDocument {
  let since: string | null = null;
  const unflagged: { live: string | null; history: string | null } = { live: null, history: null };
  let log: string | null = null;
  for (const running of cases) {
    if (!isGovernment(running.holder)) continue;
    if (since === null || running.last.occurredAt < since) since = running.last.occurredAt;
    if (running.flagged) continue;
    log ??= running.log;
    const of = running.log === null ? 'live' : 'history';
    const before = unflagged[of];
    if (before === null || running.since < before) unflagged[of] = running.since;
  }
  const { live, history } = unflagged;
  return { ...document, cases, since, unflagged: live, unflaggedHistory: history, log };
}

function begun(document: StallDocument, event: Recorded<ApplicationSubmitted>): StallDocument {
  const { application, matter, prerequisites, custody } = event.data;
  if (custody.holder === null) return document;
  const begun: StallCase = {
    application,
    matter,
    stage: 'submitted',
    holder: custody.holder,
    last: evidenceOf(event),
    since: event.metadata.occurredAt,
    flagged: false,
    log: importedLog(event.metadata),
    reviewer: null,
    consultation: null,
    prerequisites: prerequisites.map((prerequisite) => prerequisite.application),
    supplements: [],
    returns: [],
    transfers: [],
  };
  return withCases(document, [...document.cases, begun]);
}

/** Opinions that came in, or did not: who is still silent. */
const silent =
  (outstanding: readonly string[]) =>
  ({ consultation }: StallCase): Partial<StallCase> =>
    consultation === null ? {} : { consultation: { ...consultation, outstanding } };

/** Everything that can happen to a running application. */
type Act = Recorded<ApplicationEvent> & {
  /** An act without custody leaves the application where it is. */
  readonly data: { readonly application: string; readonly custody?: Custody };
};

/** An act: it becomes the last one, and the application may have passed to another holder, or have ended. */
function afterAct(
  document: StallDocument,
  event: Act,
  change: (running: StallCase, evidence: EventEvidence) => Partial<StallCase> = () => ({}),
): StallDocument {
  const { application, custody } = event.data;
  const last = evidenceOf(event);
  return withCases(
    document,
    document.cases.flatMap((running) => {
      if (running.application !== application) return [running];
      const holder = custody ? custody.holder : running.holder;
      if (holder === null) return [];
      // An act that does not change the holder begins no stretch, but it counts as an act.
      const since = custody
        ? (custody.ended?.to ?? running.since)
        : laterInstant(running.since, last.occurredAt);
      const flagged = running.flagged && since === running.since;
      const log = importedLog(event.metadata);
      return [{ ...running, holder, last, since, flagged, log, ...change(running, last) }];
    }),
  );
}

/** It was flagged that nothing happens in the application: that is not an act, and is not flagged again until there is one. */
function flagged(
  document: StallDocument,
  { data: { application, since } }: Recorded<IdleHolderFlagged>,
): StallDocument {
  return withCases(
    document,
    document.cases.map((running) =>
      running.application === application && running.since === since
        ? { ...running, flagged: true }
        : running,
    ),
  );
}

function done(document: StallDocument, event: Act, change?: Parameters<typeof afterAct>[2]): StallDocument {
  const after = afterAct(document, event, change);
  return { ...after, granted: [...after.granted, firstRoundOf(event.data.application)] };
}

/** Nothing that was granted for the matter is in force: its permit is gone, or it is applied for again. */
function undone(document: StallDocument, { data }: Recorded<ApplicationEvent>): StallDocument {
  const first = firstRoundOf(data.application);
  return { ...ending(document, data, undefined), granted: document.granted.filter((one) => one !== first) };
}

/** When what was granted for a matter ends; undefined where it goes on. */
function ending(
  document: StallDocument,
  { application }: { readonly application: string },
  end: PermitEnd | undefined,
): StallDocument {
  const first = firstRoundOf(application);
  const { [first]: before, ...others } = document.ends ?? {};
  if (end === undefined) return before === undefined ? document : { ...document, ends: others };
  return { ...document, ends: { ...others, [first]: end } };
}

function renewing(
  document: StallDocument,
  { data }: Recorded<PermitRenewalApplied | PermitRenewalRefused>,
  change: Pick<PermitEnd, 'renewal'>,
): StallDocument {
  const end = document.ends?.[firstRoundOf(data.application)];
  return end === undefined ? document : ending(document, data, { validUntil: end.validUntil, ...change });
}

/** A permit whose use was reported late has not lapsed. */
function usedInTime(document: StallDocument, { data }: Recorded<PermitUsed>): StallDocument {
  const first = firstRoundOf(data.application);
  if (document.granted.includes(first)) return document;
  return { ...document, granted: [...document.granted, first] };
}

const fromEvents = projection<StallDocument, ProjectEvent | ApplicationEvent>({
  name: 'stalls',
  version: 8,
  model: 'stalls',
  indexes: {
    region: { equals: ['regions'], range: 'since', present: 'since' },
    key: { equals: ['keyIn'], range: 'since', present: 'since' },
    idle: { equals: [], range: 'unflagged', present: 'unflagged' },
    history: { equals: ['log'], range: 'unflaggedHistory', present: 'unflaggedHistory' },
  },
  weight: 3,
  keys: (event) => [event.data.project],
  create: { ProjectRegistered: registered },
  update: {
    KeyProjectDesignated: (document) => ({ ...document, keyIn: document.regions }),
    ProjectMatterAdded: (document, { data }) => ({ ...document, cases: withWaiting(document.cases, data) }),
    ProjectMatterStruck: (document, { data }) => ({
      ...document,
      cases: withoutWaiting(document.cases, data.application),
    }),
    ApplicationSubmitted: (document, event) =>
      begun(event.data.previousRound === undefined ? document : undone(document, event), event),
    PermitRecalled: undone,
    PermitRevoked: undone,
    PermitCancelled: undone,
    PermitLapsed: undone,
    PermitUsed: usedInTime,
    PermitIssued: (document, { data }) => ending(document, data, { validUntil: data.validUntil }),
    PermitRenewed: (document, { data }) => ending(document, data, { validUntil: data.validUntil }),
    PermitRenewalApplied: (document, event) => renewing(document, event, { renewal: true }),
    PermitRenewalRefused: (document, event) => renewing(document, event, {}),
    SupplementRequested: (document, event) =>
      afterAct(document, event, ({ supplements }, evidence) => ({
        supplements: latest(supplements, evidence),
      })),
    SupplementSubmitted: (document, event) => afterAct(document, event),
    ApplicationAccepted: (document, event) => afterAct(document, event, () => ({ stage: 'accepted' })),
    AcceptanceRefused: (document, event) => afterAct(document, event),
    ReviewerAssigned: (document, event) => afterAct(document, event, () => ({ reviewer: event.data.person })),
    // What an imported log records after the end is not an act in a running application: that application is not in the list
    // any more.
    StepRecorded: (document, event) => afterAct(document, event),
    ApplicationSentBack: (document, event) => afterAct(document, event),
    ApplicationReturned: (document, event) =>
      afterAct(document, event, ({ returns }, evidence) => {
        const { reason, article } = event.data;
        return { returns: latest(returns, { ...evidence, reason, article }) };
      }),
    ApplicationResubmitted: (document, event) => afterAct(document, event),
    ApplicationApproved: (document, event) => done(document, event, () => ({ stage: 'decided' })),
    ApplicationRefused: (document, event) => afterAct(document, event, () => ({ stage: 'decided' })),
    ApplicationWithdrawn: (document, event) => afterAct(document, event),
    ApplicationTransferred: (document, event) =>
      afterAct(document, event, ({ transfers, reviewer }, evidence) => {
        const { from, to } = event.data;
        return {
          transfers: latest(transfers, { ...evidence, from, to: to.department }),
          reviewer: from === to.department ? reviewer : null,
        };
      }),
    // A hearing or an expert review does not count as a stall; when the clock runs again, the application has a holder again.
    ClockSuspended: (document, event) => afterAct(document, event),
    ClockResumed: (document, event) => afterAct(document, event),
    TimeLimitExtended: (document, event) => afterAct(document, event),
    ConsultationRequested: (document, event) =>
      afterAct(document, event, (_, asked) => ({
        consultation: { asked, outstanding: event.data.departments },
      })),
    ConsultationAnswered: (document, event) => afterAct(document, event, silent(event.data.outstanding)),
    ConsultationOverdue: (document, event) => afterAct(document, event, silent(event.data.departments)),
    ApplicationDisputed: (document, event) => afterAct(document, event),
    JurisdictionAssigned: (document, event) => afterAct(document, event, () => ({ reviewer: null })),
    // Nobody acted: it lies on the desk for as long as it lay with the person who left.
    ApplicationUnassigned: (document, event) =>
      afterAct(document, event, ({ last }) => ({ last, reviewer: null })),
    ApplicationReassigned: (document, event) =>
      afterAct(document, event, ({ reviewer }) => ({
        reviewer: reviewer === null || reviewer === event.data.from ? event.data.to.person : reviewer,
      })),
    ApplicationApplicantCorrected: (document, event) => afterAct(document, event),
    ApplicationTakenOver: (document, event) =>
      afterAct(document, event, ({ reviewer, consultation }) => {
        const { from, department, custody } = event.data;
        const outstanding = consultation?.outstanding.map((one) => (one === from ? department : one)) ?? [];
        return {
          reviewer: custody.ended === null ? reviewer : null,
          ...(consultation && { consultation: { ...consultation, outstanding: [...new Set(outstanding)] } }),
        };
      }),
    DecisionDelivered: (document, event) => afterAct(document, event),
    ApplicationClosed: (document, event) => done(document, event),
    IdleHolderFlagged: flagged,
  },
});

/**
 * Projects with their running applications, found by how long nothing has happened in the government's hands, and by how long
 * without anybody having been told.
 */
export const stalls = withCorrectedImports(fromEvents);
