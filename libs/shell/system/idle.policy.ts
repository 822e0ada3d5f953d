import {
  APPLICATION_STREAM,
  type ApplicationRunner,
  type FlagIdleHolder,
  isGovernment,
} from '#libs/county/approval';
import { addWorkingDays, dayOf, startOfDay, type WorkingCalendar } from '#libs/law/calendar';
import {
  systemActor,
  systemMeta,
  by,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
  searchesInTurn,
} from '#libs/engine/event-sourcing';
import { idleSince, type StallCase, stalls } from '#libs/reports';

/** An application in which nothing has happened for too long; `lastEvent` is the id of its last act, `since` its instant. */
export type IdleWork = DueWork & { readonly lastEvent: string; readonly since: string };

export interface IdlePolicyParts {
  readonly models: Pick<ReadModels, 'find'>;
  readonly applications: Pick<ApplicationRunner, 'run'>;
  readonly calendar: WorkingCalendar;
  /** Working days without any act that make a standstill. */
  readonly idleWorkingDays: number;
  /** Imported logs that supervision looks at, by name. */
  readonly withFindings: () => Promise<readonly string[]>;
}

const PROJECTS_A_PAGE = 200;
const WATCH = systemActor('idle-watch');

/** Flags applications that stand still in the government's hands, once for each act after which nothing came. */
export class IdlePolicy implements Policy<IdleWork> {
  readonly name = 'idle-holders';

  constructor(private readonly parts: IdlePolicyParts) {}

  /** First live work, then each imported log on which findings are wanted. */
  async due(now: string, cursor: string | null): Promise<DuePage<IdleWork>> {
    const searches: readonly (string | null)[] = [null, ...(await this.parts.withFindings())];
    return searchesInTurn(searches, cursor, (log, inner) => this.dueIn(log, now, inner));
  }

  private async dueIn(log: string | null, now: string, cursor: string | null): Promise<DuePage<IdleWork>> {
    const { models, calendar, idleWorkingDays } = this.parts;
    const before = idleSince(calendar, now, idleWorkingDays);
    const { items, nextCursor } = await models.find(stalls, {
      ...(log === null ? { index: 'idle' } : { index: 'history', equals: { log } }),
      range: { lt: before },
      limit: PROJECTS_A_PAGE,
      cursor,
    });
    // Projects beyond this page have no application that began before its last one: up to there the order is known.
    const last = log === null ? items.at(-1)?.unflagged : items.at(-1)?.unflaggedHistory;
    const bound = nextCursor === null ? before : (last ?? before);
    const tasks = items
      .flatMap(({ cases }) => cases)
      .filter(
        (one) =>
          isGovernment(one.holder) &&
          !one.flagged &&
          one.log === log &&
          one.since < before &&
          one.since <= bound,
      )
      .sort(by(({ since }) => since))
      .map((idle) => this.work(idle));
    return { tasks, nextCursor };
  }

  perform({ subject, id, lastEvent, since }: IdleWork, now: string): Promise<Receipt> {
    const { applications, idleWorkingDays } = this.parts;
    const command: FlagIdleHolder = {
      type: 'FlagIdleHolder',
      id: subject,
      lastEvent,
      since,
      idleWorkingDays,
      meta: systemMeta({
        ...{ commandId: id, correlationId: `signal/idle/${subject}`, causationId: lastEvent },
        ...{ actor: WATCH, now },
      }),
    };
    return applications.run(APPLICATION_STREAM + subject, command);
  }

  private work({ application, last, since }: StallCase): IdleWork {
    const { calendar, idleWorkingDays } = this.parts;
    return {
      subject: application,
      at: startOfDay(addWorkingDays(calendar, dayOf(since), idleWorkingDays)),
      id: `signal/idle/${application}/${last.event}`,
      lastEvent: last.event,
      since,
    };
  }
}
