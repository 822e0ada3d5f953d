import { EXCLUDED_PROCEDURES, type ExcludedProcedure } from '#libs/law/terms';
import { cited, licensing } from '#libs/law/citations';
import { type DayUnit, dayOf, daysBetween, type TimeLimit, type WorkingCalendar } from '#libs/law/calendar';
import {
  type ExtensionRule,
  JOINT_EXTENSION,
  STATUTORY_EXTENSION,
  STATUTORY_SUSPENSIONS,
  type SuspensionRule,
} from '#libs/law/catalogue';
import { isSuspended } from '../core/clock-facts.js';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type ExtendTimeLimit, type SuspendClock } from './clock.commands.js';
import { CLOCK_MESSAGES } from './clock.messages.js';

const refuse = refusing(CLOCK_MESSAGES);

export const SUSPENSION_ARTICLE = cited(licensing(45));

const EXTENSION_ARTICLE = cited(licensing(42));

/** Only a suspended clock can be resumed. */
export function clockMustBeSuspended({ application, clock }: ApplicationFacts): void {
  if (!isSuspended(clock)) {
    refuse('application.not-suspended', { application }, 'state', SUSPENSION_ARTICLE);
  }
}

/** Without a statutory term there is nothing that a suspension or an extension could act on. */
export function statutoryTerm({ application, terms }: ApplicationFacts, article: string): TimeLimit {
  return terms.statutory ?? refuse('application.no-term', { application }, 'state', article);
}

/** The procedures whose time is taken out of the term of an application. */
const suspensionRules = ({ terms }: Pick<ApplicationFacts, 'terms'>): readonly SuspensionRule[] =>
  terms.suspensions ?? STATUTORY_SUSPENSIONS;

const unitOf = ({ cap }: SuspensionRule): DayUnit => cap?.unit ?? 'working-day';

/**
 * Only a procedure that the law of the matter takes out of its term stops the clock, by leave where that law asks for it, and
 * for no longer than it allows: days that the same procedure took before count too.
 */
export function procedureMustBeExcluded(
  state: ApplicationFacts,
  { cause, days, meta }: Pick<SuspendClock, 'cause' | 'days' | 'meta'>,
  calendar: WorkingCalendar,
): SuspensionRule & { readonly unit: DayUnit } {
  const { application } = state;
  const rules = suspensionRules(state);
  const rule = rules.find((one) => one.cause === cause) ?? notExcluded(state, cause, rules);
  leaveMustBeGiven(application, rule, meta.actor.role);
  const most = daysLeft(state, rule, calendar);
  if (most !== null && days > most) {
    const unit = UNITS[unitOf(rule)];
    const params = { application, cause, causeZh: EXCLUDED_PROCEDURES[cause], days, most, ...unit };
    refuse('application.suspension-too-long', params, 'input', rule.article);
  }
  return { ...rule, unit: unitOf(rule) };
}

const UNITS = {
  'working-day': { unitZh: '个工作日', unit: 'working days' },
  'calendar-day': { unitZh: '日', unit: 'calendar days' },
} as const;

function notExcluded(
  { application }: ApplicationFacts,
  cause: ExcludedProcedure,
  rules: readonly SuspensionRule[],
): never {
  const params = {
    application,
    cause,
    causeZh: EXCLUDED_PROCEDURES[cause],
    allowed: rules.map((rule) => rule.cause).join(', '),
    allowedZh: rules.map((rule) => EXCLUDED_PROCEDURES[rule.cause]).join('、'),
  };
  return refuse('application.procedure-not-excluded', params, 'input', SUSPENSION_ARTICLE);
}

function leaveMustBeGiven(
  application: string,
  { leave, article }: { readonly leave: string | null; readonly article: string },
  role: string,
): void {
  if (leave === null || role === leave) return;
  const params = { application, leave, leaveZh: '本机关负责人' };
  refuse('application.leave-owed', params, 'permission', article);
}

/** Days that a procedure may still take; null where no law limits it. */
function daysLeft(
  { clock }: ApplicationFacts,
  { cause, cap }: SuspensionRule,
  calendar: WorkingCalendar,
): number | null {
  if (cap === null) return null;
  return clock.suspensions
    .filter((one) => one.cause === cause && one.to !== null)
    .reduce(
      (left, { from, to }) => left - daysBetween(calendar, cap.unit, dayOf(from), dayOf(to ?? from)),
      cap.days,
    );
}

/**
 * One extension, before the term is over, of at most as many days as the law of the matter allows, by the leave that it asks for
 * (行政许可法 Art. 42 where it says nothing of its own).
 */
export function extensionMustBeLawful(
  state: ApplicationFacts,
  { days, article, meta }: Pick<ExtendTimeLimit, 'days' | 'article' | 'meta'>,
): ExtensionRule {
  const { application, clock, due } = state;
  statutoryTerm(state, EXTENSION_ARTICLE);
  const rule =
    extensionRule(state) ?? refuse('application.no-extension', { application }, 'state', EXTENSION_ARTICLE);
  if (clock.extensions.length > 0) {
    refuse('application.extended-before', { application }, 'state', rule.article);
  }
  if (due.statutory !== null && meta.occurredAt > due.statutory) {
    refuse('application.term-over', { application, dueAt: due.statutory }, 'state', rule.article);
  }
  leaveMustBeGiven(application, rule, meta.actor.role);
  if (article !== undefined && !article.includes(lawOf(rule.article))) {
    refuse(
      'application.extension-by-other-law',
      { application, article, law: rule.article },
      'input',
      rule.article,
    );
  }
  if (days > rule.days) {
    refuse('application.extension-too-long', { application, days, most: rule.days }, 'input', rule.article);
  }
  return rule;
}

const lawOf = (article: string): string => article.split(' Art.')[0] ?? article;

/** By how much a term may be extended; null where its law knows no extension. */
function extensionRule({ terms, department }: ApplicationFacts): ExtensionRule | null {
  if (terms.extension !== undefined) return terms.extension;
  return department === null ? JOINT_EXTENSION : STATUTORY_EXTENSION;
}
