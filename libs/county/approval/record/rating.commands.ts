import { type Actor } from '#libs/engine/event-sourcing';
import { Act, HttpCommand, OptionalText } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { STARS, type Stars } from './rating.events.js';

@Act({
  type: 'RateService',
  path: 'rating',
  roles: ['applicant', 'agent'],
  summary: '好差评 Rate how one act of the case was handled, once',
})
export class RateService extends HttpCommand {
  declare readonly type: 'RateService';
  /** Revision of the act in the application's stream, as the timeline gives it. */
  @Max(1_000_000)
  @Min(0)
  @IsInt()
  revision!: number;
  /** From 1 (非常不满意) to 5 (非常满意). */
  @IsIn(STARS)
  stars!: Stars;
  @OptionalText()
  comment?: string;

  /** The event at that revision, looked up by the handler; null when there is none. */
  declare original: { readonly type: string; readonly actor: Actor } | null;
}
