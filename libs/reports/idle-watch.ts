import { type FlagIdleHolder } from '#libs/approval';
import { type WorkingCalendar } from '#libs/calendar';
import { type ReadModels } from '#libs/event-sourcing';
import { stalledProjects } from './stall.query.js';

export interface IdleWatchParts {
  readonly models: ReadModels;
  readonly calendar: WorkingCalendar;
  readonly idleWorkingDays: number;
  /** ISO instant. */
  readonly now: () => string;
  readonly send: (command: FlagIdleHolder) => Promise<unknown>;
  /** Told of a case that could not be flagged; the others are flagged all the same. */
  readonly onFault: (application: string, error: unknown) => void;
}

const AT_ONCE = 200;
const WATCH = { person: 'idle-watch', post: null, department: null, role: 'system' } as const;

/**
 * Flags cases that stand still. It looks at the list of stalled projects and remembers nothing: the command's id is made of
 * the case and its last act, so that looking again, after a restart or in two processes, flags nothing twice.
 */
export class IdleWatch {
  constructor(private readonly parts: IdleWatchParts) {}

  /** Looks through the whole list once. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const { models, calendar, idleWorkingDays, onFault } = this.parts;
    let cursor: string | null = null;
    do {
      const now = this.parts.now();
      const page: Awaited<ReturnType<typeof stalledProjects>> = await stalledProjects(models, calendar, {
        workingDays: idleWorkingDays,
        now,
        limit: AT_ONCE,
        cursor,
      });
      for (const { application, since, evidence } of page.items) {
        if (signal?.aborted) return;
        const lastEvent = evidence.at(-1)?.event ?? '';
        try {
          await this.parts.send(this.flag(application, lastEvent, since, now));
        } catch (error) {
          onFault(application, error);
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  private flag(application: string, lastEvent: string, since: string, now: string): FlagIdleHolder {
    return {
      type: 'FlagIdleHolder',
      id: application,
      lastEvent,
      since,
      idleWorkingDays: this.parts.idleWorkingDays,
      meta: {
        commandId: `signal/idle/${application}/${lastEvent}`,
        actor: WATCH,
        onBehalfOf: null,
        occurredAt: now,
        now,
        correlationId: `signal/idle/${application}`,
        causationId: lastEvent,
        traceparent: null,
        expectedRevision: null,
      },
    };
  }
}
