import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Answers } from '#libs/law/catalogue';
import { type OpenedApplication } from './opened-application.js';

/** 事项问卷: what is known of a project from now on, all of it, by question. */
export type QuestionnaireAnswered = DomainEvent<
  'QuestionnaireAnswered',
  1,
  {
    readonly project: string;
    /** Version of data/questionnaire.yaml. */
    readonly version: string;
    readonly answers: Answers;
  }
>;

/** 增加事项: the project applies for a matter that its template did not open, or that was struck before. */
export type ProjectMatterAdded = DomainEvent<
  'ProjectMatterAdded',
  1,
  {
    readonly project: string;
    readonly opened: OpenedApplication;
    /** Applications that wait for it from now on. */
    readonly before: readonly string[];
    readonly reason: string;
    /** Where the condition stands under which it is needed; null where none is on record. */
    readonly article: string | null;
  }
>;

/** 剔除事项: a matter does not apply to the project; nothing waits for it. */
export type ProjectMatterStruck = DomainEvent<
  'ProjectMatterStruck',
  1,
  {
    readonly project: string;
    readonly application: string;
    readonly matter: string;
    /** Whose office decided. */
    readonly department: string;
    readonly reason: string;
    /** Where the condition stands that is not met; null where none is on record. */
    readonly article: string | null;
  }
>;

export type ProjectMattersEvent = QuestionnaireAnswered | ProjectMatterAdded | ProjectMatterStruck;
