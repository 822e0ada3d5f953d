import { type TimeLimit } from '#libs/law/calendar';
import { type ClockCommand } from './clock.commands.js';
import { isSuspended } from './clock.state.js';
import { type ApplicationCommand } from '../application/application.commands.js';
import { ESCALATION_LEVELS, type EscalationLevel } from '../application/application.events.js';
import { LICENSING_LAW, refuse } from '../core/refuse.js';
import { type ActRule } from '../application/application.acts.js';
import { type Existing, type Facts, STAGES } from '../application/application.state.js';

export const SUSPENSION_ARTICLE = `${LICENSING_LAW} Art. 45`;
export const EXTENSION_ARTICLE = `${LICENSING_LAW} Art. 42`;
export const DEEMED_ACCEPTANCE_ARTICLE = `${LICENSING_LAW} Art. 32(4)`;

/** Where the acts on the clock are allowed, see `ACTS` in application.acts.ts. */
export const CLOCK_ACTS: Record<ClockCommand['type'], ActRule> = {
  SuspendClock: { zh: '中止计时', stages: ['accepted'], article: 'Art. 45' },
  ResumeClock: { zh: '恢复计时', stages: ['accepted'], article: 'Art. 45' },
  ExtendTimeLimit: { zh: '延期', stages: ['accepted'], article: 'Art. 42' },
  SendDownApplication: {
    zh: '退回下级协调',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided'],
    article: null,
    by: 'anyone-concerned',
  },
  // A timer knows no stage: where it does not fit it is void.
  FireTimer: { zh: '到期', stages: STAGES, article: null, by: 'clock' },
};

/** What may happen while the clock stands still: the procedure, its end, calls for help, what others owe, the record, ratings. */
const WHILE_SUSPENDED: readonly ApplicationCommand['type'][] = [
  'ResumeClock',
  'RecordStep',
  'WithdrawApplication',
  'EscalateApplication',
  'SendDownApplication',
  'RaiseIssue',
  'ProposeIssueOption',
  'DecideIssue',
  'ApproveSpecialHandling',
  'GrantFastTrack',
  'AnswerConsultation',
  'CloseConsultation',
  'FulfilDeficiency',
  'LapseDeficiency',
  'CorrectRecord',
  'RecordBackEntry',
  'RateService',
];

/** While a hearing or a test runs nothing is decided and nothing moves: first the clock runs again (Art. 45). */
export function clockMustRun(state: Existing, { type }: ApplicationCommand): void {
  if (!isSuspended(state.clock) || WHILE_SUSPENDED.includes(type)) return;
  const cause = state.clock.suspensions.at(-1)?.cause ?? '';
  refuse('application.suspended', { application: state.application, cause }, 'state', SUSPENSION_ARTICLE);
}

/** Only a suspended clock can be resumed. */
export function clockMustBeSuspended({ application, clock }: Facts): void {
  if (!isSuspended(clock)) {
    refuse('application.not-suspended', { application }, 'state', SUSPENSION_ARTICLE);
  }
}

/** Without a statutory term there is nothing that a suspension or an extension could act on. */
export function statutoryTerm({ application, terms }: Facts, article: string): TimeLimit {
  return terms.statutory ?? refuse('application.no-term', { application }, 'state', article);
}

/** Days by which Art. 42 lets a term be extended: ten, and fifteen where departments decide together. */
const EXTENSION_DAYS = 10;
const JOINT_EXTENSION_DAYS = 15;

/**
 * One extension, before the term is over, of at most ten working days (fifteen in a joint matter, Art. 42). Where another
 * law says otherwise it is cited, and its term may at most be doubled: what that law allows is for people to check.
 */
export function extensionMustBeLawful(
  state: Facts,
  asked: { readonly days: number; readonly article: string | null },
  occurredAt: string,
): void {
  const { application, clock, department, due } = state;
  const limit = statutoryTerm(state, EXTENSION_ARTICLE);
  if (clock.extensions.length > 0) {
    refuse('application.extended-before', { application }, 'state', EXTENSION_ARTICLE);
  }
  if (due.statutory !== null && occurredAt > due.statutory) {
    refuse('application.term-over', { application, dueAt: due.statutory }, 'state', EXTENSION_ARTICLE);
  }
  const general = department === null ? JOINT_EXTENSION_DAYS : EXTENSION_DAYS;
  const most = asked.article === null ? general : Math.max(general, limit.days);
  if (asked.days > most) {
    refuse(
      'application.extension-too-long',
      { application, days: asked.days, most },
      'input',
      EXTENSION_ARTICLE,
    );
  }
}

const rank = (level: EscalationLevel | null): number =>
  level === null ? -1 : ESCALATION_LEVELS.indexOf(level);

/** The levels between where the case stands and where it is to go. */
export function levelsBetween(from: EscalationLevel | null, to: EscalationLevel): readonly EscalationLevel[] {
  return ESCALATION_LEVELS.slice(rank(from) + 1, rank(to));
}

/** What can be solved lower down does not go higher (能自行协调解决的不得提交更高层级): passing a level over needs a reason. */
export function skippingNeedsAReason(
  { application }: Facts,
  skipped: readonly EscalationLevel[],
  reason: string | null,
): void {
  if (skipped.length === 0 || (reason !== null && reason.trim() !== '')) return;
  refuse('application.level-skipped', { application, skipped: skipped.join(', ') }, 'input');
}

/** A case is sent down from where it stands to a level below; without one named, one down. */
export function levelBelow(
  { application, level }: Facts,
  asked: EscalationLevel | undefined,
): { readonly from: EscalationLevel; readonly to: EscalationLevel | null } {
  if (level === null) return refuse('application.not-escalated', { application }, 'state');
  const to = asked ?? ESCALATION_LEVELS[rank(level) - 1] ?? null;
  if (rank(to) < rank(level)) return { from: level, to };
  return refuse('application.level-not-lower', { application, level }, 'state');
}
