import { Inject, type Type } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type Checkpoint, type EventStore, type ReadModels } from '#libs/engine/event-sourcing';

/** What a query function reads from: the read models, and the log for what only the log holds. */
export interface QuerySources {
  readonly models: ReadModels;
  readonly eventStore: EventStore;
  readonly calendar: WorkingCalendar;
  /** ISO instant of the server's clock. */
  readonly now: () => string;
  /** How far these models have come, as `ReadModels.asOf` says or better. */
  readonly asOf: (...models: readonly string[]) => Promise<Checkpoint | null>;
}
export const QUERY_SOURCES = Symbol('QuerySources');

/** One question the QueryBus takes: `of` asks it, `handler` is the provider that answers. */
export interface PlainQuery<Question, Answer> {
  of(question: Question): Query<Answer>;
  readonly handler: Type<IQueryHandler>;
}

/** Makes a query and its handler of a plain function, as `plainHandlers` does for commands. */
export function plainQuery<Question, Answer>(
  name: string,
  ask: (sources: QuerySources, question: Question) => Promise<Answer>,
): PlainQuery<Question, Answer> {
  class PlainQuestion extends Query<Answer> {
    constructor(readonly question: Question) {
      super();
    }
  }
  class PlainAnswerer implements IQueryHandler<PlainQuestion> {
    constructor(@Inject(QUERY_SOURCES) private readonly sources: QuerySources) {}

    execute({ question }: PlainQuestion): Promise<Answer> {
      return ask(this.sources, question);
    }
  }
  Object.defineProperty(PlainQuestion, 'name', { value: name });
  Object.defineProperty(PlainAnswerer, 'name', { value: `${name}Handler` });
  QueryHandler(PlainQuestion)(PlainAnswerer);
  return { of: (question) => new PlainQuestion(question), handler: PlainAnswerer };
}
