import {
  type CommandMeta,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { REQUEST_STREAM, type RequestRunner } from './request.tokens.js';
import { requests as requestModel } from './request.projection.js';

const REQUESTS_A_PAGE = 200;

/** A request that was not answered in time. */
export type UnansweredRequest = DueWork & { readonly request: string };

export type RequestPolicyParts = {
  readonly models: Pick<ReadModels, 'find'>;
  readonly requests: Pick<RequestRunner, 'run'>;
  /** Meta of a command that a policy sends for a work, due at an instant, at the time `now`. */
  readonly meta: (id: string, at: string, now: string) => CommandMeta;
};

/**
 * Records requests that were not answered in time, once each: an overdue one leaves the index, and the command's id is derived
 * from the request.
 */
export class RequestPolicy implements Policy<UnansweredRequest> {
  readonly name = 'requests';

  constructor(private readonly parts: RequestPolicyParts) {}

  /** What is due at `now` (ISO instant), the longest overdue first. */
  async due(now: string, cursor: string | null): Promise<DuePage<UnansweredRequest>> {
    const { items, nextCursor } = await this.parts.models.find(requestModel, {
      index: 'awaited',
      equals: { awaited: true },
      range: { lt: now },
      limit: REQUESTS_A_PAGE,
      cursor,
    });
    const tasks = items.map(({ id, answerBy }) => ({
      subject: REQUEST_STREAM + id,
      at: answerBy,
      id: `request/${id}/overdue`,
      request: id,
    }));
    return { tasks, nextCursor };
  }

  perform({ subject, at, id, request }: UnansweredRequest, now: string): Promise<Receipt> {
    const meta = this.parts.meta(id, at, now);
    return this.parts.requests.run(subject, { type: 'MarkRequestOverdue', id: request, meta });
  }
}
