import { Clock } from '#libs/shell/nest';

/** Time that moves when a test says so. It begins at 10:00 in China on Tuesday 24 November 2026. */
export class HandClock extends Clock {
  time: number;

  constructor(instant = '2026-11-24T02:00:00.000Z') {
    super();
    this.time = Date.parse(instant);
  }

  override now(): number {
    return this.time;
  }

  to(instant: string): void {
    this.time = Date.parse(instant);
  }
}
