import { policyMeta } from '#libs/county/approval';
import { type Day, dayOf, endOfDay, startOfDay, type WorkingCalendar } from '#libs/law/calendar';
import {
  by,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { type AgendaBuilder } from './session.agenda.js';
import { ConveneJointReview } from './session.commands.js';
import { type SessionDocument, type SessionStatus, sessions as sessionModel } from './session.projection.js';
import { firstDue, heldOn, nextDue, type SessionSchedule } from './session.schedule.js';
import { SESSION_STREAM, type SessionRunner } from './session.tokens.js';

/** What time brings about in a session of the schedule. */
export type SessionWork = DueWork & {
  readonly session: string;
  readonly what: 'schedule' | 'convene' | 'miss';
};

export interface SessionPolicyParts {
  readonly models: Pick<ReadModels, 'find'>;
  readonly sessions: Pick<SessionRunner, 'run'>;
  readonly agenda: Pick<AgendaBuilder, 'build'>;
  readonly schedule: SessionSchedule;
  readonly calendar: WorkingCalendar;
}

/** Sessions that wait for time are few: the next, and those of a long downtime. */
const SESSIONS_A_PAGE = 200;

/**
 * Keeps the half-monthly schedule: records the next session, convenes each at the start of its day with an agenda of that
 * moment, and records a session that was not opened. A session's id is its day, so that two processes and any number of
 * restarts create it once; after downtime all that fell due is done in order.
 */
export class SessionPolicy implements Policy<SessionWork> {
  readonly name = 'joint-reviews';

  constructor(private readonly parts: SessionPolicyParts) {}

  async due(now: string): Promise<DuePage<SessionWork>> {
    const { schedule, calendar } = this.parts;
    const [scheduled, convened, last] = await Promise.all([
      this.inStatus('scheduled'),
      this.inStatus('convened'),
      this.lastScheduled(),
    ]);
    const tasks = [
      ...this.toSchedule(last, now),
      ...scheduled.map(({ id, nominalDay }) =>
        workOf('convene', id, startOfDay(heldOn(schedule, calendar, nominalDay ?? id))),
      ),
      ...convened.map(({ id, day }) => workOf('miss', id, endOfDay(day))),
    ];
    return {
      tasks: tasks.filter(({ at }) => at < now).sort(by(({ at }) => at)),
      nextCursor: null,
    };
  }

  async perform({ subject, at, id, session, what }: SessionWork, now: string): Promise<Receipt> {
    const { sessions, agenda } = this.parts;
    const meta = policyMeta(id, at, now);
    switch (what) {
      case 'schedule':
        return sessions.run(subject, { type: 'ScheduleJointReview', id: session, nominalDay: session, meta });
      case 'convene':
        return sessions.run(
          subject,
          Object.assign(new ConveneJointReview(), { id: session, day: session, meta }),
          { agenda: await agenda.build(session, now) },
        );
      case 'miss':
        return sessions.run(subject, { type: 'MarkJointReviewMissed', id: session, meta });
    }
  }

  /** The next session is put on record as soon as the day of the last one has begun, whatever has become of that. */
  private toSchedule(last: SessionDocument | null, now: string): readonly SessionWork[] {
    const { schedule, calendar } = this.parts;
    if (last === null || last.nominalDay === null) {
      const today = dayOf(now);
      return [workOf('schedule', firstDue(schedule, calendar, today), startOfDay(today))];
    }
    const begun = startOfDay(heldOn(schedule, calendar, last.nominalDay));
    return [workOf('schedule', nextDue(schedule, last.nominalDay), begun)];
  }

  private async inStatus(status: SessionStatus): Promise<readonly SessionDocument[]> {
    const { items } = await this.parts.models.find(sessionModel, {
      index: 'status',
      equals: { status },
      limit: SESSIONS_A_PAGE,
    });
    return items;
  }

  private async lastScheduled(): Promise<SessionDocument | null> {
    const { items } = await this.parts.models.find(sessionModel, {
      index: 'schedule',
      range: { gte: '' },
      order: 'desc',
      limit: 1,
    });
    return items[0] ?? null;
  }
}

function workOf(what: SessionWork['what'], session: Day, at: string): SessionWork {
  const subject = SESSION_STREAM + session;
  return { subject, at, id: `${subject}/${what}`, session, what };
}
