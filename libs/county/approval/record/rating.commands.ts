import { type Actor } from '#libs/engine/event-sourcing';
import { HttpCommand, OptionalText } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { STARS, type Stars } from './rating.events.js';
import { ApplicationAct } from '../core/application-act.js';
import { RECORD_ACTS } from './record.table.js';

export type RatingFacts = {
  /** The event at that revision; null when there is none. */
  readonly original: { readonly type: string; readonly actor: Actor } | null;
};

@ApplicationAct(RECORD_ACTS.RateService)
export class RateService extends HttpCommand<RatingFacts> {
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
}
