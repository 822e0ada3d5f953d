import { type ReadEvent, type Reading } from '#libs/county/approval';
import { type HttpCommand } from '#libs/shell/nest';
import { type CommandOf, type TranslatedCommand } from './case-translator.js';
import { type Mapping } from './mapping.js';

/** One value that the file says otherwise than the record. */
export type FieldDifference = {
  readonly field: string;
  readonly recorded: string | null;
  readonly found: string | null;
  /** True where the record said nothing and the file adds it: that needs nobody's word. */
  readonly added: boolean;
  /** False for what only people can put right: what kind of act it was, who applied. */
  readonly correctable: boolean;
  /** True for what follows from a difference that is reported elsewhere. */
  readonly silent: boolean;
  /** The event with what the file says in place of this. */
  readonly correct: (reading: Reading) => Reading;
};

/** The event that each command is recorded as; another type on record is another act. */
const EVENTS_OF: { readonly [type: string]: readonly string[] | undefined } = {
  AcceptApplication: ['ApplicationAccepted'],
  RefuseAcceptance: ['AcceptanceRefused'],
  SubmitSupplement: ['SupplementSubmitted', 'ApplicationResubmitted'],
  RecordStep: ['StepRecorded'],
  SendBackApplication: ['ApplicationSentBack'],
  ReturnApplication: ['ApplicationReturned'],
  ApproveApplication: ['ApplicationApproved'],
  RefuseApplication: ['ApplicationRefused'],
  WithdrawApplication: ['ApplicationWithdrawn'],
  DeliverDecision: ['DecisionDelivered'],
  CloseApplication: ['ApplicationClosed'],
};

/** How a row, or what belongs to the case as a whole, differs from the event that it was recorded as. */
export function differencesOf(
  mapping: Mapping,
  { command, of }: TranslatedCommand,
  event: ReadEvent,
): readonly FieldDifference[] {
  const comparing = new Comparing(mapping, command, event);
  comparing[of]();
  return comparing.differences;
}

/** What a mapping calls a field of a command. */
const NAMES: { readonly [field: string]: string | undefined } = { step: 'activity', begunAt: 'begun' };

type Correct = FieldDifference['correct'];

class Comparing implements Readonly<Record<CommandOf, () => void>> {
  readonly differences: FieldDifference[] = [];

  constructor(
    private readonly mapping: Mapping,
    private readonly command: HttpCommand,
    private readonly event: ReadEvent,
  ) {}

  registration(): void {
    const { columns } = this.mapping;
    this.start({ silent: true });
    if (columns.name !== null) this.field('name', 'name', { correctable: false });
    const { applicant } = this.event.data;
    this.tell('applicant', textOf(applicant), this.command.meta.actor.person, unchanged, {
      correctable: false,
    });
  }

  submission(): void {
    const { columns } = this.mapping;
    this.start();
    if (columns.plannedEnd !== null) this.field('plannedEnd', 'promisedEnd');
    if (columns.channel !== null) this.field('channel', 'channel');
  }

  row(): void {
    const { command, event, mapping } = this;
    if (!(EVENTS_OF[command.type] ?? []).includes(event.type)) {
      this.tell('activity', event.type, command.type, unchanged, { correctable: false });
      return;
    }
    this.time('time');
    this.person('person');
    if (mapping.columns.department !== null) this.department();
    for (const [field, value] of Object.entries(command)) {
      // What a row leaves out the rules have filled in.
      if (['id', 'meta', 'source'].includes(field) || value === undefined) continue;
      this.field(NAMES[field] ?? field, field);
    }
  }

  closure(): void {
    this.time('end');
    this.person('responsible');
    this.field('outcome', 'outcome');
  }

  /** Rows that are new say nothing of when their case began, unless it was earlier. */
  private start(options: Options = {}): void {
    const isLater = this.command.meta.occurredAt > this.event.occurredAt;
    if (!this.mapping.increment || !isLater) this.time('start', options);
  }

  private time(field: string, options: Options = {}): void {
    const { occurredAt } = this.command.meta;
    const correct: Correct = (reading) => ({ ...reading, occurredAt });
    this.tell(field, this.event.occurredAt, occurredAt, correct, options);
  }

  private person(field: string): void {
    const { person } = this.command.meta.actor;
    const correct: Correct = ({ actor, ...reading }) => ({ ...reading, actor: { ...actor, person } });
    this.tell(field, this.event.actor.person, person, correct);
  }

  private department(): void {
    const { department } = this.command.meta.actor;
    const correct: Correct = ({ actor, ...reading }) => ({ ...reading, actor: { ...actor, department } });
    this.tell('department', this.event.actor.department, department, correct);
  }

  /** A field of the event's data, under the name that a mapping has for it. */
  private field(field: string, name: string, options: Options = {}): void {
    const found = textOf(Reflect.get(this.command, name));
    const correct: Correct = ({ data, ...reading }) => ({ ...reading, data: { ...data, [name]: found } });
    this.tell(field, textOf(this.event.data[name]), found, correct, options);
  }

  private tell(
    field: string,
    recorded: string | null,
    found: string | null,
    correct: Correct,
    { correctable = true, silent = false }: Options = {},
  ): void {
    if (recorded === found) return;
    const added = recorded === null && field === 'plannedEnd';
    this.differences.push({ field, recorded, found, added, correctable, silent, correct });
  }
}

type Options = { readonly correctable?: boolean; readonly silent?: boolean };

const unchanged: Correct = (reading) => reading;

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
