import { askedAsOf } from './as-of.js';
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type Checkpoint, type EventStore, type Model, type ReadModels } from '#libs/engine/event-sourcing';

/** What a query function reads from: the read models, and the log for what only the log holds. */
export interface QuerySources {
  readonly models: ReadModels;
  readonly eventStore: EventStore;
  readonly calendar: WorkingCalendar;
  /** ISO instant of the server's clock. */
  readonly now: () => string;
  /** How far these models have come, as `ReadModels.asOf` says or better. */
  readonly asOf: (...models: readonly Model[]) => Promise<Checkpoint | null>;
}
export const QUERY_SOURCES = Symbol('QuerySources');

/** Answers questions from the log as it was. Made by the composition root. */
export abstract class PastSources {
  /**
   * @param asOf a legal day (its end), an instant with a zone, or the position of an event
   * @throws InvalidInput for none of these, or one that lies ahead; HttpProblem 503 while it is being made ready
   */
  abstract answer<Answer>(asOf: string, ask: (sources: QuerySources) => Promise<Answer>): Promise<Answer>;
}

/** What the QueryBus takes: something asked, with the function that answers it. */
export class Question<Asked = never, Answer = unknown> extends Query<Answer> {
  constructor(
    readonly answer: (sources: QuerySources, asked: Asked) => Promise<Answer>,
    readonly asked: Asked,
    /** Whether it may be asked as of the past. */
    readonly isReport = false,
  ) {
    super();
  }
}

/** Makes a question of the function that answers it: `queries.execute(Worklist.of(whose))`. */
export function question<Asked, Answer>(
  answer: (sources: QuerySources, asked: Asked) => Promise<Answer>,
): {
  of(asked: Asked): Question<Asked, Answer>;
} {
  return { of: (asked) => new Question(answer, asked) };
}

/** The same of a report: where its route is asked `?asOf=`, it reads from the log as it was. See as-of.ts. */
export function report<Asked, Answer>(
  answer: (sources: QuerySources, asked: Asked) => Promise<Answer>,
): {
  of(asked: Asked): Question<Asked, Answer>;
} {
  return { of: (asked) => new Question(answer, asked, true) };
}

/** Answers every question. */
@QueryHandler(Question)
export class Answers implements IQueryHandler<Question> {
  constructor(
    @Inject(QUERY_SOURCES) private readonly sources: QuerySources,
    private readonly past: PastSources,
  ) {}

  execute({ answer, asked, isReport }: Question): Promise<unknown> {
    const asOf = isReport ? askedAsOf() : null;
    if (asOf === null) return answer(this.sources, asked);
    return this.past.answer(asOf, (sources) => answer(sources, asked));
  }
}
