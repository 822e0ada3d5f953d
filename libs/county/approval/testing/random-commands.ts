import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { type Timer } from '../application/timers.js';
import { STATUTORY_SUSPENSIONS } from '#libs/law/catalogue';
import { INTERNAL_STEPS } from '../core/clock-facts.js';
import { ESCALATION_LEVELS, type Terms } from '../core/terms.js';
import { PERMIT_END_CAUSES } from '../permit/permit.events.js';
import { type BareApplicationCommand } from './bare.js';
import {
  applicant,
  commands,
  head,
  leader,
  opening,
  reviewer,
  stranger,
  supervisor,
  window,
} from './cases.js';

/** Objects as JSON gives them, with the ordinary prototype. */
const record = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('natural-resources', 'water', 'demo-reviewer', 'demo-applicant', '审查岗', '__proto__'),
);

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const plausible = fc
  .integer({ min: 0, max: 90 * 86_400_000 })
  .map((ms) => new Date(Date.UTC(2026, 0, 5) + ms).toISOString());

const instant = fc.oneof(
  plausible,
  fc.string({ maxLength: 24 }),
  fc.constantFrom('', '2026-02-30T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2026-01-05'),
);

const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constantFrom(applicant, window, reviewer, head, stranger, supervisor, leader),
  record({ person: word, post: nullable(word), department: nullable(word), role: word }),
);

/** Mostly live work by whom the command belongs to; sometimes anybody, at any time, in anybody's name. */
const meta: fc.Arbitrary<Partial<CommandMeta>> = fc.oneof(
  { weight: 12, arbitrary: plausible.map((time) => ({ occurredAt: time, now: time })) },
  {
    weight: 2,
    arbitrary: record({ actor, onBehalfOf: nullable(actor), occurredAt: instant, now: instant }),
  },
  { weight: 1, arbitrary: plausible.map((time) => ({ occurredAt: time, now: '2026-12-31T00:00:00.000Z' })) },
);

const limit = nullable(
  record({
    days: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(-1, 0.5, Number.NaN, Infinity, 1e9)),
    unit: fc.constantFrom('working-day' as const, 'calendar-day' as const),
    start: fc.constantFrom('receipt' as const, 'acceptance' as const),
  }),
);

const terms: fc.Arbitrary<Terms> = record({
  statutory: limit,
  promised: limit,
  basis: nullable(word),
  verified: fc.boolean(),
});

const matter = record({ department: nullable(fc.constantFrom('natural-resources', 'water')), terms }).map(
  (overrides) => opening(overrides),
);

const text = fc.oneof({ weight: 9, arbitrary: fc.constant('理由') }, { weight: 1, arbitrary: word });

const reasons = { article: text, reason: text, remedies: text };

const missing = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(record({ application: word, matter: word })) },
);

/** A command with arbitrary fields; its meta is laid over the one that it has by itself. */
function any<Given extends object>(
  make: (given: Given) => BareApplicationCommand,
  model: { [K in keyof Given]: fc.Arbitrary<Given[K]> },
): fc.Arbitrary<BareApplicationCommand> {
  return fc.tuple(record<Given>(model), meta).map(([given, over]) => {
    const command = make(given);
    return { ...command, meta: { ...command.meta, ...over } };
  });
}

const timer: fc.Arbitrary<Timer> = fc.oneof(
  record({ name: fc.constant('notice' as const), since: plausible, at: plausible }),
  record({
    name: fc.constantFrom('yellow' as const, 'deficiency' as const, 'consultation' as const),
    at: plausible,
  }),
  record({
    name: fc.constant('step' as const),
    step: fc.constantFrom(...INTERNAL_STEPS),
    since: plausible,
    at: plausible,
  }),
  record({
    name: fc.constant('permit' as const),
    cause: fc.constantFrom(...PERMIT_END_CAUSES),
    since: plausible,
    lastDay: fc.constantFrom('2027-01-01', '2030-12-31'),
    article: fc.constant('行政许可法 Art. 50'),
    at: plausible,
  }),
  record({
    name: fc.constant('escalation' as const),
    level: fc.constantFrom(...ESCALATION_LEVELS),
    since: plausible,
    at: plausible,
  }),
);

