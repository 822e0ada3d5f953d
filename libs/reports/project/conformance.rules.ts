import {
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationRefused,
  type ApplicationReturned,
  type ApplicationSubmitted,
  type ApplicationTakenOver,
  type ApplicationTransferred,
  type ApplicationWithdrawn,
  isExpired,
} from '#libs/county/approval';
import { dayOf } from '#libs/law/calendar';
import { type Recorded } from '#libs/engine/event-sourcing';
import { firstRoundOf } from '#libs/county/project';
import { type DeviationCode } from './deviations.js';
import { type EventEvidence, evidenceOf } from '../answers/event-evidence.js';
import { type ProjectApplication, type ProjectDocument, type RecordedDeviation } from './project.document.js';

/** What a project needs for its applications to be compared with its process as they go. */
export type Process = Pick<ProjectDocument, 'source' | 'applications'>;

type Submission = Recorded<ApplicationSubmitted>;
export type Ending = Recorded<
  ApplicationApproved | ApplicationRefused | ApplicationClosed | ApplicationWithdrawn
>;

/** Outcomes by which a matter is not there for what waits for it. */
const NOT_GRANTED: readonly (string | null)[] = [
  'refused',
  'not-accepted',
  'withdrawn',
  'recalled',
  'revoked',
  'cancelled',
  'lapsed',
];

/**
 * Within a stage matters may be handed in side by side (并联审批, one form for all); what belongs to an earlier stage comes
 * first.
 */
export function deviationsOfSubmission(process: Process, event: Submission): readonly RecordedDeviation[] {
  const own = applicationOf(process, event.data.application);
  const missing = notGranted(process, own, event.metadata.occurredAt).filter(
    ({ stage }) => stage !== own.stage,
  );
  return missing.length === 0
    ? []
    : [deviation('submitted-before-prerequisite', own, [evidenceOf(event)], missing)];
}

/** After acceptance an application is decided or withdrawn: a return that no law of the matter provides for is none of these. */
export function deviationsOfReturn(
  process: Process,
  event: Recorded<ApplicationReturned>,
): readonly RecordedDeviation[] {
  if (event.data.deviates !== true) return [];
  const own = applicationOf(process, event.data.application);
  return [deviation('returned-after-acceptance', own, [evidenceOf(event)])];
}

/** Compares the end of an application with its process, given the project as it was before. */
export function deviationsOfEnd(process: Process, event: Ending): readonly RecordedDeviation[] {
  const own = applicationOf(process, event.data.application);
  const evidence = [evidenceOf(event)];
  const { stoppedAt, latePromised, lateStatutory } = event.data.clock;
  const found: RecordedDeviation[] = [];
  const isGrant = event.type === 'ApplicationApproved' || event.type === 'ApplicationClosed';
  const missing = isGrant ? notGranted(process, own, stoppedAt) : [];
  if (missing.length > 0) found.push(deviation('granted-before-prerequisite', own, evidence, missing));
  found.push(...deviationsOfRole(process, own, event));
  if (latePromised === true) found.push(deviation('promise-overrun', own, evidence));
  if (lateStatutory === true) found.push(deviation('statutory-overrun', own, evidence));
  return found;
}

/** An imported log records no posts, and its acting department comes from the mapping. */
function deviationsOfRole(
  { source }: Process,
  own: ProjectApplication,
  event: Ending,
): readonly RecordedDeviation[] {
  if (source !== null || event.type === 'ApplicationWithdrawn') return [];
  const { department, role } = event.metadata.actor;
  const found: RecordedDeviation[] = [];
  const competent = own.movedFrom?.department ?? own.department;
  if (competent !== null && department !== competent) {
    const transfer = own.movedFrom ? [own.movedFrom.transfer] : [];
    found.push(deviation('decided-by-other-department', own, [...transfer, evidenceOf(event)]));
  }
  // Licences are decided by the head (行政许可法 Art. 38); what is merely closed needs no office.
  if (event.type !== 'ApplicationClosed' && role !== 'department-head') {
    found.push(deviation('decided-without-office', own, [evidenceOf(event)]));
  }
  return found;
}

/** A transfer to another department moves the application, not the power to decide it: only a ruling does that. */
export function afterTransfer(
  own: ProjectApplication,
  event: Recorded<ApplicationTransferred>,
): ProjectApplication {
  const { movedFrom, ...rest } = own;
  const { department } = event.data.to;
  if (own.department === null || own.department === department) return { ...own, department };
  const from = movedFrom ?? { department: own.department, transfer: evidenceOf(event) };
  return from.department === department ? { ...rest, department } : { ...rest, department, movedFrom: from };
}

/** The power to decide goes to the successor with the application; what ended keeps the name under which it ended. */
export function withSuccessor(
  own: ProjectApplication,
  { from, department: successor }: ApplicationTakenOver['data'],
): ProjectApplication {
  if (own.status === 'ended') return own;
  const { movedFrom, ...rest } = own;
  const heir = (department: string) => (department === from ? successor : department);
  const department = own.department === null ? null : heir(own.department);
  const competent = movedFrom && heir(movedFrom.department);
  return movedFrom === undefined || competent === undefined || competent === department
    ? { ...rest, department }
    : { ...rest, department, movedFrom: { ...movedFrom, department: competent } };
}

function deviation(
  code: DeviationCode,
  { application, matter, department }: ProjectApplication,
  evidence: readonly EventEvidence[],
  missing: readonly ProjectApplication[] = [],
): RecordedDeviation {
  return { code, application, matter, department, missing: missing.map((one) => one.application), evidence };
}

/** Prerequisites that were not granted at that instant, or not in force any more. */
function notGranted(
  process: Process,
  { prerequisites }: ProjectApplication,
  at: string,
): readonly ProjectApplication[] {
  return prerequisites
    .map((first) => lastRoundOf(process, first))
    .filter(({ status, outcome, endedAt, validUntil, renewing }) => {
      const granted = status === 'ended' && !NOT_GRANTED.includes(outcome);
      if (!granted || endedAt === null || endedAt > at) return true;
      return isExpired({ validUntil, renewal: renewing }, dayOf(at));
    });
}

/** The application by which a matter was applied for last. */
function lastRoundOf(process: Process, first: string): ProjectApplication {
  const last = process.applications.findLast(({ application }) => firstRoundOf(application) === first);
  return last ?? applicationOf(process, first);
}

/** @throws Error when the project never opened that application: the log is damaged. */
function applicationOf({ applications }: Process, id: string): ProjectApplication {
  const found = applications.find(({ application }) => application === id);
  if (!found) throw new Error(`the project has no application ${id}`);
  return found;
}
