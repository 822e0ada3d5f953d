import { systemActor, systemMeta, type CommandMeta } from '#libs/engine/event-sourcing';
import { type InternalStep } from '../core/clock-facts.js';
import { type EscalationLevel } from '../core/terms.js';
import { type PermitEndTimer } from '../permit/permit-ends.js';
import { type WorksTimer } from '../permit/works-stop.js';
import { type PermitEndCause } from '../permit/permit.events.js';

/** The actor of timers. */
const CLOCK = systemActor('clock');

/** Meta of a command that a policy sends: it happened when it fell due, and `work` names it the same in every process. */
export function policyMeta(work: string, at: string, now: string): CommandMeta {
  return systemMeta({ commandId: work, actor: CLOCK, occurredAt: at, now });
}

/** What the timer is about and since when, so that a rung climbed again after an application was sent down is another work. */
export function timerId(application: string, timer: Timer): string {
  const prefix = `timer/${application}/${timer.name}`;
  switch (timer.name) {
    case 'escalation':
      return `${prefix}/${timer.level}/${timer.since}/${timer.at}`;
    case 'step':
      return `${prefix}/${timer.step}/${timer.since}/${timer.at}`;
    case 'permit':
      return `${prefix}/${timer.cause}/${timer.lastDay}/${timer.since}`;
    case 'renewal':
    case 'lapse':
    case 'procedure':
    case 'works-report':
    case 'works-verification':
      return `${prefix}/${timer.since}/${timer.at}`;
    case 'notice':
    case 'yellow':
    case 'deficiency':
    case 'consultation':
      return `${prefix}/${timer.at}`;
  }
}

/** The command of a timer: the same, id included, in every process and at any time. */
export const firing = (application: string, timer: Timer, now: string): FireTimer => ({
  type: 'FireTimer',
  id: application,
  timer,
  meta: policyMeta(timerId(application, timer), timer.at, now),
});

/**
 * An event that time alone brings about. `since` is what it was computed from: if that has changed, the timer is void. `at` is
 * the instant it falls due; ISO instants.
 */
export type Timer =
  | { readonly name: 'notice'; readonly since: string; readonly at: string }
  | PermitEndTimer
  | WorksTimer
  | { readonly name: 'yellow'; readonly at: string }
  | { readonly name: 'procedure'; readonly since: string; readonly at: string }
  | { readonly name: 'deficiency'; readonly at: string }
  | { readonly name: 'consultation'; readonly at: string }
  | { readonly name: 'step'; readonly step: InternalStep; readonly since: string; readonly at: string }
  | {
      readonly name: 'permit';
      readonly cause: PermitEndCause;
      readonly since: string;
      /** Last legal day on which the permit holds, or may first be used. */
      readonly lastDay: string;
      readonly article: string;
      readonly at: string;
    }
  | {
      readonly name: 'escalation';
      readonly level: EscalationLevel;
      readonly since: string;
      readonly at: string;
    };

/** 到期: sent by the policies of libs/county/supervision, never over HTTP. A timer that is void adds nothing. */
export interface FireTimer {
  readonly type: 'FireTimer';
  readonly id: string;
  readonly timer: Timer;
  readonly meta: CommandMeta;
}
