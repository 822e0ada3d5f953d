import { type ApplicationDocument, worklist, applications as applicationModel } from '#libs/county/approval';
import { type WorkingCalendar } from '#libs/law/calendar';
import {
  type AgendaItem,
  type AgendaReason,
  type AgendaSource,
  type CarriedItem,
  disputes,
} from '#libs/county/coordination';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { type StalledItem, stalledProjects, stalls } from '#libs/reports';

/** What speaks for an application being on the agenda. */
type Found = {
  readonly reasons: AgendaReason[];
  stalled: StalledItem | null;
  dueAt: string | null;
  dispute: string | null;
  carryCount: number;
};

/** Applications for a joint review session, from the read models: a page of each list, and the documents of those taken. */
export class ReportedCases implements AgendaSource {
  constructor(
    private readonly models: ReadModels,
    private readonly calendar: WorkingCalendar,
    /** Working days without any act that make a standstill. */
    private readonly idleWorkingDays: number,
  ) {}

  async cases({
    carried,
    limit,
    now,
  }: Parameters<AgendaSource['cases']>[0]): ReturnType<AgendaSource['cases']> {
    const { models, calendar, idleWorkingDays: workingDays } = this;
    const [disputed, overdue, stalled] = await Promise.all([
      models.find(disputes, { index: 'status', equals: { status: 'open' }, limit }),
      worklist(models, { of: {}, lamps: ['red'], now, limit }),
      stalledProjects(models, calendar, { workingDays, now, limit }),
    ]);
    const cases = new Map<string, Found>();
    const add = (application: string, reason: AgendaReason): Found => {
      const found = cases.get(application) ?? {
        reasons: [],
        stalled: null,
        dueAt: null,
        dispute: null,
        carryCount: 0,
      };
      found.reasons.push(reason);
      cases.set(application, found);
      return found;
    };
    for (const { application, carryCount } of carried) {
      add(application, 'carried-over').carryCount = carryCount;
    }
    for (const { id, application } of disputed.items) add(application, 'disputed').dispute = id;
    for (const { id, dueAt } of overdue.items) add(id, 'overdue').dueAt = dueAt;
    for (const item of stalled.items) add(item.application, 'stalled').stalled = item;

    const settled = await this.settled(carried, cases);
    for (const { application } of settled) cases.delete(application);
    const taken = [...cases].slice(0, limit);
    const listsGoOn = [disputed, overdue, stalled].some(({ nextCursor }) => nextCursor !== null);
    return { items: await this.items(taken), more: listsGoOn || taken.length < cases.size, settled };
  }

  /** Carried over, and the application has ended: there is nothing left to resolve. */
  private async settled(
    carried: readonly CarriedItem[],
    cases: ReadonlyMap<string, Found>,
  ): Promise<readonly CarriedItem[]> {
    const alone = carried.filter(({ application }) => cases.get(application)?.reasons.length === 1);
    const documents = await this.applications(alone.map(({ application }) => application));
    return alone.filter((_, index) => documents[index]?.open !== true);
  }

  private async items(taken: readonly (readonly [string, Found])[]): Promise<readonly AgendaItem[]> {
    const documents = await this.applications(taken.map(([application]) => application));
    const projects = [...new Set(documents.flatMap((document) => document?.project ?? []))];
    const running = (await this.models.getMany(stalls, projects)).flatMap(
      (document) => document?.cases ?? [],
    );
    return taken.map(([application, { reasons, stalled, dueAt, dispute, carryCount }], index) => {
      const document = documents[index];
      if (!document) throw new Error(`${application} is in a list of cases, and there is no such case`);
      const { project, projectName, matter, responsible } = document;
      const last = running.find((one) => one.application === application)?.last;
      return {
        application,
        project,
        projectName,
        matter,
        department: stalled?.holder.department ?? responsible,
        reasons,
        cause: stalled?.cause ?? null,
        dueAt,
        dispute,
        evidence: stalled?.evidence ?? (last ? [last] : []),
        carryCount,
      };
    });
  }

  private applications(ids: readonly string[]): Promise<readonly (ApplicationDocument | null)[]> {
    return this.models.getMany(applicationModel, ids);
  }
}
