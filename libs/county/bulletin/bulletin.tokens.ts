import { type DaySpan } from '#libs/law/calendar';
import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type BulletinCommand } from './bulletin.commands.js';
import { type BulletinEvent, type BulletinState, type Diagnostics } from './bulletin.events.js';

export type BulletinRunner = DeciderRunner<BulletinState, BulletinCommand, BulletinEvent>;

export const BULLETIN_RUNNER = Symbol('BulletinRunner');
export const BULLETIN_STREAM = 'bulletin-';

/** The figures of a half month, as the read models have them. Provided by the area that knows the reports. */
export interface DiagnosticsSource {
  /** `now`: ISO instant that what is overdue is read at. */
  diagnose(period: DaySpan, now: string): Promise<Diagnostics>;
}

export const DIAGNOSTICS_SOURCE = Symbol('DiagnosticsSource');
