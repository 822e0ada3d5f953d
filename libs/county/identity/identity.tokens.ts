import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type AccountCommand } from './account.commands.js';
import { type AccountEvent } from './account.events.js';
import { type AccountState } from './account.state.js';
import { type DepartmentCommand } from './department.commands.js';
import { type DepartmentState } from './department.decider.js';
import { type DepartmentEvent } from './department.events.js';

export type AccountRunner = DeciderRunner<AccountState, AccountCommand, AccountEvent>;
export type DepartmentRunner = DeciderRunner<DepartmentState, DepartmentCommand, DepartmentEvent>;

/**
 * Reads accounts apart from the runner: what a command takes once it was decided is looked up while the runner's turn of its own
 * account lasts, and must not wait for the turn of another.
 */
export type AccountReader = Pick<AccountRunner, 'load'>;

export const ORGANISATION_RUNNER = Symbol('OrganisationRunner');
export const ORGANISATION_STREAM = 'organisation-';
export const ACCOUNT_RUNNER = Symbol('AccountRunner');
export const ACCOUNT_READER = Symbol('AccountReader');
export const DEPARTMENT_RUNNER = Symbol('DepartmentRunner');
/** Key of password fingerprints; the same as that of local tokens. */
export const IDENTITY_SECRET = Symbol('identity secret');
export const DEPARTMENT_STREAM = 'department-';
