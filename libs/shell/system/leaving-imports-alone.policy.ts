import { APPLICATION_STREAM } from '#libs/county/approval';
import { type DuePage, type DueWork, type Policy, type Receipt } from '#libs/engine/event-sourcing';
import { type ImportWatch } from '#libs/shell/log-import';

/**
 * A policy over applications that leaves those of a log alone which is being imported: what looks like a standstill, or is still
 * with an office that a reform has ended, may go on with the next row. When the end of the import is on record it is due.
 */
export class LeavingImportsAlone<Work extends DueWork> implements Policy<Work> {
  readonly name: string;

  constructor(
    private readonly policy: Policy<Work>,
    private readonly imports: Pick<ImportWatch, 'underWay'>,
  ) {
    this.name = policy.name;
  }

  async due(now: string, cursor: string | null): Promise<DuePage<Work>> {
    const { tasks, nextCursor } = await this.policy.due(now, cursor);
    const streamOf = ({ subject }: Work) => APPLICATION_STREAM + subject;
    const underWay = await this.imports.underWay(tasks.map(streamOf));
    return { tasks: tasks.filter((task) => !underWay.has(streamOf(task))), nextCursor };
  }

  perform(work: Work, now: string): Promise<Receipt> {
    return this.policy.perform(work, now);
  }
}
