import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type OfficeCommand } from './office.commands.js';
import { type OfficeEvent, type OfficeState } from './office.events.js';
import { type PlanCommand } from './plan.commands.js';
import { type PlanEvent } from './plan.events.js';
import { type PlanState } from './plan.state.js';

export type PlanRunner = DeciderRunner<PlanState, PlanCommand, PlanEvent>;
export type OfficeRunner = DeciderRunner<OfficeState, OfficeCommand, OfficeEvent>;

export const OFFICE_RUNNER = Symbol('OfficeRunner');
/** One stream: the terms of all departments, since who runs the office on a day is one question. */
export const OFFICE_STREAM = 'campaign-office';
export const PLEDGE_RUNNER = Symbol('PledgeRunner');
export const PLEDGE_STREAM = 'pledge-';
export const PLAN_RUNNER = Symbol('PlanRunner');
export const PLAN_STREAM = 'plan-';
