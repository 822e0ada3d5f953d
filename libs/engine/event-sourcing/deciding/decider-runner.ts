import { LRUCache } from 'lru-cache';
import { defined } from '../tools/defined.js';
import { commandDigest, hasPersonalFields, isDigestOf } from './command-digest.js';
import { type Complete, type Before, type DeciderRunnerHooks, type LoadedStream } from './runner-hooks.js';
import { withLastChange } from './last-change.js';
import { type Decider, type DomainCommand, type FactsArgument, type Receipt } from './decider.js';
import {
  CommandIdReused,
  LogDamaged,
  RuleViolation,
  StaleRevision,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../log/errors.js';
import { type AppendResult, type EventStore } from '../log/event-store.js';
import { type DomainEvent, type EventMetadata, type NewEvent, type StoredEvent } from '../log/event.js';
import { eventIdOf } from '../log/event-id.js';
import { type Rehearsal, rehearsing } from './rehearsal.js';
import { type AnyDecider, type Decided, type FirstAnswer, type Remembered } from './remembered.js';
import { type DeciderRunnerOptions, type TableVersions } from './runner-options.js';
import { type JsonObject } from '../tools/json.js';
import { KeyedQueue } from '../tools/keyed-queue.js';
import { retry } from '../tools/retry.js';
import { inSpan } from '../tools/spans.js';
import { Upcasters } from '../log/upcasters.js';

const NOTHING_YET: Decided = { events: [], refusal: null };

/** After this long an unavailable store is not tried again for the same command. */
const RETRY_BUDGET_MS = 5_000;

const NO_VERSIONS: TableVersions = { calendarVersion: null, catalogueVersion: null };

/**
 * Takes a command to its events: load, decide, append after the revision that was loaded. Commands on one stream run one after
 * another, commands on different streams concurrently. States are remembered, so a command on a remembered stream reads
 * nothing; what another process has written since shows as a conflict, and no command is refused on a remembered state before
 * the end of the stream is read.
 */
export class DeciderRunner<State, Command extends DomainCommand, Event extends DomainEvent> {
  readonly #decider: AnyDecider<State, Command>;
  readonly #remembered: LRUCache<string, Remembered<State>>;
  readonly #turns = new KeyedQueue();
  readonly #attempts: number;
  readonly #backOffMs: number;
  readonly #upcasters: Upcasters;
  readonly #versions: () => TableVersions;
  readonly #formerlyNotDigested: readonly string[];
  readonly #before: Before<State, Command>;
  readonly #complete: Complete<State, Command, Event>;
  readonly #details: DeciderRunnerHooks<State, Command, Event>['details'];

  constructor(
    private readonly store: EventStore,
    decider: Decider<State, Command, Event>,
    options: DeciderRunnerOptions & DeciderRunnerHooks<State, Command, Event> = {},
  ) {
    this.#decider = decider;
    this.#remembered = new LRUCache({ max: options.cacheSize ?? 5_000 });
    this.#attempts = options.attempts ?? 5;
    this.#backOffMs = options.backOffMs ?? 50;
    this.#upcasters = options.upcasters ?? new Upcasters();
    this.#versions = options.versions ?? (() => NO_VERSIONS);
    this.#formerlyNotDigested = options.formerlyNotDigested ?? [];
    this.#before = options.before ?? (() => null);
    this.#complete = options.complete ?? ((events) => events);
    this.#details = options.details;
  }

  /**
   * Runs a command, with the facts its rules need. The same command id with the same content gives the first receipt,
   * `replayed`; a command with nothing to do gives a receipt at the stream's current end.
   * @throws RuleViolation as decided, or `stream-absent` when there is nothing to do on a stream that does not exist
   * @throws CommandIdReused, KeyUsedElsewhere, StaleRevision, WrongExpectedRevision (a race lost too often), EventTooLarge
   * @throws StoreUnavailable the command may or may not be stored: repeat it with the same command id
   */
  run<Sent extends Command>(stream: string, command: Sent, ...facts: FactsArgument<Sent>): Promise<Receipt> {
    const rehearsal = rehearsing();
    return this.#turns.run(stream, async () => {
      try {
        if (rehearsal !== null) return await this.#rehearse(rehearsal, stream, command, ...facts);
        const span = { 'zhitong.command': command.type };
        return await inSpan('run', span, () => this.#run(stream, command, ...facts));
      } catch (error) {
        if (!(error instanceof StaleRevision)) throw error;
        const { state } = this.#remembered.get(stream) ?? { state: this.#decider.initial };
        const [looked] = facts as readonly unknown[];
        throw await withLastChange(this.store, error, () => this.#decider.decide(state, command, looked));
      }
    });
  }

  /** The stream's state as the store has it now, with what other processes wrote. */
  async load(stream: string): Promise<LoadedStream<State>> {
    const rehearsal = rehearsing();
    if (rehearsal === null) return this.#load(stream);
    return { ...(await rehearsal.stream(this, stream, () => this.#load(stream))) };
  }

  async #load(stream: string): Promise<LoadedStream<State>> {
    const entry = this.#remembered.get(stream);
    if (entry) {
      const { state, revision, position } = entry;
      if (await this.#endsAt(stream, revision)) return { state, revision, position };
    }
    return this.#turns.run(stream, () => this.#atEnd(stream));
  }

  async #run(stream: string, command: Command, facts?: unknown): Promise<Receipt> {
    const { commandId, expectedRevision: pinned } = command.meta;
    const digest = await this.#digest(command);
    const remembered = this.#remembered.get(stream);
    let entry = remembered ?? (await this.#read(stream));
    let atEnd = remembered === undefined;
    const wentFirst = new Set<string>();
    for (let conflicts = 0; ;) {
      const first = entry.answers.get(commandId);
      if (first) return this.#firstAnswer(stream, first, command, digest);

      const isCurrent = pinned === null || pinned === entry.revision;
      const before = isCurrent ? await this.#before(entry, command) : null;
      const goesFirst = before !== null && !wentFirst.has(before.meta.commandId);
      const { events, refusal } = goesFirst ? NOTHING_YET : this.#decide(stream, entry, command, facts);
      if (events.length === 0) {
        // The remembered state may be behind another process: only the stream's end is good enough to refuse on.
        if (!atEnd) {
          atEnd = true;
          if (await this.#catchUp(stream, entry)) continue;
        }
        if (goesFirst) {
          wentFirst.add(before.meta.commandId);
          await this.#run(stream, before);
          entry = this.#remembered.get(stream) ?? (await this.#read(stream));
          continue;
        }
        if (refusal !== null) throw refusal;
        if (entry.revision === null || entry.position === null) {
          throw new RuleViolation('stream-absent', { stream }, 'absent');
        }
        return { stream, revision: entry.revision, position: entry.position, replayed: false };
      }

      // Folded before they are stored: an event that its own decider cannot fold never reaches the log.
      const completed = await this.#complete(events as readonly Event[], command, entry.state);
      const enveloped = this.#envelop(command, digest, completed);
      const newEvents = (await this.store.personal?.seal(enveloped)) ?? enveloped;
      const state = this.#fold(stream, entry, newEvents);
      try {
        const { revision, position } = await this.#append(stream, entry.revision, newEvents);
        entry.state = state;
        entry.revision = revision;
        entry.position = position;
        entry.answers.set(commandId, { digest, revision, position });
        this.#remembered.set(stream, entry);
        return { stream, revision, position, replayed: false, ...this.#said(completed) };
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || ++conflicts >= this.#attempts) {
          this.#remembered.delete(stream);
          throw error;
        }
        atEnd = true;
        if (!(await this.#catchUp(stream, entry))) entry = await this.#read(stream);
      }
    }
  }

  async #digest(command: Command): Promise<string> {
    const key = hasPersonalFields(command) ? ((await this.store.personal?.digestKey()) ?? null) : null;
    return commandDigest(command, key);
  }

  /** @throws CommandIdReused when the id came with another content */
  async #firstAnswer(stream: string, first: FirstAnswer, command: Command, digest: string): Promise<Receipt> {
    const { commandId } = command.meta;
    if (first.digest !== digest && !isDigestOf(first.digest, command, this.#formerlyNotDigested))
      throw new CommandIdReused(commandId, stream);
    const details = this.#said(await this.#eventsOf(stream, commandId));
    return { stream, revision: first.revision, position: first.position, replayed: true, ...details };
  }

  /**
   * Runs a command as far as its events: nothing is appended, no key is made for personal data, and what is remembered of the
   * stream stays as it is.
   */
  async #rehearse(rehearsal: Rehearsal, stream: string, command: Command, facts?: unknown): Promise<Receipt> {
    const present = await rehearsal.stream(this, stream, () => this.#atEnd(stream));
    const { commandId, expectedRevision: pinned } = command.meta;
    const first = this.#remembered.get(stream)?.answers.get(commandId);
    // What was recorded before has its key for digests: none is made here.
    if (first) return this.#firstAnswer(stream, first, command, await this.#digest(command));
    for (const wentFirst = new Set<string>(); pinned === null || pinned === present.revision;) {
      const before = await this.#before(present, command);
      if (before === null || wentFirst.has(before.meta.commandId)) break;
      wentFirst.add(before.meta.commandId);
      await this.#rehearse(rehearsal, stream, before);
    }
    const { events, refusal } = this.#decide(stream, present, command, facts);
    if (refusal !== null) throw refusal;
    const completed =
      events.length === 0 ? [] : await this.#complete(events as readonly Event[], command, present.state);
    const made = this.#envelop(command, commandDigest(command), completed);
    rehearsal.record(stream, present.revision, made);
    present.state = this.#fold(stream, present, made);
    if (made.length > 0) present.revision = (present.revision ?? -1n) + BigInt(made.length);
    if (present.revision === null) throw new RuleViolation('stream-absent', { stream }, 'absent');
    const { revision, position } = present;
    return { stream, revision, position: position ?? 0n, replayed: false, ...this.#said(completed) };
  }

  /** The stream as the store has it, for who has its turn. */
  async #atEnd(stream: string): Promise<LoadedStream<State>> {
    const known = this.#remembered.get(stream);
    const entry = known ?? (await this.#read(stream));
    if (known) await this.#catchUp(stream, known);
    return { state: entry.state, revision: entry.revision, position: entry.position };
  }

  #decide(
    stream: string,
    { state, revision }: LoadedStream<State>,
    command: Command,
    facts: unknown,
  ): Decided {
    const { expectedRevision: pinned, unmet } = command.meta;
    try {
      if (pinned !== null && pinned !== revision) throw new StaleRevision(stream, pinned, revision);
      const events = this.#decider.decide(state, command, facts);
      if (events.length > 0 && unmet) throw unmet;
      return { events, refusal: null };
    } catch (error) {
      return { events: [], refusal: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  #envelop(command: Command, commandDigest: string, events: readonly DomainEvent[]): NewEvent[] {
    const { actor, onBehalfOf, delegation, occurredAt, now, commandId, keyUse } = command.meta;
    const { correlationId, causationId, traceparent } = command.meta;
    const { calendarVersion, catalogueVersion } = this.#versions();
    const metadata: EventMetadata = {
      actor,
      onBehalfOf,
      ...defined({ delegation }),
      occurredAt,
      recordedAt: now,
      commandId,
      commandDigest,
      ...defined({ keyUse }),
      correlationId,
      causationId,
      traceparent,
      calendarVersion,
      catalogueVersion,
    };
    return events.map(({ type, version, data }, index) => ({
      id: eventIdOf(command.meta, commandDigest, index),
      type,
      version,
      data,
      metadata,
    }));
  }

  /** What a receipt says in addition, of events that may be as they were stored. */
  #said(events: readonly DomainEvent[]): { details?: JsonObject } {
    const details = this.#details?.(events as readonly Event[]) ?? {};
    return Object.keys(details).length === 0 ? {} : { details };
  }

  /** The events that a command came to, where a receipt says something of them. */
  async #eventsOf(stream: string, commandId: string): Promise<readonly DomainEvent[]> {
    const own: DomainEvent[] = [];
    if (this.#details === undefined) return own;
    for await (const stored of this.store.readStream(stream)) {
      if (stored.metadata.commandId === commandId) own.push(this.#upcasters.upcast(stored));
    }
    return own;
  }

  /** `position` is not known yet: what `evolve` sees there is the position of the stream's end before the append. */
  #fold(stream: string, entry: LoadedStream<State>, events: readonly NewEvent[]): State {
    let { state } = entry;
    let revision = entry.revision ?? -1n;
    for (const event of events) {
      revision += 1n;
      state = this.#decider.evolve(state, { ...event, stream, revision, position: entry.position ?? 0n });
    }
    return state;
  }

  /**
   * An unavailable store leaves the outcome unknown: the same ids after the same revision are safe to send again. One
   * that took long to say so is not asked again: the caller has waited enough.
   */
  async #append(stream: string, expected: bigint | null, events: readonly NewEvent[]): Promise<AppendResult> {
    const start = performance.now();
    return retry(() => this.store.append(stream, expected, events), {
      backOff: { first: this.#backOffMs, longest: RETRY_BUDGET_MS },
      isWorthIt: (error, failures) =>
        error instanceof StoreUnavailable &&
        failures < this.#attempts &&
        performance.now() - start < RETRY_BUDGET_MS,
    });
  }

  async #read(stream: string): Promise<Remembered<State>> {
    const entry: Remembered<State> = {
      state: this.#decider.initial,
      revision: null,
      position: null,
      answers: new Map(),
    };
    await this.#catchUp(stream, entry);
    if (entry.revision !== null) this.#remembered.set(stream, entry);
    return entry;
  }

  /** Folds what was appended since; false when there was nothing. */
  async #catchUp(stream: string, entry: Remembered<State>): Promise<boolean> {
    const before = entry.revision;
    for await (const stored of this.store.readStream(stream, (before ?? -1n) + 1n)) {
      const event = this.#upcasters.upcast(stored);
      entry.state = this.#evolve(entry.state, event);
      entry.revision = event.revision;
      entry.position = event.position;
      entry.answers.set(event.metadata.commandId, {
        digest: event.metadata.commandDigest,
        revision: event.revision,
        position: event.position,
      });
    }
    return entry.revision !== before;
  }

  /** An event is folded before it is stored: where a stored one cannot be, it or one before it is not what was stored. */
  #evolve(state: State, event: StoredEvent): State {
    try {
      return this.#decider.evolve(state, event);
    } catch (cause) {
      const { type, position, stream } = event;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new LogDamaged(position, stream, `${type} cannot follow what is before it: ${reason}`, { cause });
    }
  }

  async #endsAt(stream: string, revision: bigint | null): Promise<boolean> {
    for await (const _newer of this.store.readStream(stream, (revision ?? -1n) + 1n)) return false;
    return true;
  }
}
