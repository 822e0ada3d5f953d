import {
  AcceptApplication,
  ApproveApplication,
  CloseApplication,
  DeliverDecision,
  RecordStep,
  RefuseAcceptance,
  RefuseApplication,
  ReturnApplication,
  SendBackApplication,
  SubmitApplication,
  SubmitSupplement,
  WithdrawApplication,
} from '#libs/county/approval/http';
import { systemMeta, type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import { bodyReader, type HttpCommand, InvalidInput } from '#libs/shell/nest';
import { applicationId } from '#libs/county/project';
import { RegisterProject } from '#libs/county/project/http';
import { type CaseRow } from './case-row.js';
import { type BadRow } from './log-record.js';
import { type MappedCommand, type Mapping } from './mapping.js';

const registerProject = bodyReader(RegisterProject);
const submitApplication = bodyReader(SubmitApplication);
const closeApplication = bodyReader(CloseApplication);
const recordStep = bodyReader(RecordStep);

/** The same checks as for a body that comes over HTTP. */
const MAPPED: Readonly<Record<Exclude<MappedCommand, 'RecordStep'>, (body: unknown) => HttpCommand>> = {
  AcceptApplication: bodyReader(AcceptApplication),
  RefuseAcceptance: bodyReader(RefuseAcceptance),
  ReturnApplication: bodyReader(ReturnApplication),
  SendBackApplication: bodyReader(SendBackApplication),
  SubmitSupplement: bodyReader(SubmitSupplement),
  ApproveApplication: bodyReader(ApproveApplication),
  RefuseApplication: bodyReader(RefuseApplication),
  WithdrawApplication: bodyReader(WithdrawApplication),
  DeliverDecision: bodyReader(DeliverDecision),
  CloseApplication: closeApplication,
};

/** Acts of the applicant, not of the performer that the row names. */
const APPLICANTS: readonly MappedCommand[] = ['SubmitSupplement', 'WithdrawApplication'];
/** After one of these the case has its end, and is not closed again. */
const ENDING: readonly string[] = [
  'RefuseAcceptance',
  'ApproveApplication',
  'RefuseApplication',
  'WithdrawApplication',
  'CloseApplication',
];

/** What a command says: how the case began, one of its rows, or its end. */
export type CommandOf = 'registration' | 'submission' | 'row' | 'closure';

/** A command with the line it comes from. */
export interface TranslatedCommand {
  readonly line: number;
  readonly command: HttpCommand;
  readonly of: CommandOf;
  /** Its part of the command id. */
  readonly key: string;
  /** What a row says was done; null for the others. */
  readonly activity: string | null;
  /** False for a row that the log has no id for. */
  readonly hasId: boolean;
}

export interface Translation {
  readonly commands: readonly TranslatedCommand[];
  readonly bad: BadRow | null;
}

/** What is left to do after the last row, and what is left over. */
export interface Finish {
  readonly commands: readonly TranslatedCommand[];
  readonly notes: readonly BadRow[];
}

/**
 * Turns the rows of one case, in the order of their times, into commands in the order of theirs: the applicant registers the
 * project and submits its application at the earliest time the log knows of the case; each row follows; the end of the
 * case comes after the rows up to it and before those later than it. Pure, and row by row: a case may be of any length.
 *
 * Facts about the case as a whole come from its first row; a row that contradicts them is bad.
 */
export class CaseTranslator {
  private readonly application: string;
  private readonly applicant: Actor;
  private readonly end: string | null;
  private readonly rowIds = new Set<string>();
  /** Steps that were begun and are not done yet, in the order of their beginnings. */
  private begun: CaseRow[] = [];
  private last: CaseRow;
  private ended = false;
  private opened = false;

  constructor(
    private readonly mapping: Mapping,
    private readonly first: CaseRow,
    private readonly now: () => string,
  ) {
    this.application = applicationId(first.project, mapping.project.matter);
    this.applicant = { person: first.applicant, post: null, department: null, role: 'applicant' };
    this.end = first.end;
    this.last = first;
  }

  next(row: CaseRow): Translation {
    const reason = this.contradiction(row);
    if (reason !== null) return { commands: [], bad: { line: row.line, reason } };
    if (row.begins) {
      this.begun.push(row);
      return { commands: [], bad: null };
    }
    try {
      const opening = this.opened ? [] : this.opening();
      const step = this.step(row);
      // Nothing below throws: a row is translated whole or leaves no trace.
      const closing = this.end !== null && row.at > this.end ? this.close(this.end) : [];
      this.opened = true;
      this.ended ||= ENDING.includes(step.command.type);
      this.last = row;
      return { commands: [...opening, ...closing, step], bad: null };
    } catch (error) {
      if (error instanceof InvalidInput)
        return { commands: [], bad: { line: row.line, reason: error.message } };
      throw error;
    }
  }

  /** What is left to do after the last row. */
  finish(): Finish {
    const notes = this.begun.map(({ line, activity }) => ({
      line,
      reason: `"${activity}" was begun and not completed: passed over`,
    }));
    if (!this.opened) return { commands: [], notes };
    const commands = this.close(this.end ?? (this.mapping.lastRowIsEnd ? this.last.at : null));
    return { commands, notes };
  }

  /** When a step was begun: what its row says, else the first row that began the same activity and is of nobody else. */
  private begunAt({ begun, activity, person }: CaseRow): string | null {
    if (begun !== null) return begun;
    const place = this.begun.findIndex((row) => row.activity === activity && row.person === person);
    const [start] = place < 0 ? [] : this.begun.splice(place, 1);
    return start?.at ?? null;
  }

  private opening(): TranslatedCommand[] {
    const { first, mapping, application } = this;
    const { line } = first;
    // Logs hold cases that end, or have a first row, before their own start: the earliest time is when it began.
    const began = [first.start, first.end, first.begun].reduce<string>(
      (least, at) => (at !== null && at < least ? at : least),
      first.at,
    );

    const register = registerProject({
      id: first.project,
      name: first.name ?? first.case,
      template: mapping.project.template,
      region: mapping.project.region,
    });
    register.source = `${mapping.log}:${first.case}`;
    register.meta = this.meta(this.key('registration'), began, this.applicant);

    const submit = submitApplication(first.channel === null ? {} : { channel: first.channel });
    submit.id = application;
    submit.promisedEnd = first.plannedEnd;
    submit.meta = this.meta(this.key('submission'), began, this.applicant);
    return [this.ofCase(line, 'registration', register), this.ofCase(line, 'submission', submit)];
  }

  private key(of: Exclude<CommandOf, 'row'>): string {
    return `${this.first.project}/${of}`;
  }

  private ofCase(line: number, of: Exclude<CommandOf, 'row'>, command: HttpCommand): TranslatedCommand {
    return { line, command, of, key: this.key(of), activity: null, hasId: true };
  }

  private step(row: CaseRow): TranslatedCommand {
    const type = this.mapping.activities[row.activity]?.command ?? 'RecordStep';
    const performer = { person: row.person, post: null, department: row.department, role: 'reviewer' };
    const id = this.rowId(row);
    const begunAt = this.begunAt(row);
    let command: HttpCommand;
    if (type === 'RecordStep') {
      const step = recordStep({ step: row.activity, ...row.fields });
      step.source = id;
      if (begunAt !== null) step.begunAt = begunAt;
      command = step;
    } else {
      const outcome = type === 'CloseApplication' ? { outcome: this.mapping.outcome } : {};
      command = MAPPED[type]({ ...outcome, ...row.fields });
    }
    command.id = this.application;
    command.meta = this.meta(id, row.at, APPLICANTS.includes(type) ? this.applicant : performer);
    const { line, activity } = row;
    return { line, command, of: 'row', key: id, activity, hasId: row.row !== null };
  }

  private close(end: string | null): TranslatedCommand[] {
    if (this.ended || end === null) return [];
    this.ended = true;
    const command = closeApplication({ outcome: this.mapping.outcome });
    command.id = this.application;
    // The end is not a row of a group: with a department it would count among that group's events.
    const person = this.first.responsible ?? this.last.person;
    command.meta = this.meta(this.key('closure'), end, {
      person,
      post: null,
      department: null,
      role: 'reviewer',
    });
    return [this.ofCase(this.last.line, 'closure', command)];
  }

  private contradiction(row: CaseRow): string | null {
    for (const field of ['start', 'end', 'plannedEnd', 'applicant'] as const) {
      const [said, before] = [row[field], this.first[field]];
      if (said !== null && said !== before) {
        return `${field} ${said} contradicts the first row of case ${row.case} (line ${this.first.line}: ${before ?? 'none'})`;
      }
    }
    if (row.row !== null && this.rowIds.has(row.row))
      return `row id ${row.row} was used before in case ${row.case}`;
    return null;
  }

  /**
   * The row's part of its command id. Without an id of its own a row is known by what it says, so that rows added to the log
   * later do not change it; rows that say the same are counted.
   */
  private rowId(row: CaseRow): string {
    if (row.row !== null) {
      this.rowIds.add(row.row);
      return row.row;
    }
    const saying = `${row.project}/${row.activity}@${row.at}`;
    let id = saying;
    for (let count = 2; this.rowIds.has(id); count += 1) id = `${saying}#${count}`;
    this.rowIds.add(id);
    return id;
  }

  private meta(id: string, occurredAt: string, actor: Actor): CommandMeta {
    const { log } = this.mapping;
    const meta = systemMeta({
      ...{ commandId: `import/${log}/${id}`, correlationId: `import/${log}` },
      ...{ actor, occurredAt, now: this.now() },
    });
    return this.mapping.findings ? { ...meta, findings: true } : meta;
  }
}
