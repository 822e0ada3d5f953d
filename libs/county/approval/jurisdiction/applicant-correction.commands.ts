import { type CommandMeta } from '#libs/engine/event-sourcing';

/** Makes an application the right applicant's; sent where the project's applicant was corrected, and by nobody else. */
export interface CorrectApplicationApplicant {
  readonly type: 'CorrectApplicationApplicant';
  readonly id: string;
  readonly applicant: string;
  readonly meta: CommandMeta;
}
