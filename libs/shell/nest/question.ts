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

/** What the QueryBus takes: something asked, with the function that answers it. */
export class Question<Asked = never, Answer = unknown> extends Query<Answer> {
  constructor(
    readonly answer: (sources: QuerySources, asked: Asked) => Promise<Answer>,
    readonly asked: Asked,
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

/** Answers every question. */
@QueryHandler(Question)
export class Answers implements IQueryHandler<Question> {
  constructor(@Inject(QUERY_SOURCES) private readonly sources: QuerySources) {}

  execute({ answer, asked }: Question): Promise<unknown> {
    return answer(this.sources, asked);
  }
}
