import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import { type DisputeFacts, type RaiseJurisdictionDispute } from './dispute.commands.js';
import { type DisputeViolation } from './dispute.messages.js';
import { type DisputeState } from './dispute.events.js';

function refuse(code: DisputeViolation, params: JsonObject, kind: ViolationKind): never {
  throw new RuleViolation(code, params, kind);
}

export function mustBeNew(state: DisputeState, dispute: string): void {
  if (state.at !== 'absent') refuse('dispute.exists', { dispute }, 'state');
}

export function mustBeRaised(state: DisputeState, dispute: string): Exclude<DisputeState, { at: 'absent' }> {
  return state.at === 'absent' ? refuse('dispute.unknown', { dispute }, 'absent') : state;
}

/** A ruling binds: what was ruled on is not argued again. */
export function mustBeOpen(state: DisputeState, dispute: string): Extract<DisputeState, { at: 'open' }> {
  const raised = mustBeRaised(state, dispute);
  if (raised.at === 'ruled') {
    return refuse('dispute.ruled-already', { dispute, department: raised.department }, 'state');
  }
  return raised;
}

/** An application that a department has in hand, and that is not disputed already. */
export function applicationMustBeDisputable(
  { application }: RaiseJurisdictionDispute,
  { standing }: DisputeFacts,
): {
  readonly department: string;
  readonly project: string;
  readonly matter: string;
} {
  if (standing === null) return refuse('dispute.unknown-application', { application }, 'absent');
  const { department, project, matter, holder, stage, dispute } = standing;
  if (dispute !== null) return refuse('dispute.open-already', { application, dispute }, 'state');
  if (department === null) return refuse('dispute.joint-matter', { application }, 'state');
  const inHand = stage === 'submitted' || stage === 'accepted';
  if (!inHand || holder?.party !== 'department') {
    return refuse('dispute.not-with-a-department', { application }, 'state');
  }
  return { department, project, matter };
}

/** Only a department involved may take a position in a dispute. Returns its id. */
export function mustBeAParty(
  dispute: string,
  departments: readonly string[],
  { actor: { department } }: CommandMeta,
): string {
  if (department !== null && departments.includes(department)) return department;
  return refuse('dispute.not-a-party', { dispute, department: department ?? '—' }, 'permission');
}

export function departmentsMustExist([department]: readonly string[]): void {
  if (department !== undefined) refuse('dispute.unknown-department', { department }, 'input');
}

export function othersMustBeNamed(
  dispute: string,
  departments: readonly string[],
  own: string,
): readonly string[] {
  const others = departments.filter((department) => department !== own);
  return others.length > 0 ? others : refuse('dispute.no-other-party', { dispute }, 'input');
}

/** A member of a party may not rule. */
export function judgeMustNotBeAParty(
  dispute: string,
  departments: readonly string[],
  { actor: { department } }: CommandMeta,
): void {
  if (department !== null && departments.includes(department)) {
    refuse('dispute.judge-is-party', { dispute, department }, 'permission');
  }
}

export function rulingMustChooseAParty(
  dispute: string,
  departments: readonly string[],
  department: string,
): void {
  if (!departments.includes(department)) refuse('dispute.not-a-party', { dispute, department }, 'input');
}
