import { ShownEvents } from '#libs/shell/live';
import { type Projections } from './projections.service.js';

/** How long one asks for a position before the next look at whether the process stops. */
const PATIENCE_MS = 5_000;

/** What the read models show, kept by this process or another. Nothing is folded sooner for it. */
export class ShownByProjections extends ShownEvents {
  constructor(private readonly projections: Projections) {
    super();
  }

  override shows(position: bigint, signal: AbortSignal): Promise<boolean> {
    return this.projections.follow(position, PATIENCE_MS, signal);
  }

  override position(): Promise<bigint | null> {
    return this.projections.shown();
  }
}
