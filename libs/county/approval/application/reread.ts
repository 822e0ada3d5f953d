import {
  type DomainCommand,
  type JsonObject,
  type Recorded,
  RuleViolation,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import { ABSENT } from '../core/facts.js';
import { type ApprovalFacts } from '../decision/decision.commands.js';
import { type ReturnFacts } from '../handling/handling.commands.js';
import { type MaterialFacts } from '../intake/material.rules.js';
import { type NewReading, type ReadEvent, type Reading } from '../record/imported-case.events.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationDecider } from './application.decider.js';
import { type ApplicationEvent } from './application.events.js';
import { evolve, type ApplicationState } from './application.state.js';

/** The act that each event comes from to which a row of a foreign log may be mapped. */
const ACT_OF: { readonly [event: string]: ApplicationCommand['type'] | undefined } = {
  ApplicationSubmitted: 'SubmitApplication',
  ApplicationAccepted: 'AcceptApplication',
  AcceptanceRefused: 'RefuseAcceptance',
  SupplementSubmitted: 'SubmitSupplement',
  ApplicationResubmitted: 'SubmitSupplement',
  StepRecorded: 'RecordStep',
  ApplicationSentBack: 'SendBackApplication',
  ApplicationReturned: 'ReturnApplication',
  ApplicationApproved: 'ApproveApplication',
  ApplicationRefused: 'RefuseApplication',
  ApplicationWithdrawn: 'WithdrawApplication',
  DecisionDelivered: 'DeliverDecision',
  ApplicationClosed: 'CloseApplication',
} satisfies { readonly [Type in ApplicationEvent['type']]?: ApplicationCommand['type'] };

/** An event with what is to be read in it from now on. */
export type Revised = ReadEvent & {
  readonly now: Reading;
};

/**
 * The application as it would have been recorded, had its log always said what it says now: in the order of the times, with the
 * time before each row belonging to the holder at that time. The events of the project's stream come first.
 * @throws RuleViolation where the rules do not allow that history
 */
export function reread(
  decider: ApplicationDecider,
  stream: string,
  events: readonly Revised[],
): readonly NewReading[] {
  const readings = events.map((event, of) => ({ event, of, isOwn: event.stream === stream }));
  const project = readings
    .filter(({ isOwn }) => !isOwn)
    .map(({ event: { now }, of }): NewReading => ({ of, ...readingOf(now) }));
  const own = readings
    .filter(({ isOwn }) => isOwn)
    .sort((a, b) => compare(a.event.now.occurredAt, b.event.now.occurredAt) || a.of - b.of);
  let state: ApplicationState = ABSENT;
  const after: NewReading[] = [];
  for (const { event, of } of own) {
    const data = decide(decider, state, event);
    state = evolve(state, recorded(event, data));
    after.push({ of, occurredAt: event.now.occurredAt, actor: event.now.actor, data });
  }
  return [...project, ...after];
}

const readingOf = ({ occurredAt, actor, data }: Reading): Reading => ({ occurredAt, actor, data });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function decide(decider: ApplicationDecider, state: ApplicationState, event: Revised): JsonObject {
  const sent = [state, commandOf(event), factsOf(event)] as Parameters<ApplicationDecider['decide']>;
  const found = decider.decide(...sent).find(({ type }) => type === event.type);
  if (found) return found.data;
  throw new RuleViolation('application.cannot-be-reread', { event: event.type }, 'state');
}

/** The command that an imported event came from: what it said is in the event under the same names. */
function commandOf({ type, stream, commandId, recordedAt, now }: Revised): ApplicationCommand {
  const act = ACT_OF[type];
  if (act === undefined) throw new RuleViolation('application.cannot-be-reread', { event: type }, 'state');
  const said = Object.entries(now.data).filter(([, value]) => value !== null);
  const meta: DomainCommand['meta'] = {
    commandId,
    actor: now.actor,
    onBehalfOf: null,
    occurredAt: now.occurredAt,
    now: recordedAt,
    // Its first part is that of every command of an import: those are not asked what live work is asked.
    correlationId: commandId,
    causationId: null,
    traceparent: null,
    expectedRevision: null,
  };
  const id = stream.slice(stream.indexOf('-') + 1);
  const command = { ...Object.fromEntries(said), type: act, id, meta };
  return command as DomainCommand as ApplicationCommand;
}

/** All that is looked up for the acts that a row may be mapped to, but for what a submission opens. */
type LookedUp = MaterialFacts & ReturnFacts & ApprovalFacts;

/** An import is asked for nothing that goes before, for no materials and for no law. */
const NOTHING_ASKED: LookedUp = {
  listed: [],
  restsOnOwnLaw: false,
  missing: [],
  granted: [],
  needsReview: false,
};

/** What was looked up for it: what it opened is in the event. */
const factsOf = ({ now }: Revised) => ({ ...NOTHING_ASKED, opening: now.data });

function recorded(event: Revised, data: JsonObject): Recorded<ApplicationEvent> {
  const { commandId, recordedAt, now } = event;
  const stored: StoredEvent = {
    id: event.id,
    stream: event.stream,
    type: event.type,
    version: event.version,
    revision: BigInt(event.revision),
    position: BigInt(event.position),
    data,
    metadata: {
      actor: now.actor,
      onBehalfOf: null,
      occurredAt: now.occurredAt,
      recordedAt,
      commandId,
      commandDigest: '',
      correlationId: commandId,
      causationId: null,
      traceparent: null,
      calendarVersion: null,
      catalogueVersion: null,
    },
  };
  return stored as Recorded<ApplicationEvent>;
}
