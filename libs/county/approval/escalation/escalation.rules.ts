import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { ESCALATION_LEVELS, type EscalationLevel } from '../core/terms.js';
import { ESCALATION_MESSAGES } from './escalation.messages.js';

const refuse = refusing(ESCALATION_MESSAGES);

/** The ladder is climbed, never descended; without a level named it is the next one. */
export function levelMustBeHigher(
  state: ApplicationFacts,
  asked: EscalationLevel | undefined,
): EscalationLevel {
  const current = state.level === null ? -1 : ESCALATION_LEVELS.indexOf(state.level);
  const level = asked ?? ESCALATION_LEVELS[current + 1];
  if (level !== undefined && ESCALATION_LEVELS.indexOf(level) > current) return level;
  return refuse(
    'application.level-not-higher',
    { application: state.application, level: state.level ?? '—' },
    'state',
  );
}

const rank = (level: EscalationLevel | null): number =>
  level === null ? -1 : ESCALATION_LEVELS.indexOf(level);

/** The levels between where the application stands and where it is to go. */
export function levelsBetween(from: EscalationLevel | null, to: EscalationLevel): readonly EscalationLevel[] {
  return ESCALATION_LEVELS.slice(rank(from) + 1, rank(to));
}

/** What can be solved lower down does not go higher (能自行协调解决的不得提交更高层级): passing a level over needs a reason. */
export function skippingNeedsAReason(
  { application }: ApplicationFacts,
  skipped: readonly EscalationLevel[],
  reason: string | null,
): void {
  if (skipped.length === 0 || (reason !== null && reason.trim() !== '')) return;
  refuse('application.level-skipped', { application, skipped: skipped.join(', ') }, 'input');
}

/** An application is sent down from where it stands to a level below; without one named, one down. */
export function levelBelow(
  { application, level }: ApplicationFacts,
  asked: EscalationLevel | undefined,
): { readonly from: EscalationLevel; readonly to: EscalationLevel | null } {
  if (level === null) return refuse('application.not-escalated', { application }, 'state');
  const to = asked ?? ESCALATION_LEVELS[rank(level) - 1] ?? null;
  if (rank(to) < rank(level)) return { from: level, to };
  return refuse('application.level-not-lower', { application, level }, 'state');
}
