import { createHash } from 'node:crypto';
import {
  APPLICATION_STREAM,
  importedCase,
  type ImportedChange,
  isSignal,
  type ReadEvent,
  type Reading,
} from '#libs/county/approval';
import { CorrectImportedCase } from '#libs/county/approval/http';
import { applicationId, PROJECT_STREAM } from '#libs/county/project';
import {
  canonicalJson,
  CommandIdReused,
  type CommandMeta,
  EventTooLarge,
  RuleViolation,
  StaleRevision,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import { differencesOf, type FieldDifference } from './case-difference.js';
import { matchRows } from './case-matching.js';
import { type TranslatedCommand } from './case-translator.js';
import { type Difference, type ImporterDependencies, type ImportOptions } from './import-options.js';
import { type BadRow } from './log-record.js';
import { type Mapping } from './mapping.js';

/** What a run of a case tells. */
export interface CaseListener {
  executed(replayed: boolean): void;
  bad(bad: BadRow): void;
  difference(difference: Difference): void;
}

/** A difference, with the row and the event that it is between. */
type Found = FieldDifference & { readonly row: TranslatedCommand; readonly event: ReadEvent };

/**
 * One case of a log on its way to the record. A case that is not on record is recorded row by row, whatever its length. One
 * that is on record is compared with it once all of its rows are known: what differs is reported, and corrected if that was
 * asked for; what is new is added.
 */
export class CaseRun {
  private closedBy: BadRow | null = null;
  /** The rows of a case that is on record; null while it is not known to be. */
  private rows: TranslatedCommand[] | null = null;

  constructor(
    readonly project: string,
    private readonly mapping: Mapping,
    private readonly dependencies: ImporterDependencies,
    private readonly options: Pick<ImportOptions, 'correct' | 'actor'>,
    private readonly listener: CaseListener,
  ) {}

  async take(row: TranslatedCommand): Promise<void> {
    if (this.rows !== null) this.rows.push(row);
    else if (row.of === 'registration') await this.open(row);
    else await this.run(row);
  }

  /** Called after the last row. */
  async end(): Promise<void> {
    const { rows } = this;
    this.rows = null;
    if (rows === null) return;
    const stored = await this.stored();
    const { log, increment } = this.mapping;
    const { events } = importedCase(stored, isSignal);
    const { pairs, fresh, missing } = matchRows(log, rows, events, increment);
    for (const [{ of }] of pairs) if (of !== 'registration') this.listener.executed(true);
    const differences = pairs.flatMap(([row, event]) =>
      differencesOf(this.mapping, row, event).map((one) => ({ ...one, row, event })),
    );
    await this.correct(explained(differences), stored);
    if (!increment) this.tellMissing(missing, rows);
    for (const row of fresh) await this.run(row);
  }

  private async open(row: TranslatedCommand): Promise<void> {
    try {
      const { replayed } = await this.dependencies.execute(row.command);
      this.listener.executed(replayed);
      if (replayed) this.rows = [row];
    } catch (error) {
      // The registration of this very case, with another name, say.
      if (!(error instanceof CommandIdReused)) return this.refused(row, error);
      this.listener.executed(true);
      this.rows = [row];
    }
  }

  private async run(row: TranslatedCommand): Promise<void> {
    if (this.closedBy) {
      if (this.closedBy.line === row.line) return;
      this.listener.bad({
        line: row.line,
        reason: `its case could not be opened (line ${this.closedBy.line})`,
      });
      return;
    }
    try {
      const { replayed } = await this.dependencies.execute(row.command);
      this.listener.executed(replayed);
    } catch (error) {
      this.refused(row, error);
    }
  }

  private refused({ line, of, command }: TranslatedCommand, error: unknown): void {
    const bad = { line, reason: `${command.type} ${command.id}: ${this.reasonOf(error)}` };
    if (of === 'registration' || of === 'submission') this.closedBy = bad;
    this.listener.bad(bad);
  }

  /** Words for a refusal. @throws the error when it is none */
  private reasonOf(error: unknown): string {
    const isRefusal =
      error instanceof RuleViolation ||
      error instanceof CommandIdReused ||
      error instanceof StaleRevision ||
      error instanceof EventTooLarge;
    if (!isRefusal) throw error;
    return this.dependencies.explain?.(error) ?? error.message;
  }

  private async stored(): Promise<readonly StoredEvent[]> {
    const stored: StoredEvent[] = [];
    for (const stream of [PROJECT_STREAM + this.project, APPLICATION_STREAM + this.application()]) {
      for await (const event of this.dependencies.events.readStream(stream)) stored.push(event);
    }
    return stored;
  }

  private application(): string {
    return applicationId(this.project, this.mapping.project.matter);
  }

  private async correct(differences: readonly Found[], stored: readonly StoredEvent[]): Promise<void> {
    const { correct = false } = this.options;
    const wanted = differences.filter(({ correctable, added }) => correctable && (correct || added));
    const isCorrected = wanted.length > 0 && (await this.record(wanted, stored));
    for (const one of differences) {
      if (one.silent) continue;
      const { row, field, recorded, found } = one;
      const corrected = isCorrected && wanted.includes(one);
      this.listener.difference({ line: row.line, field, recorded, found, corrected });
    }
  }

  /** True when the correction is on record. */
  private async record(wanted: readonly Found[], stored: readonly StoredEvent[]): Promise<boolean> {
    const [{ row }] = wanted as readonly [Found];
    const readings: { [event: string]: Reading } = {};
    for (const { event, correct } of wanted) {
      const { occurredAt, actor, data } = event;
      readings[event.id] = correct(readings[event.id] ?? { occurredAt, actor, data });
    }
    const application = this.application();
    const meta = this.meta(readings, stored.at(-1)?.revision ?? null);
    const command = Object.assign(new CorrectImportedCase(), {
      id: application,
      log: this.mapping.log,
      changes: wanted.filter(({ silent }) => !silent).map(changeOf),
      readings,
      meta,
    });
    try {
      await this.dependencies.execute(command);
      return true;
    } catch (error) {
      this.listener.bad({ line: row.line, reason: `correction of ${application}: ${this.reasonOf(error)}` });
      return false;
    }
  }

  private meta(readings: object, expectedRevision: bigint | null): CommandMeta {
    const { log } = this.mapping;
    const now = this.dependencies.now();
    const digest = createHash('sha256')
      .update(canonicalJson(readings) ?? '')
      .digest('hex')
      .slice(0, 16);
    return {
      commandId: `import/${log}/${this.project}/correction/${digest}/${expectedRevision ?? 'none'}`,
      actor: this.options.actor,
      onBehalfOf: null,
      occurredAt: now,
      now,
      correlationId: `import/${log}`,
      causationId: null,
      traceparent: null,
      expectedRevision,
    };
  }

  private tellMissing(missing: readonly ReadEvent[], rows: readonly TranslatedCommand[]): void {
    const line = rows.at(-1)?.line ?? 1;
    for (const { type, data, occurredAt } of missing) {
      const isEnd = type === 'ApplicationClosed';
      const { step } = data;
      const recorded = isEnd ? occurredAt : `${typeof step === 'string' ? step : type} ${occurredAt}`;
      this.listener.difference({
        line,
        field: isEnd ? 'end' : 'row',
        recorded,
        found: null,
        corrected: false,
      });
    }
  }
}

const changeOf = ({ row, event, field, recorded, found }: Found): ImportedChange => ({
  line: row.line,
  revision: event.revision,
  ofProject: event.stream.startsWith(PROJECT_STREAM),
  field,
  before: recorded,
  after: found,
});

/** When a case began is the earliest time known of it: where that is the time of a row, telling the row's is enough. */
function explained(differences: readonly Found[]): readonly Found[] {
  const times = differences.filter(({ field }) => field === 'time' || field === 'end');
  return differences.map((one) => {
    const follows = ({ recorded, found }: Found) => recorded === one.recorded && found === one.found;
    return one.field === 'start' && times.some(follows) ? { ...one, silent: true } : one;
  });
}
