import { type ApplicationRunner, firing, policyMeta, timerId } from '#libs/county/approval';
import {
  by,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { type CanaryRunner } from './canary.decider.js';
import { type AnyTimer, timers as timerModel } from './timers.projection.js';

export type TimerWork = DueWork & { readonly stream: string; readonly timer: AnyTimer };

const DOCUMENTS_A_PAGE = 200;

export type TimersPolicyParts = {
  readonly models: Pick<ReadModels, 'find'>;
  readonly applications: Pick<ApplicationRunner, 'run'>;
  readonly canaries: Pick<CanaryRunner, 'run'>;
};

/**
 * Fires what falls due in applications: deemed acceptance, warnings, the ladder, and the canary, which takes the same way and so
 * proves that it is open.
 */
export class TimersPolicy implements Policy<TimerWork> {
  readonly name = 'timers';

  constructor(private readonly parts: TimersPolicyParts) {}

  async due(now: string, cursor: string | null): Promise<DuePage<TimerWork>> {
    const { items, nextCursor } = await this.parts.models.find(timerModel, {
      index: 'due',
      equals: { armed: true },
      range: { lt: now },
      limit: DOCUMENTS_A_PAGE,
      cursor,
    });
    // Documents beyond this page begin no earlier than its last one: up to there the order is known.
    const bound = nextCursor === null ? now : (items.at(-1)?.nextAt ?? now);
    const tasks = items
      .flatMap(({ id, stream, timers }) =>
        timers
          .filter(({ at }) => at < now && at <= bound)
          .map((timer): TimerWork => ({ subject: id, at: timer.at, id: workId(id, timer), stream, timer })),
      )
      .sort(by(({ at }) => at));
    return { tasks, nextCursor };
  }

  async perform({ id, at, subject, stream, timer }: TimerWork, now: string): Promise<Receipt> {
    if (timer.name === 'broken') throw new Error(timer.message);
    if (timer.name === 'canary') {
      const meta = policyMeta(id, at, now);
      return this.parts.canaries.run(stream, { type: 'ClimbCanary', rung: timer.rung, meta });
    }
    return this.parts.applications.run(stream, firing(subject, timer, now));
  }
}

function workId(subject: string, timer: AnyTimer): string {
  if (timer.name === 'canary') return `timer/${subject}/canary/${timer.rung}`;
  return timer.name === 'broken' ? `timer/${subject}/broken` : timerId(subject, timer);
}
