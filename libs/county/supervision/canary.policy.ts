import { DAY_MS, dayOf, startOfDay } from '#libs/law/calendar';
import {
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { CANARY_STREAM, type CanaryRunner } from './canary.decider.js';
import { policyMeta } from '#libs/county/approval';
import { timers } from './timers.projection.js';

export type CanaryWork = DueWork & { readonly day: string };

/** Releases the canary of the day. Days on which nothing ran are not made up for: their absence shows the outage. */
export class CanaryPolicy implements Policy<CanaryWork> {
  readonly name = 'canary';

  constructor(
    private readonly models: ReadModels,
    private readonly canaries: Pick<CanaryRunner, 'run'>,
  ) {}

  async due(now: string): Promise<DuePage<CanaryWork>> {
    const day = dayOf(now);
    const subject = CANARY_STREAM + day;
    const released = await this.models.get(timers, subject);
    const tasks = released === null ? [{ subject, at: startOfDay(day), id: `canary/${day}`, day }] : [];
    return { tasks, nextCursor: null };
  }

  perform({ subject, at, id, day }: CanaryWork, now: string): Promise<Receipt> {
    return this.canaries.run(subject, { type: 'ReleaseCanary', day, meta: policyMeta(id, at, now) });
  }
}

/** Days that are looked back for the last canary; one that is older is as good as none. */
const DAYS_BACK = 7;

/** When the ladder last took a canary to its top, by the server's clock; null when none did in a week. */
export async function lastCanaryHome(models: ReadModels, now: string): Promise<string | null> {
  const ids = Array.from(
    { length: DAYS_BACK + 1 },
    (_, back) => CANARY_STREAM + dayOf(new Date(Date.parse(now) - back * DAY_MS).toISOString()),
  );
  const documents = await models.getMany(timers, ids);
  for (const document of documents) {
    if (document?.canary?.at === 'released' && document.canary.homeAt !== null) return document.canary.homeAt;
  }
  return null;
}
