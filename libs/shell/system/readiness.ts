/** What must be done before this process may be sent requests. */
export type Duty = 'seed' | 'projections';

/** Which of its duties at start a process has done. */
export class Readiness {
  private readonly owed = new Set<Duty>(['seed', 'projections']);

  done(duty: Duty): void {
    this.owed.delete(duty);
  }

  get missing(): readonly Duty[] {
    return [...this.owed];
  }
}