const fired = fc.tuple(timer, plausible).map(([due, now]) => commands.fire(due, now));

const command: fc.Arbitrary<BareApplicationCommand> = fc.oneof(
  any(commands.submit, { opening: matter, promisedEnd: nullable(instant) }),
  { weight: 3, arbitrary: any(commands.accept, {}) },
  any(commands.requestSupplement, {}),
  { weight: 2, arbitrary: any(commands.supplement, { materials: fc.array(word, { maxLength: 3 }) }) },
  any(commands.refuseAcceptance, {
    ...reasons,
    article: fc.oneof(fc.constant('行政许可法 Art. 32(1)'), text),
  }),
  { weight: 2, arbitrary: any(commands.assign, { person: word, post: word }) },
  { weight: 4, arbitrary: any(commands.step, { step: word, source: nullable(word) }) },
  any(commands.sendBack, { reason: word }),
  any(commands.returnToApplicant, { reason: word }),
  any(commands.approve, { missing }),
  any(commands.refuse, reasons),
  any(commands.withdraw, { reason: word }),
  any(commands.transfer, { department: word, person: word, post: word, departmentKnown: fc.boolean() }),
  any(commands.escalate, { level: fc.constantFrom(...ESCALATION_LEVELS), reason: word }),
  { weight: 2, arbitrary: any(commands.deliver, { method: word }) },
  any(commands.close, { outcome: word }),
  {
    weight: 2,
    arbitrary: any(commands.suspend, {
      cause: fc.constantFrom(...STATUTORY_SUSPENSIONS.map((rule) => rule.cause)),
    }),
  },
  { weight: 2, arbitrary: any(commands.resume, { result: word }) },
  any(commands.extend, { days: fc.integer({ min: 1, max: 40 }), article: word }),
  any(commands.sendDown, { level: fc.constantFrom(...ESCALATION_LEVELS), reason: word }),
  fired,
  any(commands.specialHandling, { rule: fc.constantFrom('separate-decision', 'prerequisite') }),
  any(commands.acceptWithDeficiency, { days: fc.integer({ min: 1, max: 25 }) }),
  any(commands.fulfilDeficiency, {}),
  any(commands.lapseDeficiency, {}),
  any(commands.makeCommitment, {}),
  any(commands.checkCommitment, { kept: fc.boolean() }),
  any(commands.completeImmediately, {}),
  any(commands.consult, { days: fc.integer({ min: 1, max: 5 }), silenceRule: word }),
  any(commands.answer, { agrees: fc.boolean() }),
  any(commands.closeConsultation, {}),
  any(commands.raiseIssue, { problem: word }),
  any(commands.proposeOption, { issue: fc.nat(3) }),
  any(commands.decideIssue, { issue: fc.nat(3), option: fc.nat(3) }),
  any(commands.amend, { change: word }),
  any(commands.renew, {
    validUntil: fc.constantFrom('2027-01-01', '2026-02-30', '2020-01-01', '2030-12-31'),
  }),
  any(commands.recall, { compensation: word }),
  any(commands.revoke, { ground: fc.constantFrom('procedure', 'commitment-breach') }),
  any(commands.cancel, { ground: fc.constantFrom('expired', 'withdrawn', 'other') }),
  any(commands.correct, { revision: fc.nat(5), value: word }),
  any(commands.backEntry, { step: word }),
  any(commands.fastTrack, { promisePercent: fc.integer({ min: 10, max: 100 }) }),
);

/** Sequences begin from nothing, submitted or accepted, so that the later stages are reached as often as the first. */
const begun = [
  commands.submit({ meta: { actor: applicant, occurredAt: '2026-01-01T00:00:00.000Z' } }),
  commands.accept({ meta: { actor: window, occurredAt: '2026-01-02T00:00:00.000Z' } }),
];

export const sequence = fc
  .tuple(fc.constantFrom(0, 1, 2), fc.array(command, { maxLength: 30, size: 'max' }))
  .map(([steps, rest]) => [...begun.slice(0, steps), ...rest]);
