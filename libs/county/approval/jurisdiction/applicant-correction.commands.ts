import { type CommandMeta } from '#libs/engine/event-sourcing';

/** Gives an application its right applicant; sent only when the project's applicant was corrected. */
export interface CorrectApplicationApplicant {
  readonly type: 'CorrectApplicationApplicant';
  readonly id: string;
  readonly applicant: string;
  readonly meta: CommandMeta;
}
