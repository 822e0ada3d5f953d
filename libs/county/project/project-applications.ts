import { type Day } from '#libs/law/calendar';
import { type CommandMeta, type DomainCommand, type Receipt } from '#libs/engine/event-sourcing';

/** What the lead of a stage asks the other departments. */
export type StageQuestion = {
  readonly departments: readonly string[];
  readonly question: string;
  readonly days: number;
  readonly article: string | null;
  readonly silenceRule: string | null;
};

/** One application of a stage, as it is submitted with the others. */
export type StageApplication = {
  readonly application: string;
  readonly materials?: readonly string[];
  readonly channel?: string;
  /** Absent if this one asks no department. */
  readonly consult?: StageQuestion;
  readonly meta: CommandMeta;
};

/**
 * What a project has to know of its applications, and has them do. Applications know projects and not the other way round:
 * libs/county/approval provides this.
 */
export abstract class ProjectApplications {
  /** Every application that was handed in for a matter, oldest first: the first, and those after one had ended. */
  abstract submitted(first: string, day: Day): Promise<readonly string[]>;
  /** The application to hand in for a matter on a day; null while one runs, or what it granted is in force. */
  abstract toSubmit(first: string, day: Day): Promise<string | null>;
  /** Whether an organ has accepted it, or is deemed to have by the time of the command. */
  abstract isAccepted(application: string, command: DomainCommand): Promise<boolean>;
  /** @throws RuleViolation when it cannot be submitted now */
  abstract submit(application: StageApplication): Promise<Receipt>;
  /** Gives an application that was submitted to another applicant. */
  abstract correctApplicant(application: string, applicant: string, meta: CommandMeta): Promise<void>;
}
